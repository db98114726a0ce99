/**
 * The gates as one table. A rule says for which directions it counts, which clause it carries, which fact stands in the
 * way, and who can change it. No rule names `retreat` or `hold`: the way to safety is never locked.
 */
import type { Direction, Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { InterlockObstacle } from '../interlocks/interlocks.ts';
import type { GateFacts } from './gate-facts.ts';

/** Directions that a gate may refuse. */
export type GatedDirection = Exclude<Direction, 'retreat' | 'hold'>;

export interface Standing {
  readonly fact: Text;
  readonly subject?: string;
  /** Where the fact carries a clause of its own. */
  readonly clause?: string;
}

export interface GateRule {
  readonly id: string;
  readonly directions: readonly GatedDirection[];
  readonly clause: string;
  readonly whoCanChange: readonly Role[];
  readonly stands: (facts: GateFacts) => readonly Standing[];
}

const one = (stands: boolean, zh: string, en: string): readonly Standing[] => (stands ? [{ fact: { zh, en } }] : []);

const INTERLOCK_WORDS: Readonly<Record<InterlockObstacle, Text>> = {
  'unknown': { zh: '状态未知，按旁路处理', en: 'state unknown; it counts as bypassed' },
  'faulted': { zh: '故障，可能不动作', en: 'faulted; it may not act' },
  'no-entry': { zh: '旁路，登记中没有评估和审批', en: 'bypassed without assessment and approval in the register' },
  'not-assessed': { zh: '旁路，尚未评估', en: 'bypassed, not yet assessed' },
  'not-approved': { zh: '旁路，已评估但未经另一人审批', en: 'bypassed, assessed but not approved by another person' },
  'expired': { zh: '旁路，审批已到期', en: 'bypassed, its approval has expired' },
};

const ROLE_WORDS: Readonly<Record<Role, Text>> = {
  operator: { zh: '操作员', en: 'operator' },
  supervisor: { zh: '班长', en: 'shift supervisor' },
  engineer: { zh: '工程师', en: 'engineer' },
  instructor: { zh: '教员', en: 'instructor' },
  investigator: { zh: '调查员', en: 'investigator' },
};

const roleList = (roles: readonly Role[]): Text => ({ zh: roles.map((r) => ROLE_WORDS[r].zh).join('、'), en: roles.map((r) => ROLE_WORDS[r].en).join(' or ') });

export const GATE_RULES: readonly GateRule[] = [
  {
    id: 'G-INTERLOCK', clause: '3.3', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['engineer', 'supervisor'],
    stands: (f) => f.interlocks.map(({ id, obstacle }) => ({ subject: id, fact: { zh: `联锁 ${id} ${INTERLOCK_WORDS[obstacle].zh}`, en: `Interlock ${id}: ${INTERLOCK_WORDS[obstacle].en}` } })),
  },
  {
    id: 'G-LINK', clause: '4.1.1(3)', directions: ['intervene', 'return'], whoCanChange: ['engineer'],
    stands: (f) => one(!f.linkGood, '与 DCS 的数据连接不正常，看不到装置', 'The data link to the DCS is not sound; the plant cannot be seen'),
  },
  {
    id: 'G-NO-PROCEDURE', clause: '4.1.2', directions: ['intervene', 'return'], whoCanChange: ['supervisor', 'engineer'],
    stands: (f) => one(f.noProcedure, '有未预先研判的异常工况，没有对应程序', 'An abnormal condition that no procedure answers is active'),
  },
  {
    id: 'G-SAFE', clause: '3.5', directions: ['return'], whoCanChange: ['operator'],
    stands: (f) => one(f.place !== null && !f.safeProved, '安全状态尚未由仪表证实', 'The safe state is not yet proved from tags'),
  },
  {
    id: 'G-CAUSE', clause: '3.5', directions: ['return'], whoCanChange: ['engineer', 'supervisor'],
    stands: (f) => one(f.place !== null && !f.causeFound, '原因尚未查明并登记', 'The cause has not been found and recorded'),
  },
  {
    id: 'G-TRIP-CONDITION', clause: '3.5', directions: ['return'], whoCanChange: ['operator', 'engineer'],
    stands: (f) => f.unmet.map(({ text, state }) => ({
      fact: state === 'unknown' ? { zh: `返回条件未知：${text.zh}`, en: `Condition of return not known: ${text.en}` } : { zh: `返回条件未满足：${text.zh}`, en: `Condition of return not met: ${text.en}` },
    })),
  },
  {
    id: 'G-PROHIBITION', clause: '4.3.1', directions: ['intervene', 'return'], whoCanChange: ['operator', 'supervisor'],
    stands: (f) => f.violated.map(({ clause, text }) => ({ clause, fact: { zh: `禁令正被违反：${text.zh}`, en: `A prohibition is being broken: ${text.en}` } })),
  },
  {
    id: 'G-HELD', clause: '4.3.1', directions: ['intervene', 'return'], whoCanChange: ['supervisor'],
    stands: (f) => one(f.held, '程序运行中站点重启过，须由班长重新授权', 'The station was restarted while the procedure ran; the shift supervisor must re-authorise it'),
  },
  {
    id: 'G-COMMANDER', clause: '4.5.1', directions: ['intervene', 'return'], whoCanChange: ['supervisor'],
    stands: (f) => one(!f.hasCommander, '尚无指定的指挥人员', 'No commander has been named'),
  },
  {
    id: 'G-WATCH', clause: '4.5.2', directions: ['intervene', 'return'], whoCanChange: ['operator', 'supervisor'],
    stands: (f) => one(!f.hasWatch, '尚无专人盯守 DCS', 'Nobody has been named to watch the DCS'),
  },
  {
    id: 'G-PROOF', clause: '4.4.1', directions: ['intervene'], whoCanChange: ['operator', 'supervisor'],
    stands: (f) => f.lapsed.map((text) => ({ fact: { zh: `作业条件已不成立或未知：${text.zh}`, en: `No longer shown, or not known: ${text.en}` } })),
  },
  {
    id: 'G-CAUTION', clause: '4.3.1', directions: ['intervene'], whoCanChange: ['operator', 'supervisor'],
    stands: (f) => one(f.unread > 0, `本步还有 ${f.unread} 条注意事项未确认阅读`, `${f.unread} of the step's cautions not yet read and acknowledged`),
  },
  {
    id: 'G-UNCLEAR', clause: '4.2.1', directions: ['intervene'], whoCanChange: ['supervisor', 'engineer'],
    stands: (f) => one(f.entry?.stage === 'unclear', `现场情况不明，未经风险评估：${f.entry?.zone.zh ?? ''}任何人不得进入`, `Situation unclear and not assessed: nobody enters ${f.entry?.zone.en ?? ''}`),
  },
  {
    id: 'G-PEOPLE-LIMIT', clause: '4.2.3', directions: ['intervene'], whoCanChange: ['supervisor'],
    stands: (f) => {
      if (f.entry === null || f.entry.limit === null) return [];
      const { countAfter, limit } = f.entry;
      return one(countAfter === null || countAfter > limit, `进入后人数${countAfter ?? '未知'}，上限 ${limit}`, `${countAfter ?? 'An unknown number of'} people after this entry; the limit is ${limit}`);
    },
  },
  {
    id: 'G-PEOPLE', clause: '4.2.3', directions: ['return'], whoCanChange: ['supervisor'],
    stands: (f) => f.zones.filter((z) => z.state !== 'within').map((z) => ({
      subject: z.id,
      fact: z.state === 'unknown' ? { zh: `${z.title.zh}人数未知`, en: `Number of people in ${z.title.en} not known` } : { zh: `${z.title.zh} ${z.count ?? '?'} 人，上限 ${z.limit ?? '?'}`, en: `${z.count ?? '?'} people in ${z.title.en}; the limit is ${z.limit ?? '?'}` },
    })),
  },
  {
    id: 'G-ROLE', clause: '3.4', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['supervisor', 'engineer'],
    stands: (f) => {
      const words = roleList(f.signerRoles);
      return one(f.signer !== null && f.signerRoles.length > 0 && !f.signerRoles.some((role) => f.signer?.roles.includes(role)), `签字人不是${words.zh}`, `The person who signs is not ${words.en}`);
    },
  },
  {
    id: 'G-TWO-PERSONS', clause: '3.3', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['supervisor', 'engineer'],
    stands: (f) => f.mustDifferFrom.filter(({ user }) => user === f.signer?.user).map(({ part }) => ({ fact: { zh: `须由另一人签字：本人已${part.zh}`, en: `Another person must sign: this one has already ${part.en}` } })),
  },
];
