/** What moved a procedure, in half a sentence and both languages. A table over the kinds of events, so that none is forgotten. */
import type { Text } from '../../contract/text.ts';
import { roleList } from '../../domain/gates/rule.ts';
import type { CourseEvent, CourseEventType } from '../../domain/procedures/course-events.ts';
import type { ProcedureDef } from '../../domain/packs/schema.ts';
import type { RecordedEvidence } from '../../domain/proof/evidence-record.ts';
import type { Plant } from '../../domain/station/plant.ts';

type Event<T extends CourseEventType> = Extract<CourseEvent, { type: T }>;
type Names = { readonly plant: Plant; readonly def: ProcedureDef | undefined };
type Phrase<T extends CourseEventType> = (event: Event<T>, names: Names) => Text;

const t = (zh: string, en: string): Text => ({ zh, en });
/** Without the station's time zone in it: a record reads the same wherever it is read, and a report is the same to the byte. */
const time = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`;
const named = (id: string, found: Text | undefined): Text => (found === undefined ? t(id, id) : t(`${id} ${found.zh}`, `${id} ${found.en}`));
const stepsOf = ({ def }: Names) => [...(def?.steps ?? []), ...(def?.handling ?? [])];
const step = (id: string, names: Names): Text => named(id, stepsOf(names).find((each) => each.id === id)?.text);
const option = (stepId: string, id: string, names: Names): Text => named(id, stepsOf(names).find((each) => each.id === stepId)?.options.find((each) => each.id === id)?.text);
const title = (id: string, { plant }: Names): Text => plant.procedures.get(id)?.title ?? t(id, id);
function proof(id: string, names: Names): Text {
  const { def } = names;
  const all = [...stepsOf(names).flatMap((each) => each.proof), ...(def?.safeState ?? []), ...(def?.returnConditions ?? []), ...(def?.continuous ?? []).flatMap((each) => each.proof)];
  return named(id, all.find((each) => each.id === id)?.text);
}
/** A caution by its key `step/caution`, or a warning by its step. */
function item(id: string, names: Names): Text {
  const found = stepsOf(names).find((each) => id === each.id || id.startsWith(`${each.id}/`));
  const caution = found?.cautions.find((each, index) => `${found.id}/${'id' in each ? each.id : `caution-${index + 1}`}` === id);
  return named(id, caution ?? found?.text);
}
/** What was written down, as short as it can be found again by. */
function evidenceWords(evidence: RecordedEvidence | undefined): Text {
  if (evidence === undefined) return t('', '');
  const what = [evidence.numbers?.join(', '), evidence.lock, evidence.tag, evidence.instrument, evidence.sample, evidence.place, ...(evidence.points ?? []).map(({ place, values }) => `${place}: ${values.map(({ gas, value }) => `${gas} ${value}`).join(', ')}`)].flatMap((each) => each ?? []);
  return t(`（${what.join('；')}）`, ` (${what.join('; ')})`);
}
const words = (text: string, open: string, close = ''): string => (text === '' ? '' : `${open}${text}${close}`);
const DEADLINE = { running: t('开始计时', 'is running'), met: t('按时完成', 'was met'), exceeded: t('已超时', 'was exceeded') };
const CONTINUOUS = { quiet: t('不再需要', 'no longer called for'), inEffect: t('需要执行', 'in effect'), answered: t('已执行', 'answered'), overdue: t('到时未执行', 'not answered in time') };
const ASSESSMENT = { contested: t('质疑', 'contested'), asserted: t('认定', 'asserted'), withdrawn: t('撤回判断', 'assessment withdrawn') };
const REGION: Readonly<Record<string, Text>> = { clear: t('全部投用', 'all in service'), blocked: t('有联锁不可用', 'one is not in service'), within: t('未超限', 'within the limit'), exceeded: t('超限', 'over the limit'), unknown: t('未知', 'unknown'), kept: t('未违反', 'kept'), violated: t('有禁令被违反', 'one is violated') };
const region = (state: string): Text => REGION[state] ?? t(state, state);
/** Who or what chose. */
const CHOOSER: Readonly<Record<string, Text>> = { tags: t('由数据', 'by the tags'), deadline: t('到时按默认', 'by the deadline: the default') };
/** What raised another procedure. */
const LEADER: Readonly<Record<string, Text>> = { safe: t('安全状态未按时证实', 'the safe state was not proved in time') };

const PHRASES: { readonly [T in CourseEventType]: Phrase<T> } = {
  RAISE: () => t('提出', 'raised'),
  START: () => t('开始退守', 'retreat begun'),
  STOP: () => t('紧急停车', 'emergency stop'),
  STEP_DONE: (e, n) => t(`步骤完成 ${step(e.step, n).zh}${e.by === 'tags' ? '（数据证实）' : ''}`, `step done ${step(e.step, n).en}${e.by === 'tags' ? ' (proved by tags)' : ''}`),
  STEP_SKIPPED: (e, n) => t(`跳过步骤 ${step(e.step, n).zh}，理由：${e.reason}`, `step skipped ${step(e.step, n).en}, because: ${e.reason}`),
  STEP_OVERDUE: (e, n) => t(`步骤超时未证实，程序继续，步骤继续监视 ${step(e.step, n).zh}`, `step not proved in time, the course goes on, the step is still watched ${step(e.step, n).en}`),
  STEP_PASSED: (e, n) => t(`不等证据继续，步骤继续监视 ${step(e.step, n).zh}`, `gone on without waiting, the step is still watched ${step(e.step, n).en}`),
  STEP_LATE: (e, n) => t(`超时的步骤后来证实 ${step(e.step, n).zh}`, `overdue step proved after all ${step(e.step, n).en}`),
  CHOSEN: (e, n) => {
    const seen = e.seen === null || e.seen === e.option ? null : option(e.step, e.seen, n);
    const by = CHOOSER[e.by] ?? t('由人', 'by a person');
    return t(
      `选择 ${option(e.step, e.option, n).zh}（${by.zh}）${seen === null ? '' : `；数据显示的是 ${seen.zh}`}${words(e.reason, '；理由：')}`,
      `chosen ${option(e.step, e.option, n).en} (${by.en})${seen === null ? '' : `; the tags show ${seen.en}`}${words(e.reason, '; reason: ')}`,
    );
  },
  PERMITTED: (e, n) => t(`准许执行 ${step(e.step, n).zh}`, `permitted ${step(e.step, n).en}`),
  WITHDRAWN: (e, n) => t(`准许收回 ${step(e.step, n).zh}`, `permit withdrawn ${step(e.step, n).en}`),
  SIGNED: (e, n) => t(`签字证实 ${proof(e.proof, n).zh}${e.figure === undefined ? '' : ` = ${e.figure}`}${evidenceWords(e.evidence).zh}${e.witness === undefined ? '' : `，盯守确认 ${e.witness}`}${words(e.note, '，备注：')}`, `signed for ${proof(e.proof, n).en}${e.figure === undefined ? '' : ` = ${e.figure}`}${evidenceWords(e.evidence).en}${e.witness === undefined ? '' : `, acknowledged at the watching post by ${e.witness}`}${words(e.note, ', note: ')}`),
  REMOVED: (e, n) => t(`已拆除 ${e.number}：${proof(e.proof, n).zh}`, `taken away ${e.number}: ${proof(e.proof, n).en}`),
  SAFE_PROVED: () => t('安全状态已证实', 'safe state proved'),
  SAFE_LOST: () => t('安全状态不再成立', 'safe state lost'),
  SAFE_OVERDUE: (_e, { def }) => t(`安全状态未按时证实${def === undefined ? '' : `：${def.ifNotSafe.zh}`}`, `safe state not proved in time${def === undefined ? '' : `: ${def.ifNotSafe.en}`}`),
  INVESTIGATE: () => t('开始查明原因', 'investigation begun'),
  CAUSE: (e) => t(`原因：${e.text}`, `cause: ${e.text}`),
  READY: () => t('原因已查明，处置已完成', 'cause found and handling done'),
  APPROVED: (e) => t(`批准返回（${roleList([e.role]).zh}）`, `return approved (${roleList([e.role]).en})`),
  RETURNED: () => t('返回生产', 'returned to production'),
  INTERLOCKS: (e) => t(`联锁：${region(e.state).zh}`, `interlocks: ${region(e.state).en}`),
  PEOPLE: (e) => t(`现场人数：${region(e.state).zh}`, `people: ${region(e.state).en}`),
  PROHIBITIONS: (e) => t(`禁令：${region(e.state).zh}`, `prohibitions: ${region(e.state).en}`),
  HELD: () => t('站点重启：进入和返回须重新授权', 'station restarted: entry and return need a new authorisation'),
  REAUTHORISED: () => t('重新授权', 're-authorised'),
  SUSPENDED: (e) => t(`暂挂，理由：${e.reason}`, `put aside, because: ${e.reason}`),
  RESUMED: () => t('恢复执行', 'resumed'),
  DEADLINE: (e, { def }) => {
    const found = named(e.id, def?.deadlines.find(({ id }) => id === e.id)?.text);
    const until = e.state === 'running' ? [`，至 ${time(e.dueMs)}`, ` until ${time(e.dueMs)}`] as const : ['', ''] as const;
    return t(`时限 ${found.zh} ${DEADLINE[e.state].zh}${until[0]}`, `time limit ${found.en} ${DEADLINE[e.state].en}${until[1]}`);
  },
  CONTINUOUS: (e, { def }) => {
    const found = named(e.id, def?.continuous.find(({ id }) => id === e.id)?.text);
    return t(`全程监视 ${found.zh}：${CONTINUOUS[e.state].zh}`, `watched all the time ${found.en}: ${CONTINUOUS[e.state].en}`);
  },
  LED: (e, n) => {
    const from = LEADER[e.from] ?? named(e.from, [...stepsOf(n), ...(n.def?.deadlines ?? []), ...(n.def?.continuous ?? [])].find(({ id }) => id === e.from.replace(/^(?:goto|deadline|continuous)\//u, ''))?.text);
    return t(`引出程序 ${title(e.procedure, n).zh}，因 ${from.zh}`, `raised procedure ${title(e.procedure, n).en}, because of ${from.en}`);
  },
  ACKNOWLEDGED: (e, n) => t(`已阅 ${item(e.item, n).zh}`, `read ${item(e.item, n).en}`),
  ASSESSED: (e, n) => t(`${ASSESSMENT[e.assessment].zh} ${proof(e.proof, n).zh}，理由：${e.reason}`, `${ASSESSMENT[e.assessment].en} ${proof(e.proof, n).en}, because: ${e.reason}`),
  OWNED: (e) => t(`程序由 ${e.name} 负责`, `${e.name} now owns the procedure`),
};

export function courseText(event: CourseEvent, plant: Plant, def: ProcedureDef | undefined): Text {
  return (PHRASES[event.type] as Phrase<CourseEventType>)(event, { plant, def });
}
