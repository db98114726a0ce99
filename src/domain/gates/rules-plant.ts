/** Rules about the plant itself: its protection, its sight, its safe state, and what is being done against a prohibition. */
import type { Text } from '../../contract/text.ts';
import type { InterlockObstacle } from '../interlocks/interlocks.ts';
import { one } from './rule.ts';
import type { GateRule } from './rule.ts';

export const INTERLOCK_WORDS: Readonly<Record<InterlockObstacle, Text>> = {
  'unknown': { zh: '状态未知，按旁路处理', en: 'state unknown; it counts as bypassed' },
  'faulted': { zh: '故障，可能不动作', en: 'faulted; it may not act' },
  'forced': { zh: '输入被强制，可能不动作', en: 'an input is forced; it may not act' },
  'no-entry': { zh: '旁路，登记中没有评估和审批', en: 'bypassed without assessment and approval in the register' },
  'not-assessed': { zh: '旁路，尚未评估', en: 'bypassed, not yet assessed' },
  'not-approved': { zh: '旁路，已评估但未经另一人审批', en: 'bypassed, assessed but not approved by another person' },
  'not-accepted': { zh: '旁路，已审批但 DCS 操作员尚未接受', en: 'bypassed, approved but not accepted by the DCS operator' },
  'not-yet': { zh: '旁路，审批的起始时间未到', en: 'bypassed before the approved time' },
  'expired': { zh: '旁路，审批已到期', en: 'bypassed, its approval has expired' },
  'lapsed': { zh: '旁路，补偿措施丧失或超出旁路期间工艺限值，审批失效', en: 'bypassed; a compensating measure was lost or a process limit was left, so the approval has lapsed' },
  'measure-unknown': { zh: '旁路，补偿措施或旁路期间工艺限值无法证实', en: 'bypassed; a compensating measure or a process limit cannot be shown to hold' },
  'no-tag': { zh: '登记为旁路，DCS 上却不是：可能在别处旁路', en: 'bypassed by the register and not by its tag; it may be bypassed elsewhere' },
  'not-tested': { zh: '已恢复，尚未功能测试并由另一人验证', en: 'restored, not yet function-tested and verified by another person' },
  'forced-reset': { zh: '被强制复位，尚未查明', en: 'was reset by force, and that is not accounted for' },
};

export const PLANT_RULES: readonly GateRule[] = [
  {
    id: 'G-INTERLOCK', clause: '3.3', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['engineer', 'supervisor'],
    looksAt: { zh: '相关联锁是否投用，旁路是否经评估、审批、接受且未到期', en: 'linked interlocks in service, or bypassed under an assessed, approved, accepted, unexpired entry' },
    stands: (f) => f.interlocks.map(({ id, obstacle }) => ({ subject: id, fact: { zh: `联锁 ${id} ${INTERLOCK_WORDS[obstacle].zh}`, en: `Interlock ${id}: ${INTERLOCK_WORDS[obstacle].en}` }, ...(obstacle === 'forced-reset' ? { clause: '3.5' } : {}) })),
  },
  {
    id: 'G-DEGRADED', clause: '3.3', directions: ['return'], whoCanChange: ['engineer'],
    looksAt: { zh: '联锁表决是否降级', en: 'voting of linked interlocks degraded' },
    stands: (f) => f.degraded.map(({ id, voting }) => ({ subject: id, fact: { zh: `联锁 ${id} 表决降级：${voting}`, en: `Interlock ${id} votes with fewer good channels than built: ${voting}` } })),
  },
  {
    id: 'G-LINK', clause: '4.1.1(3)', directions: ['intervene', 'return'], whoCanChange: ['engineer'],
    looksAt: { zh: '与 DCS 的数据连接', en: 'the data link to the DCS' },
    stands: (f) => one(!f.linkGood, '与 DCS 的数据连接不正常，看不到装置', 'The data link to the DCS is not sound; the plant cannot be seen'),
  },
  {
    id: 'G-NO-PROCEDURE', clause: '4.1.2', directions: ['intervene', 'return'], whoCanChange: ['supervisor', 'engineer'],
    looksAt: { zh: '没有对应程序的异常工况', en: 'an abnormal condition without a procedure' },
    stands: (f) => one(f.noProcedure, '有未预先研判的异常工况，没有对应程序', 'An abnormal condition that no procedure answers is active'),
  },
  {
    id: 'G-SAFE', clause: '3.5', directions: ['return'], whoCanChange: ['operator'],
    looksAt: { zh: '安全状态是否由仪表证实', en: 'the safe state proved from tags' },
    stands: (f) => one(f.place !== null && !f.safeProved, '安全状态尚未由仪表证实', 'The safe state is not yet proved from tags'),
  },
  {
    id: 'G-CAUSE', clause: '3.5', directions: ['return'], whoCanChange: ['engineer', 'supervisor'],
    looksAt: { zh: '原因是否查明并登记', en: 'the cause found and recorded' },
    stands: (f) => one(f.place !== null && !f.causeFound, '原因尚未查明并登记', 'The cause has not been found and recorded'),
  },
  {
    id: 'G-TRIP-CONDITION', clause: '3.5', directions: ['return'], whoCanChange: ['operator', 'engineer'],
    looksAt: { zh: '联锁触发条件和返回条件', en: 'trip conditions and conditions of return' },
    stands: (f) => f.unmet.map(({ text, state }) => ({
      fact: state === 'unknown' ? { zh: `返回条件未知：${text.zh}`, en: `Condition of return not known: ${text.en}` } : { zh: `返回条件未满足：${text.zh}`, en: `Condition of return not met: ${text.en}` },
    })),
  },
  {
    id: 'G-PROHIBITION', clause: '4.3.1', directions: ['intervene', 'return'], whoCanChange: ['operator', 'supervisor'],
    looksAt: { zh: '禁令是否正被违反', en: 'a prohibition being broken' },
    stands: (f) => f.violated.map(({ clause, text }) => ({ clause, fact: { zh: `禁令正被违反：${text.zh}`, en: `A prohibition is being broken: ${text.en}` } })),
  },
  {
    id: 'G-HELD', clause: '4.3.1', directions: ['intervene', 'return'], whoCanChange: ['supervisor'],
    looksAt: { zh: '站点重启后是否重新授权', en: 're-authorised after a restart of the station' },
    stands: (f) => one(f.held, '程序运行中站点重启过，须由班长重新授权', 'The station was restarted while the procedure ran; the shift supervisor must re-authorise it'),
  },
  {
    id: 'G-BYPASS-UPSET', clause: '3.3', directions: ['sustain'], whoCanChange: ['supervisor'],
    looksAt: { zh: '异常工况期间的新旁路', en: 'a new bypass during an abnormal condition' },
    stands: (f) => { const upset = f.bypass?.upset ?? null; return upset === null ? [] : one(true, `异常工况处置期间不得新增或延长旁路：${upset.zh}`, `No new bypass, and no more time for one, during an abnormal condition: ${upset.en}`); },
  },
  {
    id: 'G-BYPASS-HAZARD', clause: '3.3', directions: ['sustain'], whoCanChange: ['engineer'],
    looksAt: { zh: '同一危险的其他旁路', en: 'another bypass guarding the same hazard' },
    stands: (f) => (f.bypass?.sameHazard ?? []).map(({ interlock, hazard }) => ({ subject: interlock, fact: { zh: `同一危险的另一联锁 ${interlock} 已旁路或已申请：${hazard.zh}`, en: `Interlock ${interlock} guards the same hazard and is bypassed or asked for: ${hazard.en}` } })),
  },
];
