/** What does not protect as it was built to: bypasses, interlocks that are not armed, and the station's own sight. */
import { lapsedOperations } from '../authority/matrix.ts';
import { OPERATIONS } from '../gates/operations.ts';
import type { BypassEntry, EntryPhase } from '../interlocks/bypass.ts';
import type { InterlockState } from '../interlocks/interlocks.ts';
import type { Text } from '../../contract/text.ts';
import type { OpenThing, OpenThings } from './open-thing.ts';

/** Phases after which nothing is left to be done. Every other one is open, whatever the register comes to know. */
const ENDED: readonly EntryPhase[] = ['closed', 'rejected', 'withdrawn'];
const PHASE_WORDS: Readonly<Record<EntryPhase, Text>> = {
  requested: { zh: '已申请', en: 'asked for' }, assessed: { zh: '已评估', en: 'assessed' }, approved: { zh: '已审批', en: 'approved' }, active: { zh: '旁路中', en: 'in force' }, lapsed: { zh: '审批已失效', en: 'its approval has lapsed' },
  expired: { zh: '已到期', en: 'expired' }, restored: { zh: '已恢复，未测试', en: 'restored, not tested' }, tested: { zh: '已测试，未验证', en: 'tested, not verified' }, closed: { zh: '已关闭', en: 'closed' }, rejected: { zh: '已否决', en: 'rejected' }, withdrawn: { zh: '已撤回', en: 'withdrawn' },
};
/** Carried by a valid approval, or only asked for: nothing that stands against the guideline. */
const isInOrder = ({ phase, untilMs }: BypassEntry, nowMs: number): boolean => ['requested', 'assessed', 'approved', 'active'].includes(phase) && nowMs < untilMs;

export const bypasses: OpenThings = (_plant, { bypasses: register }, nowMs) => register.filter(({ phase }) => !ENDED.includes(phase)).map((bypass) => {
  const { id, interlock, element, phase, reason, requestedMs, untilMs } = bypass;
  const word = PHASE_WORDS[phase];
  return { id: `${id}/${phase}`, sinceMs: requestedMs, untilMs, worst: !isInOrder(bypass, nowMs), text: { zh: `${interlock}${element === null ? '' : ` 的 ${element}`} 旁路 ${id}，${word.zh}：${reason}`, en: `Bypass ${id} of ${element === null ? '' : `${element} of `}${interlock}, ${word.en}: ${reason}` } };
});

const STATE_WORDS: Readonly<Record<InterlockState, Text>> = {
  armed: { zh: '投用', en: 'armed' }, tripped: { zh: '已动作，未复位', en: 'tripped, not reset' }, bypassed: { zh: '旁路', en: 'bypassed' }, faulted: { zh: '故障', en: 'faulted' }, unknown: { zh: '状态未知', en: 'state unknown' },
};

/** One that was never heard of is unknown, and unknown is not armed. */
export const interlocks: OpenThings = (plant, state) => plant.pack.interlocks.flatMap(({ id, title }) => {
  const record = state.interlocks[id];
  const now = record?.state ?? 'unknown';
  if (now === 'armed') return [];
  const word = STATE_WORDS[now];
  return [{ id: `${id}/${now}`, sinceMs: record?.sinceMs ?? null, worst: now !== 'tripped' && !(now === 'bypassed' && record?.approved === true), text: { zh: `联锁 ${id} ${title.zh}：${word.zh}`, en: `Interlock ${id}, ${title.en}: ${word.en}` } }];
});

/** The station's sight and papers: the data link, the site's figures, the standing authority. */
export const faults: OpenThings = (plant, state, nowMs) => {
  const found: OpenThing[] = [];
  // Since when, the alarm that it raised says.
  const since = (alarm: string): number | null => state.alarms.get(alarm)?.raisedMs ?? null;
  if (state.link !== 'connected') found.push({ id: `link/${state.link}`, sinceMs: since('LINK'), worst: true, text: { zh: '与 DCS 的数据连接不正常', en: 'The data link to the DCS is not sound' } });
  if (plant.pack.site?.applied === false) found.push({ id: 'site', sinceMs: since('SITE-REFUSED'), text: { zh: `现场定值 ${plant.pack.site.id} 被拒绝`, en: `The figures of site ${plant.pack.site.id} are refused` } });
  const lapsed = lapsedOperations(plant.pack.authority, nowMs).map((operation) => OPERATIONS[operation].title);
  if (lapsed.length > 0) found.push({ id: 'authority', sinceMs: since('AUTHORITY'), worst: true, text: { zh: `无人有有效授权：${lapsed.map(({ zh }) => zh).join('、')}`, en: `Granted to nobody now: ${lapsed.map(({ en }) => en).join(', ')}` } });
  return found;
};
