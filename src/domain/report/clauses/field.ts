/** Work on the spot: who may be there, with what, under which permit, before which camera (3.7, 4.2, 4.3, 4.4, V.1, V.2). */
import type { Text } from '../../../contract/text.ts';
import type { CameraState } from '../../people/cameras.ts';
import { bestPermit, PERMIT_KINDS, pressureObstacles, standInsOf } from '../../permits/work-permits.ts';
import type { PermitObstacle, PressureObstacle } from '../../gates/gate-facts.ts';
import type { WorkPermit } from '../../permits/work-permits.ts';
import { cautionItems } from '../../station/gates/run-facts.ts';
import { evolvePermit } from '../../station/evolve-work.ts';
import type { StationState } from '../../station/state.ts';
import type { CaseFile } from './case-file.ts';
import { confirmed } from './confirm.ts';
import { stepsSeen } from './evidence-seen.ts';
import type { StepSeen } from './evidence-seen.ts';
import { byPeople, met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { counted, PEOPLE_AT_MOST } from './limits.ts';
import { prohibited } from './never.ts';
import { lengthOf, overlap } from './records.ts';
import type { Span } from './records.ts';
import { eventsOf } from './runs-seen.ts';
import { ids, lasting, listed, t } from './wording.ts';
import { entriesIn, holdersOf, zoneStretches, zoneTitle } from './zones-seen.ts';
import type { EntrySeen, ZoneStretch } from './zones-seen.ts';

const NOBODY = t('异常期间没有人员进入有关区域的记录', 'nobody went into a zone that was concerned');
const NO_WORK = t('没有许可过现场处置步骤', 'no step of the handling was permitted');

const upsetEntries = (file: CaseFile): EntrySeen[] => entriesIn(file).filter(({ concerned }) => concerned);

interface Permitted extends Span { readonly of: StepSeen; readonly n: number; readonly by: string }
export function permittedSteps(file: CaseFile): Permitted[] {
  return stepsSeen(file.runs, file.span.toMs).flatMap((of) => of.permitted.map(({ n, atMs, by, toMs }) => ({ of, n, by, fromMs: atMs, toMs }))).sort((a, b) => a.n - b.n);
}
const stepName = ({ of: { run, step } }: Pick<Permitted, 'of'>): Text => t(`${run.procedure} 的第 ${step.id} 步`, `step ${step.id} of ${run.procedure}`);

/** A zone that is concerned and that nobody counted. */
function uncounted(file: CaseFile, stretches: readonly ZoneStretch[]): Finding[] {
  const zones = new Set(file.runs.flatMap(({ def }) => def?.people.zones ?? []));
  const seen = new Set(stretches.map(({ zone }) => zone));
  return [...zones].filter((zone) => !seen.has(zone)).map((zone) => unknown(t(`没有${zoneTitle(file, zone).zh}人数的记录`, `there is no record of the people in ${zoneTitle(file, zone).en}`)));
}

/** 4.2.1: nobody while it is unclear, then two at most, with protection and a gas detector, after somebody has judged it. */
export function judgeUnclear(file: CaseFile): Finding[] {
  const all = zoneStretches(file);
  const stretches = all.filter(({ stage }) => stage === 'unclear' || stage === 'reconnaissance');
  const scouts = upsetEntries(file).filter(({ data, fromMs }) => all.some((each) => each.zone === data.zone && each.stage === 'reconnaissance' && each.fromMs <= fromMs && fromMs < each.toMs));
  const bare = scouts.filter(({ data }) => data.gasDetector !== undefined && data.gasDetector.trim() === '');
  const untold = scouts.filter(({ data }) => data.gasDetector === undefined);
  const findings = [
    ...counted(file, stretches, PEOPLE_AT_MOST['4.2.1'] ?? 0), ...uncounted(file, all),
    ...bare.map(({ n, data }) => byPeople(notMet(t(`${zoneTitle(file, data.zone).zh}有人侦查时没有气体检测仪`, `somebody went into ${zoneTitle(file, data.zone).en} to look without a gas detector`), [n]))),
    ...untold.map(({ n, data }) => byPeople(unknown(t(`进入${zoneTitle(file, data.zone).zh}的人是否带气体检测仪没有记录`, `it is not on record whether who went into ${zoneTitle(file, data.zone).en} had a gas detector`), [n]))),
  ];
  return findings.length > 0 ? findings : [notApplicable(t('没有区域处于情况不明或侦查阶段', 'no zone was unclear or being looked at'))];
}

/** 4.2.2: whoever is there has a task, and nobody is there unsigned. */
export function judgeTasks(file: CaseFile): Finding[] {
  const entries = upsetEntries(file);
  const stretches = zoneStretches(file);
  const differing = file.scope.of('people.differing').filter(({ data }) => data.differ && data.byTag !== null && data.byTag > data.byNames);
  const dark = stretches.filter(({ count }) => count === null);
  const present = stretches.filter(({ count }) => count !== null && count > 0);
  const findings = [
    ...entries.filter(({ data }) => data.task.trim() === '').map(({ n, data }) => byPeople(notMet(t(`进入${zoneTitle(file, data.zone).zh}的一人没有任务`, `somebody went into ${zoneTitle(file, data.zone).en} without a task`), [n]))),
    ...differing.map(({ n, data }) => unknown(t(`${zoneTitle(file, data.zone).zh}定位 ${data.byTag ?? 0} 人，签字 ${data.byNames} 人，多出的人和任务无从得知`, `positioning saw ${data.byTag ?? 0} in ${zoneTitle(file, data.zone).en} and ${data.byNames} were signed in; who the others were and what for is not known`), [n])),
    ...(dark.length === 0 ? [] : [unknown(t(`有 ${lasting(lengthOf(dark)).zh} 人数未知，无从得知有无无关人员`, `for ${lasting(lengthOf(dark)).en} the head count was not known, so surplus people cannot be ruled out`), dark.flatMap(({ numbers }) => numbers))]),
    ...(entries.length === 0 && present.length > 0 ? [unknown(t(`${listed(present.map(({ zone }) => zoneTitle(file, zone))).zh}有人而没有签字进入的记录`, `people were in ${listed(present.map(({ zone }) => zoneTitle(file, zone))).en} and no entry was signed`), present.flatMap(({ numbers }) => numbers))] : []),
    ...(entries.length === 0 ? [] : [byPeople(met(t(`${entries.length} 人次进入，每人有任务，人数与签字一致`, `${entries.length} entries, each with a task of its own, and the counts agree`), entries.map(({ n }) => n)))]),
  ];
  return findings.length > 0 ? findings : [notApplicable(NOBODY)];
}

/** 4.2.3: six at most in one zone, less where a procedure says so, and no two jobs at one part. */
export function judgeCrowding(file: CaseFile): Finding[] {
  const stretches = zoneStretches(file);
  const entries = upsetEntries(file);
  const crossed = entries.flatMap((a, index) => entries.slice(index + 1).filter((b) => a.data.zone === b.data.zone && samePlace(a, b) && overlap(a, b) !== null).map((b) => [a, b] as const));
  const findings = [
    ...counted(file, stretches.filter(({ stage }) => stage === 'handling'), PEOPLE_AT_MOST['4.2.3'] ?? 0), ...uncounted(file, stretches),
    ...crossed.map(([a, b]) => byPeople(notMet(t(`${zoneTitle(file, a.data.zone).zh}同一部位有两项作业同时进行`, `two jobs went on at one part of ${zoneTitle(file, a.data.zone).en} at the same time`), [a.n, b.n]))),
    ...(entries.length === 0 ? [] : [byPeople(met(t(`${entries.length} 人次进入，没有在同一部位交叉作业`, `${entries.length} entries, and no two jobs at one part`), entries.map(({ n }) => n)))]),
  ];
  const over = stretches.filter(({ count, stage }) => stage !== 'handling' && count !== null && count > (PEOPLE_AT_MOST['4.2.3'] ?? 0));
  const all = [...findings, ...over.map(({ zone, count, numbers }) => notMet(t(`${zoneTitle(file, zone).zh}有 ${count ?? 0} 人，超过 6 人`, `${zoneTitle(file, zone).en} held ${count ?? 0}, more than 6`), numbers))];
  return all.length > 0 ? all : [notApplicable(t('没有区域进入处置阶段，也没有人员进入', 'no zone came to be handled and nobody went in'))];
}

const plain = (text: string | undefined): string => (text ?? '').trim().toLowerCase();
const samePlace = (a: EntrySeen, b: EntrySeen): boolean => plain(a.data.part) !== '' && plain(a.data.part) === plain(b.data.part) && plain(a.data.task) !== plain(b.data.task);

/** 4.2.4: while people were on the spot, the commander stayed out of it and they were seen and heard from afar. */
export function judgeRemote(file: CaseFile): Finding[] {
  const entries = upsetEntries(file);
  if (entries.length === 0) return [notApplicable(NOBODY)];
  const commanders = holdersOf(file, 'commander');
  const radio = file.incident.plant.pack.protection.some(({ id }) => id === RADIO);
  return entries.flatMap((entry) => {
    const { data, n } = entry;
    const zone = zoneTitle(file, data.zone);
    const inside = commanders.filter((each) => overlap(each, entry) !== null && each.name === data.name);
    const named = commanders.some((each) => overlap(each, entry) !== null);
    const heard = data.confirmed?.includes(RADIO) === true;
    return [
      ...inside.map((each) => byPeople(notMet(t(`指挥人员 ${file.person(each.user).zh} 本人进入了${zone.zh}`, `the commander ${file.person(each.user).en} went into ${zone.en}`), [n, each.n]))),
      ...(named ? [] : [byPeople(unknown(t(`有人在${zone.zh}时没有指定指挥人员，远程指挥无从证实`, `no commander was named while somebody was in ${zone.en}, so command from afar cannot be shown`), [n]))]),
      ...(heard ? [] : [byPeople(unknown(radio && data.confirmed !== undefined ? t(`进入${zone.zh}的人没有确认带电台`, `who went into ${zone.en} did not confirm a radio`) : t('是否带电台没有记录', 'it is not on record whether a radio was carried'), [n]))]),
      ...cameraFindings(file, entry, data.zone, [n]).map((found) => (found.verdict === 'notMet' ? { ...found, verdict: 'unknown' as const } : found)),
    ];
  });
}
const RADIO = 'radio';

/** 4.2.5: positioning, fences and cameras watch for gathering, and it is told. */
export function judgeGathering(file: CaseFile): Finding[] {
  const stretches = zoneStretches(file);
  const bare = [...new Set(stretches.map(({ zone }) => zone))].filter((id) => { const zone = file.incident.plant.pack.zones.find((each) => each.id === id); return zone === undefined || (zone.cameras.length === 0 && zone.fenceTag === undefined); });
  const alarms = file.scope.of('alarm.raised').filter(({ data }) => data.id.startsWith('PEOPLE/'));
  const findings = [...Map.groupBy(stretches, ({ zone }) => zone)].map(([zone, own]): Finding => {
    const title = zoneTitle(file, zone);
    const dark = own.filter(({ count }) => count === null);
    const over = own.filter(({ state }) => state === 'exceeded');
    const alarm = alarms.find(({ data }) => data.id === `PEOPLE/${zone}`);
    const numbers = own.flatMap((each) => each.numbers);
    if (over.length > 0 && alarm === undefined) return notMet(t(`${title.zh}超员 ${lasting(lengthOf(over)).zh}，没有聚集报警`, `${title.en} held too many for ${lasting(lengthOf(over)).en} and no alarm of gathering was raised`), over.flatMap((each) => each.numbers));
    if (dark.length > 0) return unknown(t(`${title.zh}有 ${lasting(lengthOf(dark)).zh} 没有人数`, `the head count of ${title.en} was missing for ${lasting(lengthOf(dark)).en}`), dark.flatMap((each) => each.numbers));
    return met(t(`${title.zh}的人数 ${lasting(lengthOf(own)).zh} 内始终有监测${alarm === undefined ? '' : '，超员时已报警'}`, `the head count of ${title.en} was watched for ${lasting(lengthOf(own)).en}${alarm === undefined ? '' : ', and gathering raised its alarm'}`), [...numbers, alarm?.n]);
  });
  const all = [...findings, ...uncounted(file, stretches), ...(bare.length === 0 ? [] : [unknown(t(`${ids(bare).zh} 没有视频和电子围栏`, `${ids(bare).en} has neither camera nor fence`))])];
  return all.length > 0 ? all : [notApplicable(t('没有区域受异常影响', 'no zone was concerned'))];
}

/** 4.3.1: judged first, cautions read, then handled. */
export function judgeForethought(file: CaseFile): Finding[] {
  const permitted = permittedSteps(file);
  if (permitted.length === 0) return [notApplicable(NO_WORK)];
  const staged = file.scope.of('people.staged');
  return permitted.map((each) => {
    const { of, n } = each;
    const unread = cautionItems(of.step).filter((item) => !eventsOf(of.run, 'ACKNOWLEDGED').some((read) => read.event.item === item && read.n < n));
    const last = of.def.people.zones.map((zone) => ({ zone, stage: staged.findLast((seen) => seen.data.zone === zone && seen.n < n) }));
    const unclear = last.filter(({ stage }) => stage?.data.stage === 'unclear');
    const untold = last.filter(({ stage }) => stage === undefined || (stage.data.stage !== 'unclear' && stage.data.assessment.trim() === ''));
    const name = stepName(each);
    if (unclear.length > 0) return byPeople(notMet(t(`${name.zh}许可时 ${ids(unclear.map(({ zone }) => zone)).zh} 尚未评估`, `${name.en} was permitted while ${ids(unclear.map(({ zone }) => zone)).en} was not assessed`), [n, ...unclear.map(({ stage }) => stage?.n)]));
    if (unread.length > 0) return byPeople(notMet(t(`${name.zh}许可时有 ${unread.length} 条注意事项没有确认阅读`, `${name.en} was permitted with ${unread.length} caution(s) not acknowledged as read`), [n]));
    if (untold.length > 0 || last.length === 0) return byPeople(unknown(t(`${name.zh}许可前没有${last.length === 0 ? '' : ` ${ids(untold.map(({ zone }) => zone)).zh} `}风险评估的记录`, `no assessment${last.length === 0 ? '' : ` of ${ids(untold.map(({ zone }) => zone)).en}`} is on record before ${name.en} was permitted`), [n]));
    return byPeople(met(t(`${name.zh}许可前区域已评估，注意事项已阅`, `before ${name.en} was permitted its zones were assessed and its cautions read`), [n, ...last.map(({ stage }) => stage?.n)]));
  });
}

/** 4.3.4: every item that the zone demands, confirmed by its name. */
export function judgeProtection(file: CaseFile): Finding[] {
  const entries = upsetEntries(file);
  if (entries.length === 0) return [notApplicable(NOBODY)];
  return entries.map(({ n, data }) => {
    const zone = file.incident.plant.pack.zones.find(({ id }) => id === data.zone);
    const title = zoneTitle(file, data.zone);
    if (zone === undefined || data.confirmed === undefined) return byPeople(unknown(t(`进入${title.zh}时防护装备没有逐项记录`, `protective equipment was not recorded item by item on going into ${title.en}`), [n]));
    const lacking = zone.protection.filter((id) => data.confirmed?.includes(id) !== true);
    if (zone.protection.length === 0) return byPeople(unknown(t(`规则包没有写明${title.zh}所需防护装备`, `the pack does not say which equipment ${title.en} needs`), [n]));
    if (lacking.length > 0) return byPeople(notMet(t(`进入${title.zh}时缺 ${ids(lacking).zh}`, `${ids(lacking).en} was missing on going into ${title.en}`), [n]));
    return byPeople(met(t(`${entries.length} 人次进入，所需防护装备均逐项确认`, `${entries.length} entries, every item of equipment confirmed`), [n]));
  });
}

const PERMIT_WORDS: Readonly<Record<PermitObstacle, Text>> = {
  'missing': t('没有作业票', 'there was no permit'), 'not-yet': t('作业票尚未生效', 'the permit was not valid yet'), 'expired': t('作业票已过期', 'the permit had run out'),
  'closed': t('作业票已关闭', 'the permit was closed'), 'other-zone': t('作业票是别的区域的', 'the permit was for another zone'), 'own-approval': t('作业票由作业负责人自己批准', 'the permit was approved by its own holder'),
};

/** Permits as they stood at a record. */
function permitsAt(file: CaseFile, n: number): readonly WorkPermit[] {
  let state: StationState = file.incident.before;
  for (const { fact, n: at } of file.whole.all) {
    if (at >= n) break;
    if (fact.type === 'permit.issued' || fact.type === 'permit.closed' || fact.type === 'permit.expired') state = evolvePermit(state, fact);
  }
  return state.permits;
}
const permitNumbers = (file: CaseFile, permit: WorkPermit | null): number[] => (permit === null ? [] : file.whole.of('permit.issued').filter(({ data }) => data.number === permit.number).map(({ n }) => n));

/** 3.7: a valid permit when it began and for as long as it lasted. */
export function judgePermits(file: CaseFile): Finding[] {
  const needing = permittedSteps(file).filter(({ of }) => of.step.workPermit !== undefined);
  if (needing.length === 0) return [notApplicable(t('没有许可过需要作业票的步骤', 'no step that needs a work permit was permitted'))];
  return needing.map((each) => {
    const { of, n, fromMs, toMs } = each;
    const kind = of.step.workPermit ?? 'line-opening';
    const { permit, obstacle } = bestPermit(permitsAt(file, n), kind, of.def.people.zones, fromMs);
    const [name, title] = [stepName(each), PERMIT_KINDS[kind].title];
    if (obstacle !== null) return byPeople(notMet(t(`${name.zh}许可时${PERMIT_WORDS[obstacle].zh}（${title.zh}）`, `${name.en} was permitted although ${PERMIT_WORDS[obstacle].en} (${title.en})`), [n, ...permitNumbers(file, permit)]));
    if (permit !== null && permit.untilMs < toMs) return byPeople(notMet(t(`${name.zh}超过作业票 ${permit.number} 的时限 ${lasting(toMs - permit.untilMs).zh}`, `${name.en} went on for ${lasting(toMs - permit.untilMs).en} after permit ${permit.number} had run out`), [n, ...permitNumbers(file, permit)]));
    return byPeople(met(t(`${name.zh}有有效的${title.zh} ${permit?.number ?? ''}`, `${name.en} had a valid permit ${permit?.number ?? ''} (${title.en})`), [n, ...permitNumbers(file, permit)]));
  });
}

/** 4.4.1: depressurised, isolated, and by nothing that only looks like a blind. */
export function judgeOpening(file: CaseFile): Finding[] {
  const opening = permittedSteps(file).filter(({ of }) => of.step.workPermit !== undefined && PERMIT_KINDS[of.step.workPermit].isolated);
  if (opening.length === 0) return [notApplicable(t('没有许可过打开管线、设备的步骤', 'no step that opens lines or equipment was permitted'))];
  return opening.flatMap((each) => {
    const { of, n, fromMs } = each;
    const kind = of.step.workPermit ?? 'line-opening';
    const { permit, obstacle } = bestPermit(permitsAt(file, n), kind, of.def.people.zones, fromMs);
    const standIns = permit === null ? [] : standInsOf(kind, permit.isolation);
    const shown = confirmed(file, kind === 'blinding' ? ['depressurised'] : ['depressurised', 'isolated'], [of.run]).map((found) => (found.verdict === 'notApplicable' ? unknown(t(`${stepName(each).zh}之前没有泄压、隔离的确认记录`, `nothing is on record that shows depressurising and isolation for ${stepName(each).en}`), [n]) : found));
    return [
      ...shown,
      ...(standIns.length === 0 ? [] : [byPeople(notMet(t(`作业票 ${permit?.number ?? ''} 以${listed(standIns).zh}代替盲板`, `permit ${permit?.number ?? ''} rests on ${listed(standIns).en} in place of a blind`), [n, ...permitNumbers(file, permit)]))]),
      ...(permit === null || obstacle !== null || permit.isolation.length === 0 ? [byPeople(unknown(t(`${stepName(each).zh}用什么隔离没有记录`, `it is not on record by what ${stepName(each).en} was isolated`), [n, ...permitNumbers(file, permit)]))] : []),
    ];
  });
}

const NEVER_UNDER_PRESSURE: readonly PressureObstacle[] = ['hazardous-medium', 'no-thickness', 'thin', 'cracks', 'weak', 'no-safeguards'];
const PRESSURE_WORDS: Readonly<Record<PressureObstacle, Text>> = {
  'not-necessary': t('必要性和可行性', 'necessity and feasibility'), 'no-survey': t('现场勘测', 'the survey'), 'no-plan': t('专项方案', 'the special plan'),
  'hazardous-medium': t('介质毒性为极度危害', 'an extremely hazardous medium'), 'no-thickness': t('未测厚', 'walls not measured'), 'thin': t('壁厚不足', 'walls too thin'), 'cracks': t('裂纹可能扩展', 'cracks that can grow'), 'weak': t('强度不足', 'insufficient strength'), 'no-safeguards': t('保障措施未落实', 'safeguards not in place'),
};

interface PressureCase { readonly number: string; readonly pressure: WorkPermit['pressure']; readonly numbers: readonly number[] }

/** Permits for work under pressure that were issued in the incident, or that a step was permitted on. */
function pressureCases(file: CaseFile): PressureCase[] {
  const issued = file.scope.of('permit.issued').filter(({ data }) => data.kind === 'pressure-work').map(({ n, data }) => ({ number: data.number, pressure: data.pressure ?? null, numbers: [n] }));
  const used = underPressureSteps(file).flatMap(({ of, n, fromMs }): PressureCase[] => {
    const { permit } = bestPermit(permitsAt(file, n), 'pressure-work', of.def.people.zones, fromMs);
    return permit === null || issued.some(({ number }) => number === permit.number) ? [] : [{ number: permit.number, pressure: permit.pressure, numbers: [n] }];
  });
  return [...issued, ...used];
}
const underPressureSteps = (file: CaseFile): Permitted[] => permittedSteps(file).filter(({ of }) => of.step.workPermit === 'pressure-work');

function underPressure(file: CaseFile, isAsked: (obstacle: PressureObstacle) => boolean, lacks: (what: Text, number: string) => Text, good: Text): Finding[] {
  const unpermitted = underPressureSteps(file).filter(({ of, n, fromMs }) => bestPermit(permitsAt(file, n), 'pressure-work', of.def.people.zones, fromMs).permit === null);
  return [
    ...pressureCases(file).map(({ number, pressure, numbers }) => {
      if (pressure === null) return byPeople(unknown(t(`带压作业票 ${number} 没有论证的记录`, `permit ${number} for work under pressure has no assessment on record`), numbers));
      const found = pressureObstacles(pressure).filter(isAsked);
      return byPeople(found.length > 0 ? notMet(lacks(listed(found.map((each) => PRESSURE_WORDS[each])), number), numbers) : met(t(`带压作业票 ${number}：${good.zh}`, `permit ${number} for work under pressure: ${good.en}`), numbers));
    }),
    ...unpermitted.map((each) => byPeople(unknown(t(`${stepName(each).zh}没有带压作业票的记录`, `no permit for work under pressure is on record for ${stepName(each).en}`), [each.n]))),
  ];
}

/** 4.4.2: assessment, survey, plan. */
export function judgePressurePlan(file: CaseFile): Finding[] {
  const findings = underPressure(file, (each) => !NEVER_UNDER_PRESSURE.includes(each), (what, number) => t(`带压作业票 ${number} 缺${what.zh}`, `permit ${number} for work under pressure lacks ${what.en}`), t('论证、勘测、专项方案齐全', 'assessed, surveyed and planned'));
  return findings.length > 0 ? findings : [notApplicable(t('没有签发带压作业票，也没有许可带压作业', 'no work under pressure was permitted'))];
}

/** 4.4.3: where it is never done. Whether it was done without anybody's word no tag tells. */
export function judgePressureWork(file: CaseFile, clause: string): Finding[] {
  return [...underPressure(file, (each) => NEVER_UNDER_PRESSURE.includes(each), (what, number) => t(`带压作业票 ${number} 存在禁止条件：${what.zh}`, `permit ${number} for work under pressure was issued in spite of ${what.en}`), t('没有禁止条件', 'nothing that forbids it')), ...prohibited(file, clause)];
}

// --- cameras ------------------------------------------------------------------------------------------------------------------

type CameraStretch = Span & { readonly state: CameraState; readonly n: number | null };

function cameraStretches(file: CaseFile, camera: string): CameraStretch[] {
  const { before } = file.incident;
  const known = Object.hasOwn(before.cameras, camera) ? before.cameras[camera] : undefined;
  const marks = [{ atMs: 0, state: known?.state ?? ('unknown' as const), n: null }, ...file.whole.of('camera.changed').filter(({ data }) => data.camera === camera).map(({ n, atMs, data }) => ({ n, atMs, state: data.state }))];
  return marks.map(({ atMs, ...rest }, index) => ({ ...rest, fromMs: atMs, toMs: marks[index + 1]?.atMs ?? Number.MAX_SAFE_INTEGER }));
}

/** Was the zone seen by a camera all this time? One camera is enough. */
function cameraFindings(file: CaseFile, time: Span, zoneId: string, numbers: readonly number[]): Finding[] {
  const zone = file.incident.plant.pack.zones.find(({ id }) => id === zoneId);
  const title = zoneTitle(file, zoneId);
  if (zone === undefined || zone.cameras.length === 0) return [unknown(t(`规则包中${title.zh}没有摄像头`, `the pack has no camera for ${title.en}`), numbers)];
  const all = zone.cameras.map(({ id }) => cameraStretches(file, id).filter((each) => each.fromMs <= time.toMs && each.toMs > time.fromMs));
  const edges = [time.fromMs, ...all.flat().map(({ fromMs }) => fromMs).filter((ms) => ms > time.fromMs && ms < time.toMs)].sort((a, b) => a - b);
  const states = edges.map((ms, index) => ({ ms: (edges[index + 1] ?? time.toMs) - ms, at: all.flatMap((own) => own.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs) ?? []) })).map(({ ms, at }) => ({ ms, ns: at.map(({ n }) => n), state: at.some(({ state }) => state === 'seen') ? 'seen' as const : at.every(({ state }) => state === 'lost') ? 'lost' as const : 'unknown' as const }));
  const sum = (state: CameraState): number => states.filter((each) => each.state === state).reduce((total, { ms }) => total + ms, 0);
  const told = states.flatMap(({ ns }) => ns);
  if (states.some(({ state }) => state === 'lost')) return [notMet(t(`${title.zh}作业期间有 ${lasting(sum('lost')).zh} 没有视频`, `no camera showed ${title.en} for ${lasting(sum('lost')).en} of the work`), [...numbers, ...told])];
  if (states.some(({ state }) => state === 'unknown')) return [unknown(t(`${title.zh}作业期间有 ${lasting(sum('unknown')).zh} 视频状态未知`, `it is not known for ${lasting(sum('unknown')).en} of the work whether a camera showed ${title.en}`), [...numbers, ...told])];
  return [met(t(`${title.zh}作业期间 ${lasting(time.toMs - time.fromMs).zh} 始终有视频`, `a camera showed ${title.en} through the ${lasting(time.toMs - time.fromMs).en} of the work`), [...numbers, ...told])];
}

/** V.1: no video, no work. */
export function judgeVideo(file: CaseFile): Finding[] {
  const entries = upsetEntries(file).flatMap((entry) => cameraFindings(file, { fromMs: Math.max(entry.fromMs, file.span.fromMs), toMs: entry.toMs }, entry.data.zone, [entry.n]));
  const steps = permittedSteps(file).filter(({ of }) => of.step.direction === 'intervene').flatMap(({ of, n, fromMs, toMs }) => of.def.people.zones.flatMap((zone) => cameraFindings(file, { fromMs, toMs }, zone, [n])));
  const all = [...entries, ...steps];
  return all.length > 0 ? all : [notApplicable(t('异常期间没有现场作业', 'there was no work in the field during the upset'))];
}

/** V.2: what is signed in a key step is acknowledged by another person at the watching post. */
export function judgeWitness(file: CaseFile): Finding[] {
  const signed = stepsSeen(file.runs, file.span.toMs).filter(({ step }) => step.workPermit !== undefined).flatMap((of) => eventsOf(of.run, 'SIGNED').filter(({ event }) => of.step.proof.some(({ id }) => id === event.proof)).map((sign) => ({ of, sign })));
  if (signed.length === 0) return [notApplicable(t('没有签字的关键步骤', 'nothing was signed in a key step'))];
  return signed.map(({ of, sign: { n, event } }) => {
    const name = t(`${stepName({ of }).zh}的 ${event.proof}`, `${event.proof} in ${stepName({ of }).en}`);
    if (event.witness === undefined) return byPeople(event.evidence === undefined ? unknown(t(`${name.zh}是否对镜头确认没有记录`, `it is not on record whether ${name.en} was confirmed before the camera`), [n]) : notMet(t(`${name.zh}签字时没有盯守人对视频确认`, `${name.en} was signed and nobody at the watching post acknowledged it`), [n]));
    if (event.witness === event.by) return byPeople(notMet(t(`${name.zh}由签字人自己确认`, `${name.en} was acknowledged by who signed it`), [n]));
    return byPeople(met(t(`${name.zh}由${file.person(event.witness).zh}在盯守岗位确认`, `${name.en} was acknowledged at the watching post by ${file.person(event.witness).en}`), [n]));
  });
}
