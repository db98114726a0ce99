/**
 * Who may use which of the training commands. Alone, one person has everything but the truth while the exercise runs. As soon as an instructor is
 * logged on, or the exercise was begun as a team's, what an instructor does is done at the instructor's console only. Retreat has nothing to do with it.
 */
import type { CommandName } from '../../contract/commands.ts';
import type { Refusal, Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { Participant, TrainingPost } from '../../contract/training.ts';

/** `instruct`: leads the exercise. `know`: sees behind the transmitters. The others are the posts of the plant. */
export type TrainingRight = 'instruct' | 'know' | 'board' | 'field' | 'anybody';

const RIGHTS = {
  'training.start': 'instruct', 'training.end': 'instruct', 'training.speed': 'instruct', 'training.key': 'instruct', 'training.freeze': 'instruct',
  'instructor.catalogue': 'instruct', 'instructor.step': 'instruct', 'instructor.runTo': 'instruct', 'instructor.runToAlarm': 'instruct', 'instructor.snapshot': 'instruct', 'instructor.goBack': 'instruct',
  'instructor.tree': 'instruct', 'instructor.takeUp': 'instruct', 'instructor.overlay': 'instruct', 'instructor.inject': 'instruct', 'instructor.clear': 'instruct', 'instructor.deceive': 'instruct', 'instructor.field': 'field', 'instructor.people': 'instruct', 'instructor.device': 'instruct', 'instructor.upsets': 'know', 'instructor.comms': 'instruct',
  'instructor.observe': 'instruct', 'instructor.note': 'instruct', 'instructor.assess': 'instruct', 'instructor.truth': 'know', 'instructor.score': 'know',
  'training.order': 'board', 'training.devices': 'anybody', 'training.laboratory': 'anybody', 'training.look': 'anybody', 'training.crews': 'anybody', 'training.hint': 'anybody', 'training.join': 'anybody', 'training.leave': 'anybody', 'training.ahead': 'anybody', 'training.aheadResult': 'anybody', 'training.aheadCancel': 'anybody',
  'training.debrief': 'know', 'training.records': 'anybody', 'training.export': 'anybody',
} as const satisfies Partial<Record<CommandName, TrainingRight>>;
export type TrainingCommand = keyof typeof RIGHTS;

export interface Standing {
  /** Logged on and not locked at the console that asks. */
  readonly asker: { readonly user: string; readonly roles: readonly Role[] } | null;
  /** Instructors logged on at any console who lead: they are no trainees. */
  readonly instructors: readonly { readonly user: string; readonly name: string }[];
  readonly isTeam: boolean;
  readonly isRunning: boolean;
  readonly posts: readonly Participant[];
  /** Holds a post, or has held one in the exercise that runs. */
  readonly isTrainee: (user: string) => boolean;
  /** Logged on at some console now: whoever is not holds up nobody. */
  readonly isAtConsole: (user: string) => boolean;
}

const t = (zh: string, en: string): Text => ({ zh, en });
const POST: Readonly<Record<TrainingPost | 'alone', Text>> = {
  board: t('主操', 'board operator'), field: t('外操', 'field operator'), leader: t('班长', 'shift leader'), commander: t('指挥', 'commander'), watch: t('盯守', 'watch'), alone: t('单人训练', 'alone, every post'),
};
/** One that is not known is named as it is: what stands in a journal may be of another version. */
export const postTitle = (post: string): Text => (isPost(post) ? POST[post] : t(post, post));
const isPost = (post: string): post is keyof typeof POST => Object.hasOwn(POST, post);

/** Whether what an instructor does is the instructor's console's alone, and why. */
export function apartBecause({ instructors, isTeam }: Pick<Standing, 'instructors' | 'isTeam'>): 'instructor' | 'team' | null {
  return instructors.length > 0 ? 'instructor' : isTeam ? 'team' : null;
}

/** Why this console may not; null = it may. */
export function refusalOf(command: TrainingCommand, standing: Standing): Refusal | null {
  const right: TrainingRight = RIGHTS[command];
  const { asker } = standing;
  // An instructor who has taken a post is a trainee like any other, until the exercise has ended.
  const isLeader = asker?.roles.includes('instructor') === true && !standing.isTrainee(asker.user);
  if (right === 'anybody' || isLeader) return null;
  const apart = apartBecause(standing);
  switch (right) {
    case 'instruct': return apart === null ? null : refuse(command, 'T-INSTRUCTOR', instructorsFact(apart, standing));
    case 'know': return standing.isRunning ? refuse(command, 'T-TRUTH', t('演练进行中，仪表背后的真实值只有教员能看；演练结束后人人可看', 'The exercise is running: what stands behind the transmitters is for the instructor alone; once it has ended everybody may see it')) : null;
    case 'board': case 'field': return postRefusal(command, right, apart, standing);
  }
}

/** In a team each hand belongs to its post; a post that nobody has taken is everybody's, and so is one whose console dropped out or is locked. */
function postRefusal(command: TrainingCommand, post: 'board' | 'field', apart: 'instructor' | 'team' | null, { asker, posts, isAtConsole }: Standing): Refusal | null {
  const holder = posts.find((each) => each.post === post);
  if (apart === null || holder === undefined || holder.user === asker?.user || !isAtConsole(holder.user)) return null;
  return refuse(command, 'T-POST', t(`${POST[post].zh}岗位由 ${holder.name} 担任，此操作在其控制台进行`, `The post of ${POST[post].en} is held by ${holder.name}; this is done at that console`));
}

function instructorsFact(apart: 'instructor' | 'team', { instructors }: Standing): Text {
  const names = instructors.map(({ name }) => name);
  return apart === 'instructor'
    ? t(`教员 ${names.join('、')} 已登录，演练由教员控制台主持`, `Instructor ${names.join(', ')} is logged on; the exercise is led from the instructor's console`)
    : t('本次为班组演练，只由教员控制台主持；目前没有教员登录', "This is a team's exercise, led from an instructor's console; no instructor is logged on now");
}

function refuse(command: TrainingCommand, rule: string, fact: Text): Refusal {
  return {
    operation: command, direction: 'hold', what: t('主持仿真演练', 'Lead an exercise on the simulated plant'),
    obstacles: [{ rule, clause: '3.1', fact, whoCanChange: ['instructor'] }],
    meanwhile: [t('紧急停车、撤离和退守随时可用，不受影响', 'Emergency stop, evacuation and retreat are there at any time, untouched by this'), t('可以索取提示，按岗位操作', 'Hints may be asked for, and each post goes on with its own work')],
  };
}
