/** Rules about the work itself: proofs that hold now, permits, work under pressure. */
import type { Text } from '../../contract/text.ts';
import type { GateFacts, PermitObstacle, PressureObstacle } from './gate-facts.ts';
import { one } from './rule.ts';
import type { GateRule, Standing } from './rule.ts';

const PERMIT_WORDS: Readonly<Record<PermitObstacle, Text>> = {
  'missing': { zh: '没有作业票', en: 'there is no work permit' },
  'not-yet': { zh: '作业票尚未生效', en: 'the permit is not valid yet' },
  'expired': { zh: '作业票已过期', en: 'the permit has expired' },
  'closed': { zh: '作业票已关闭', en: 'the permit is closed' },
  'other-zone': { zh: '作业票的区域不是本程序的区域', en: 'the permit is for another zone' },
  'own-approval': { zh: '作业票由作业负责人自己批准', en: 'the permit was approved by its own holder' },
};

/** 4.4.2: what must be there before anybody thinks of it. 4.4.3: where it is never done. */
const PRESSURE_WORDS: Readonly<Record<PressureObstacle, Text & { readonly clause: '4.4.2' | '4.4.3' }>> = {
  'not-necessary': { clause: '4.4.2', zh: '未论证带压作业的必要性和可行性', en: 'necessity and feasibility are not assessed' },
  'no-survey': { clause: '4.4.2', zh: '未做现场勘测', en: 'the site is not surveyed' },
  'no-plan': { clause: '4.4.2', zh: '没有专项方案', en: 'there is no special plan' },
  'hazardous-medium': { clause: '4.4.3', zh: '介质毒性程度为极度危害', en: 'the medium is extremely hazardous' },
  'no-thickness': { clause: '4.4.3', zh: '未测壁厚', en: 'the wall thickness is not measured' },
  'thin': { clause: '4.4.3', zh: '实测壁厚小于所需壁厚', en: 'the measured wall is thinner than needed' },
  'cracks': { clause: '4.4.3', zh: '裂纹可能扩展', en: 'cracks can grow' },
  'weak': { clause: '4.4.3', zh: '强度不满足要求', en: 'the strength is not sufficient' },
  'no-safeguards': { clause: '4.4.3', zh: '安全措施不到位', en: 'safeguards are not in place' },
};

export const WORK_RULES: readonly GateRule[] = [
  {
    id: 'G-PROOF', clause: '4.4.1', directions: ['intervene'], whoCanChange: ['operator', 'supervisor'],
    looksAt: { zh: '卸压、隔离、断电、气体检测的证据此刻是否成立', en: 'evidence of depressurising, isolation, power-off and gas tests, as it stands now' },
    stands: (f) => f.lapsed.map((text) => ({ fact: { zh: `作业条件已不成立或未知：${text.zh}`, en: `No longer shown, or not known: ${text.en}` } })),
  },
  {
    id: 'G-STAND-IN', clause: '4.4.1', directions: ['intervene'], whoCanChange: ['engineer', 'supervisor'],
    looksAt: { zh: '是否以水封或关阀代替盲板', en: 'a water seal or a closed valve in place of a blind' },
    stands: (f) => f.standIns.map((text) => ({ fact: { zh: `不能代替盲板：${text.zh}`, en: `Never stands in for a blind: ${text.en}` } })),
  },
  {
    id: 'G-CAUTION', clause: '4.3.1', directions: ['intervene'], whoCanChange: ['operator', 'supervisor'],
    looksAt: { zh: '注意事项是否已阅', en: 'cautions read' },
    stands: (f) => one(f.unread > 0, `本步还有 ${f.unread} 条注意事项未确认阅读`, `${f.unread} of the step's cautions not yet read and acknowledged`),
  },
  {
    id: 'G-WORK-PERMIT', clause: '3.7', directions: ['intervene'], whoCanChange: ['supervisor', 'engineer'],
    looksAt: { zh: '是否有有效的作业票', en: 'a valid work permit' },
    stands: (f) => { const p = f.permit; return p === null ? [] : [{ fact: { zh: `${p.kind.zh}：${PERMIT_WORDS[p.obstacle].zh}`, en: `${p.kind.en}: ${PERMIT_WORDS[p.obstacle].en}` }, ...(p.number === null ? {} : { subject: p.number }) }]; },
  },
  {
    id: 'G-PRESSURE-PLAN', clause: '4.4.2', directions: ['intervene'], whoCanChange: ['engineer'],
    looksAt: { zh: '带压作业的论证、勘测和专项方案', en: 'assessment, survey and special plan of work under pressure' },
    stands: (f) => pressureStandings(f, '4.4.2'),
  },
  {
    id: 'G-PRESSURE-WORK', clause: '4.4.3', directions: ['intervene'], whoCanChange: ['engineer'],
    looksAt: { zh: '带压作业的禁止条件', en: 'where work under pressure is never done' },
    stands: (f) => pressureStandings(f, '4.4.3'),
  },
];

function pressureStandings({ pressure }: GateFacts, clause: '4.4.2' | '4.4.3'): readonly Standing[] {
  return pressure.filter((obstacle) => PRESSURE_WORDS[obstacle].clause === clause).map((obstacle) => ({ fact: { zh: `不得带压作业：${PRESSURE_WORDS[obstacle].zh}`, en: `No work under pressure: ${PRESSURE_WORDS[obstacle].en}` } }));
}
