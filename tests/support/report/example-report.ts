/**
 * A report in which everything that a report can have is there, made by hand: what HTML, PDF, CSV, schema and console are tried on. Among
 * its words are hostile ones, because names and notes come from people.
 */
import type { IncidentReport } from '../../../src/contract/report.ts';
import { REPORT_FORMAT } from '../../../src/contract/report.ts';
import type { Text } from '../../../src/contract/text.ts';

const t = (zh: string, en: string): Text => ({ zh, en });
export const T0 = Date.UTC(2026, 10, 29, 5, 45, 7, 300);
const S = 1_000;
const MIN = 60 * S;
const at = (s: number): number => T0 + Math.round(s * S);

/** What must never run, end the style sheet, or break the page. */
export const HOSTILE = '</style></title><script>alert(1)</script><img src=x onerror=alert(2)>';
/** Right-to-left override: would turn the rest of a sentence round. */
export const TURNING = '\u202Egnp.exe\u0007';
/** A word as long as the contract allows. */
export const LONG_WORD = 'Überdruckentlastung'.repeat(110).slice(0, 2_000);

/** A temperature that runs away, is stopped at 372 s, and comes down. */
function runaway(): [number, number | null][] {
  const points: [number, number | null][] = [];
  for (let s = -600; s <= 2_400; s += 5) {
    const rise = s < 0 ? 0 : s < 400 ? 12 * (Math.exp(s / 260) - 1) / (Math.exp(400 / 260) - 1) * 2.1 : 25.2 * Math.exp(-(s - 400) / 500);
    points.push([at(s), s >= 900 && s < 960 ? null : Math.round((54.2 + rise + 0.15 * Math.sin(s / 17)) * 100) / 100]);
  }
  return points.filter(([, value], i, all) => value !== null || all[i - 1]?.[1] !== null);
}
const step = (before: number, after: number, whenS: number): [number, number | null][] => [[at(-600), before], [at(whenS), before], [at(whenS + 3), after], [at(2_400), after]];

const OBSTACLE = { rule: 'interlock-bypassed', clause: '3.3', fact: t('联锁 I-4200 旁路未经评估和批准', 'Interlock I-4200 is bypassed without assessment and approval'), whoCanChange: ['engineer' as const], subject: 'I-4200' };

export function exampleReport(change: Partial<IncidentReport> = {}): IncidentReport {
  return {
    format: REPORT_FORMAT, mode: 'TRAINING', redacted: false,
    incident: { id: 'INC-20261129-1', openedMs: at(0), closedMs: at(1_920), firstCondition: 'C-A4.2(2)-TI-4203', fromMs: at(-1_800), toMs: at(3_720) },
    plant: { id: 'h2o2', title: t('过氧化氢装置（蒽醌法）', 'Hydrogen peroxide plant (anthraquinone process)'), site: t('东区二期', 'East site, phase 2'), packHash: '9f2c1b7a6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a' },
    product: { version: '0.5.0' },
    summary: [
      t('2026-11-29 13:45:07，氧化塔温度 TI-4203 升至 60.2 °C（限值 60 °C），触发附录 4.2(2)。', 'On 2026-11-29 at 13:45:07 the oxidation tower reached 60.2 °C on TI-4203 (limit 60 °C): clause A4.2(2).'),
      t('最高 79.3 °C，三个报警未按时应答；联锁 I-4200 被旁路且未批准，未能动作。', 'It reached 79.3 °C; three alarms were not answered in time; interlock I-4200 was bypassed without approval and did not trip.'),
      t('6 分 12 秒后紧急停车，31 分后证明处于安全状态。', 'It was stopped after 6 min 12 s and was shown to be safe after 31 min.'),
      t('现场最多 5 人，超过限员 3 人 4 分 20 秒；人数有 1 分钟未知。', 'At most 5 people were in the field, over the limit of 3 for 4 min 20 s; for 1 min nobody knew how many.'),
      t('两项整改措施未完成，其中一项逾期；未满足 2 条，1 条不能判定。', 'Two corrective actions are owed, one of them overdue; 2 clauses were not met and 1 cannot be told.'),
    ],
    timeline: { left: 12, events: events() },
    firstOuts: [
      { group: 'G-A4.2', title: t('氧化塔超温', 'Oxidation tower too hot'), first: 'C-A4.2(2)-TI-4203', possible: ['C-A4.2(2)-TI-4203'], uncertaintyMs: 250, evidence: [101, 104] },
      { group: 'G-A4.3', title: t('尾气氧含量', 'Oxygen in the off-gas'), first: null, possible: ['W-AI-4210-H', 'W-AI-4211-H'], uncertaintyMs: 1_200, evidence: [120, 121] },
    ],
    conditions: [
      { id: 'C-A4.2(2)-TI-4203', title: t('氧化塔温度高于 60 °C', 'Oxidation tower above 60 °C'), clauses: ['A4.2(2)'], priority: 1, n: 101, onsetMs: at(0), clearedMs: at(1_380), unknown: [{ n: 143, fromMs: at(900), toMs: at(960) }], input: 'TI-4203', value: 60.2, limit: 60, startsProcedure: true },
      { id: 'W-AI-4210-H', title: t('尾气氧含量高', 'Oxygen in the off-gas is high'), clauses: ['A4.3(1)'], priority: 2, n: 120, onsetMs: at(190), clearedMs: at(700), unknown: [], input: 'AI-4210', value: 8.1, limit: 8, startsProcedure: false },
      { id: 'W-LI-4108-L', title: t('萃取塔液位低', 'Extraction column level is low'), clauses: [], priority: 3, n: 131, onsetMs: at(430), clearedMs: null, unknown: [], input: 'LI-4108', value: 14.25, limit: 15, startsProcedure: false },
    ],
    alarms: {
      left: 3, raises: [
        { id: 'C-A4.2(2)-TI-4203', title: t('氧化塔温度高于 60 °C', 'Oxidation tower above 60 °C'), priority: 1, class: 'safety', clauses: ['A4.2(2)'], n: 102, raisedMs: at(0.2), sourceMs: at(0), group: 'G-A4.2', firstOut: 'first', input: 'TI-4203', value: 60.2, limit: 60, acknowledgedMs: at(41), acknowledgedBy: 'p1', responseMs: 40_800, inTime: true, answerByMs: at(60), returnedMs: at(1_380), hidden: false },
        { id: 'W-AI-4210-H', title: t('尾气氧含量高', 'Oxygen in the off-gas is high'), priority: 2, class: 'process', clauses: ['A4.3(1)'], n: 121, raisedMs: at(190.4), sourceMs: at(190), group: 'G-A4.3', firstOut: 'possible', input: 'AI-4210', value: 8.1, limit: 8, acknowledgedMs: at(520), acknowledgedBy: 'p1', responseMs: 329_600, inTime: false, answerByMs: at(310), returnedMs: at(700), hidden: false },
        { id: 'W-LI-4108-L', title: t('萃取塔液位低', 'Extraction column level is low'), priority: 3, class: 'process', clauses: [], n: 132, raisedMs: at(430.1), sourceMs: at(430), group: null, firstOut: null, input: 'LI-4108', value: 14.25, limit: 15, acknowledgedMs: null, acknowledgedBy: null, responseMs: null, inTime: null, answerByMs: at(1_030), returnedMs: null, hidden: true },
      ],
    },
    trends: [
      { tag: 'TI-4203', title: t('氧化塔中部温度', 'Oxidation tower, middle temperature'), unit: '°C', low: 0, high: 120, because: ['condition', 'proof'], limits: [{ condition: 'C-A4.2(2)-TI-4203', comparison: 'above', limit: 60, priority: 1 }, { condition: 'W-TI-4203-H', comparison: 'above', limit: 57, priority: 3 }], points: runaway(), samples: 18_412 },
      { tag: 'FV-4201', title: t('空气进料阀开度', 'Air feed valve'), unit: '%', low: 0, high: 100, because: ['interlock', 'proof'], limits: [], points: step(64, 0, 374), samples: 2_204 },
      { tag: 'AI-4210', title: t('尾气氧含量', 'Oxygen in the off-gas'), unit: '%', low: 0, high: 25, because: ['condition'], limits: [{ condition: 'W-AI-4210-H', comparison: 'atOrAbove', limit: 8, priority: 2 }], points: step(5.1, 8.3, 188), samples: 9_001 },
    ],
    marks: [
      { n: 111, atMs: at(64), text: t('王强接任指挥', 'Wang Qiang takes command') }, { n: 125, atMs: at(372), text: t('紧急停车', 'Emergency stop') },
      { n: 126, atMs: at(374), text: t('步骤 1 完成：关闭空气进料阀', 'Step 1 done: air feed valve shut') }, { n: 133, atMs: at(455), text: t('撤离', 'Evacuation') },
    ],
    interlocks: [
      { id: 'I-4100', title: t('萃取塔液位低低', 'Extraction column level low-low'), trips: [], missed: [], bypassed: [], entries: [] },
      {
        id: 'I-4200', title: t('氧化塔高温切断空气', 'Oxidation tower too hot: air shut off'), trips: [],
        missed: [{ atMs: at(92), because: t('TI-4203 高于 65 °C 已 5 秒，XV-4200 未关闭', 'TI-4203 was above 65 °C for 5 s and XV-4200 did not shut'), evidence: [113, 114] }],
        bypassed: [{ fromMs: at(-1_200), toMs: at(1_500), approved: false, entry: 'B-17', evidence: [88, 151] }],
        entries: [{ id: 'B-17', element: null, reason: `校验热电偶 ${HOSTILE}`, requestedBy: 'p1', assessedBy: null, approvedBy: [], untilMs: at(7_200), outcome: t('从未评估，从未批准', 'Never assessed, never approved'), evidence: [86, 87] }],
      },
      {
        id: 'I-4201', title: t('空气压力高高', 'Air pressure high-high'), missed: [],
        trips: [{ n: 127, atMs: at(376), first: ['C-PI-4205-HH'], releasedMs: at(1_600), forced: true, evidence: [127, 155] }],
        bypassed: [{ fromMs: at(1_610), toMs: null, approved: true, entry: 'B-18', evidence: [156] }],
        entries: [{ id: 'B-18', element: 'PT-4205A', reason: '更换变送器', requestedBy: 'p2', assessedBy: 'p3', approvedBy: ['p2', 'p3'], untilMs: at(9_000), outcome: t('生效中', 'in force'), evidence: [156] }],
      },
    ],
    procedures: [{
      instance: 'P-A4.2:1', id: 'P-A4.2', version: 3, title: t('氧化塔超温', 'Oxidation tower runs away'), clauses: ['A4.2(2)', '4.1.1'], raisedMs: at(0.3), because: ['C-A4.2(2)-TI-4203'], raisedBy: null,
      places: [{ place: 'raised', n: 103, atMs: at(0.3) }, { place: 'retreating', n: 109, atMs: at(48) }, { place: 'stopping', n: 125, atMs: at(372) }, { place: 'safe', n: 152, atMs: at(1_860) }, { place: 'closed', n: 160, atMs: at(1_920) }],
      safeAfterMs: 1_860_000,
      steps: [
        { id: 'S1', number: 1, part: 'steps', text: t('关闭空气进料阀 FV-4201', 'Shut the air feed valve FV-4201'), who: 'operator', direction: 'retreat', state: 'late', startedMs: at(48), dueMs: at(108), doneMs: at(374), by: null, proof: [{ id: 'p-fv', text: t('FV-4201 < 1 %', 'FV-4201 below 1 %'), how: 'tag', by: null, atMs: at(374), note: '', evidence: [126] }], deviations: [{ atMs: at(108), what: t('期限已过，未完成', 'Its time ran out before it was done'), by: null, evidence: [116] }], evidence: [110, 126] },
        { id: 'S2', number: 2, part: 'steps', text: t('确认冷却水全开', 'Verify that the cooling water is fully open'), who: 'operator', direction: 'retreat', state: 'done', startedMs: at(374), dueMs: at(434), doneMs: at(401), by: 'p1', proof: [{ id: 'p-cw', text: t('冷却水流量', 'Cooling water flow'), how: 'signed', by: 'p1', atMs: at(401), note: `现场确认 ${TURNING} 完`, evidence: [128] }, { id: 'p-ear', text: t('听声', 'By ear'), how: 'sensory', by: 'p1', atMs: at(401), note: '', evidence: [] }], deviations: [], evidence: [128] },
        { id: 'S3', number: 3, part: 'steps', text: t('通知调度', 'Tell the dispatch centre'), who: 'supervisor', direction: 'retreat', state: 'skipped', startedMs: at(401), dueMs: null, doneMs: at(410), by: 'p2', proof: [{ id: 'p-none', text: t('调度回执', 'Receipt of the dispatch centre'), how: 'none', by: null, atMs: null, note: '', evidence: [] }], deviations: [{ atMs: at(410), what: t('跳过：设备不可用', 'Left out: equipment not available'), by: 'p2', evidence: [129] }], evidence: [129] },
        { id: 'H1', number: 1, part: 'handling', text: t('检查塔盘', 'Look at the trays'), who: 'engineer', direction: 'intervene', state: 'notReached', startedMs: null, dueMs: null, doneMs: null, by: null, proof: [], deviations: [], evidence: [] },
      ],
      limits: [{ id: 'D1', clause: 'A4.2(3)', text: t('10 分钟内停止进料', 'Feed stopped within 10 minutes'), state: 'met', dueMs: at(600), evidence: [126] }, { id: 'D2', clause: '4.1.4', text: t('30 分钟内达到安全状态', 'Safe within 30 minutes'), state: 'exceeded', dueMs: at(1_800), evidence: [150] }],
      prohibitions: [
        { id: 'N1', clause: '3.3', text: t('联锁旁路未经批准不得继续运行', 'No running on with an unapproved bypass'), state: 'violated', brokenMs: 372_000, evidence: [105, 125] },
        { id: 'N2', clause: 'A4.2(5)', text: t('不得向塔内加水', 'No water into the tower'), state: 'kept', brokenMs: 0, evidence: [] },
        { id: 'N3', clause: '4.2.1', text: t('处置人数不超过 2 人', 'No more than 2 people handle it'), state: 'unknown', brokenMs: 0, evidence: [144] },
      ],
      evidence: [103],
    }],
    refusals: [
      { n: 157, atMs: at(1_650), by: 'p2', operation: 'procedure.return', direction: 'return', obstacles: [OBSTACLE], instead: { n: 158, atMs: at(1_702), text: t('王强退回旁路钥匙', 'Wang Qiang turns the bypass key back') } },
      { n: 119, atMs: at(120), by: null, operation: 'bypass.request', direction: 'sustain', obstacles: [{ ...OBSTACLE, rule: 'no-new-bypass', fact: t('异常工况中不得申请旁路', 'No new bypass during an upset') }], instead: null },
    ],
    people: {
      directory: [
        { key: 'p1', label: t('人员 1', 'Person 1'), user: 'op1', name: '李娜', roles: ['operator'] }, { key: 'p2', label: t('人员 2', 'Person 2'), user: 'sup1', name: '王强', roles: ['supervisor'] },
        { key: 'p3', label: t('人员 3', 'Person 3'), user: 'eng1', name: `赵敏 ${HOSTILE}`, roles: ['engineer', 'investigator'] },
        { key: 'p4', label: t('人员 4', 'Person 4'), user: null, name: '孙立', roles: [] },
      ],
      zones: [{
        zone: 'Z-OX', title: t('氧化框架', 'Oxidation structure'), overMs: 260_000, unknownMs: 60_000, headMinutes: 61.5, most: 5,
        course: [{ n: 90, atMs: at(-1_800), count: 2, limit: null, state: 'within' }, { n: 106, atMs: at(0.3), count: 2, limit: 3, state: 'within' }, { n: 117, atMs: at(150), count: 5, limit: 3, state: 'exceeded' }, { n: 124, atMs: at(350), count: null, limit: 3, state: 'unknown' }, { n: 125, atMs: at(410), count: 4, limit: 3, state: 'exceeded' }, { n: 135, atMs: at(470), count: 1, limit: 0, state: 'exceeded' }, { n: 139, atMs: at(640), count: 0, limit: 0, state: 'within' }],
        entries: [{ entry: 'E-1', who: 'p4', task: '取样', enteredMs: at(-900), leftMs: at(470), evidence: [85, 135] }, { entry: 'E-2', who: 'p1', task: `检查 ${LONG_WORD.slice(0, 190)}`, enteredMs: at(150), leftMs: null, evidence: [117] }],
      }],
      rollCalls: [{ openedMs: at(455), endedMs: at(900), zones: [{ zone: 'Z-OX', title: t('氧化框架', 'Oxidation structure'), clearedMs: at(880) }, { zone: 'Z-EX', title: t('萃取框架', 'Extraction structure'), clearedMs: null }], evidence: [134, 142] }],
    },
    command: {
      retreats: [{ n: 125, kind: 'stop', atMs: at(372), by: 'p2', actedOn: 'simulator' }, { n: 133, kind: 'evacuate', atMs: at(455), by: null, actedOn: 'people' }],
      posts: [{ post: 'commander', who: 'p2', fromMs: at(64), toMs: at(1_920), how: 'taken', n: 111 }, { post: 'watch', who: null, fromMs: at(0), toMs: null, how: 'relieved', n: 112 }],
      handOvers: [{ n: 159, atMs: at(1_800), from: 'p1', to: 'p2', items: 6 }],
      orders: [{ n: 111, atMs: at(64), by: 'p2', text: t('接任指挥', 'Takes command') }, { n: 129, atMs: at(410), by: 'p2', text: t('跳过步骤 3：电话不通', 'Leaves out step 3: no line') }],
    },
    clauses: [
      { id: '3.3', kind: 'never', text: t('联锁旁路须评估、审批，并采取补偿措施。', 'A bypass is assessed, approved and compensated for.'), verdict: 'notMet', because: t('I-4200 旁路 B-17 从未评估、批准。', 'Bypass B-17 of I-4200 was never assessed or approved.'), evidence: [86, 88, 113] },
      { id: '4.1.4', kind: 'limit', text: t('限时达到安全状态。', 'The safe state is reached in time.'), verdict: 'notMet', because: t('用时 31 分，限 30 分。', 'It took 31 min; 30 min are allowed.'), evidence: [150, 152] },
      { id: '4.2.1', kind: 'limit', text: t('现场人数最少。', 'As few people in the field as possible.'), verdict: 'unknown', because: t('人数有 1 分钟未知。', 'For 1 min the count is unknown.'), evidence: [124] },
      { id: 'A4.2(2)', kind: 'trigger', text: t('氧化塔温度高于 60 °C 时立即处置。', 'Oxidation tower above 60 °C: act at once.'), verdict: 'met', because: t('0.3 秒内提出程序 P-A4.2。', 'Procedure P-A4.2 was raised within 0.3 s.'), evidence: [101, 103] },
      { id: 'A1.1(1)', kind: 'trigger', text: t('硝酸铵受污染。', 'Ammonium nitrate is contaminated.'), verdict: 'notApplicable', because: t('本装置没有硝酸铵。', 'There is no ammonium nitrate in this plant.'), evidence: [] },
    ],
    kpi: [
      { id: 'raised', name: t('报警数', 'Alarms raised'), value: 6, unit: '', target: null, verdict: 'none' }, { id: 'peak', name: t('10 分钟峰值', 'Peak in 10 min'), value: 14, unit: '', target: '<= 10', verdict: 'over' },
      { id: 'answer', name: t('平均应答时间', 'Mean time to answer'), value: null, unit: 's', target: '<= 60', verdict: 'unknown' },
    ],
    causes: {
      stated: [{ n: 154, atMs: at(1_550), by: 'p3', about: 'P-A4.2:1', text: '冷却水阀卡涩' }],
      chains: [
        { id: 'W-1', event: { n: 113, text: t('I-4200 应动未动', 'I-4200 should have tripped') }, problem: '联锁未动作', whys: [{ n: 201, text: '被旁路', by: 'p3' }, { n: 202, text: '校验后钥匙未复位', by: 'p3' }, { n: 203, text: '没有交接清单', by: 'p2' }], root: '旁路交接没有书面清单' },
        { id: 'W-2', event: null, problem: '报警应答迟', whys: [{ n: 204, text: '=HYPERLINK("http://x")', by: 'p2' }], root: null },
      ],
      factors: [{ n: 205, id: 'F-1', kind: 'organisation', text: '夜班只有一名内操', by: 'p3', evidence: [205, 121] }],
      concluded: { n: 210, atMs: at(90_000), by: ['p3', 'p2'], text: '旁路管理失效，冷却水阀维护不足。' },
    },
    actions: [
      { id: 'CA-7', incident: 'INC-20261129-1', measure: '旁路钥匙纳入交接班清单', responsible: 'p2', funding: '车间费用 3 万元', dueMs: at(86_400 * 5), contingency: '每班人工核对', procedures: [{ id: 'P-A4.2', title: t('氧化塔超温', 'Oxidation tower runs away') }], openedBy: 'p3', openedMs: at(90_100), overdue: true, movable: false, extended: [{ fromMs: at(86_400 * 3), toMs: at(86_400 * 5), reason: '等待印刷', by: 'p2', atMs: at(86_400 * 2) }], closed: null },
      { id: 'CA-8', incident: 'INC-20261129-1', measure: '更换冷却水阀', responsible: 'p3', funding: '大修', dueMs: at(86_400 * 20), contingency: '备用阀', procedures: [], openedBy: 'p3', openedMs: at(90_200), overdue: false, movable: true, extended: [], closed: { by: 'p2', atMs: at(86_400 * 9), evidence: '验收单 2026-118' } },
    ],
    followUps: [{ id: 'FU-1', kind: 'drill', title: '氧化塔失控桌面演练', procedures: ['P-A4.2'], dueMs: at(86_400 * 30), doneMs: null, responsible: 'p2', evidence: [211] }],
    signatures: [{ n: 128, atMs: at(401), by: 'p1', as: 'operator', what: t('确认冷却水全开', 'Cooling water fully open') }, { n: 160, atMs: at(1_920), by: 'p2', as: 'supervisor', what: t('批准返回', 'Return approved') }, { n: 161, atMs: at(1_921), by: 'p3', as: 'engineer', what: t('批准返回', 'Return approved') }],
    recording: { fromMs: at(-1_800), toMs: at(3_720), samples: 1_204_331, tags: 412, bytes: 3_904_512, hash: 'ab'.repeat(32), verdict: 'whole', gaps: [{ fromMs: at(900), toMs: at(960), tags: null, reason: t('与 DCS 的连接中断', 'The link to the DCS was lost') }, { fromMs: at(1_200), toMs: at(1_290), tags: ['AI-4210', 'AI-4211'], reason: t('质量坏', 'Bad quality') }] },
    whatIf: {
      scenario: 'h2o2-runaway-bypassed', seed: 7, fidelity: [{ tag: 'TI-4203', unit: '°C', atMost: 0.42 }],
      runs: [-5, -2, 0, 2, 5].map((minutes) => ({
        shiftMs: minutes * MIN, stopS: 372 + minutes * 60, safeAfterS: minutes > 2 ? null : 1_860 + minutes * 40, outcome: minutes > 2 ? t('分解，泄爆', 'Decomposition, relief') : t('安全', 'Safe'),
        worst: [{ tag: 'TI-4203', title: t('氧化塔中部温度', 'Oxidation tower, middle temperature'), unit: '°C', value: 79.3 + minutes * 3.5, atS: 400 + minutes * 60, limit: 85 }],
        series: [{ tag: 'TI-4203', points: Array.from({ length: 120 }, (_, i): [number, number] => { const s = i * 20; const stop = 372 + minutes * 60; return [s, Math.round((54 + (s < stop ? 25 * Math.exp((s - 372) / 260) : 25 * Math.exp((stop - 372) / 260) * Math.exp(-(s - stop) / 500))) * 10) / 10]; }) }],
      })),
    },
    proof: {
      verdict: 'sound', detail: '10240 records, 21 checkpoints, all fit.', fromRecord: 84, toRecord: 211, headHash: 'c0ffee'.repeat(10) + 'abcd', publicKey: 'MCowBQYDK2VwAyEA7rTn0Jm6S9b0b1x0pGQ2yq3oYV3wq4wXb1Ck9r2s3t4=', genesisHash: '00ab'.repeat(16),
      signedBy: { records: 500, headHash: 'deadbeef'.repeat(8), atMs: at(4_000), signature: 'c2lnbmF0dXJlLW9mLXRoZS1jaGVja3BvaW50'.repeat(2) },
    },
    ...change,
  };
}

function events(): IncidentReport['timeline']['events'] {
  const event = (n: number, s: number, lane: IncidentReport['timeline']['events'][number]['lane'], type: string, by: string | null, text: Text): IncidentReport['timeline']['events'][number] => ({ n, atMs: at(s), wallMs: at(s) + 40, lane, type, by, text });
  return [
    event(88, -1_200, 'interlock', 'interlock.changed', null, t('联锁 I-4200：旁路，未批准', 'Interlock I-4200: bypassed, not approved')),
    event(101, 0, 'condition', 'condition.changed', null, t('氧化塔温度高于 60 °C：成立，TI-4203 = 60.2', 'Oxidation tower above 60 °C: raised, TI-4203 = 60.2')),
    event(102, 0.2, 'alarm', 'alarm.raised', null, t('报警 1 级：氧化塔温度高于 60 °C（首出）', 'Alarm, priority 1: oxidation tower above 60 °C (first-out)')),
    event(103, 0.3, 'procedure', 'procedure.raised', null, t('程序提出：氧化塔超温', 'Procedure raised: oxidation tower runs away')),
    event(107, 41, 'person', 'alarm.acknowledged', 'p1', t('确认报警：氧化塔温度高于 60 °C', 'Alarm acknowledged: oxidation tower above 60 °C')),
    event(111, 64, 'person', 'post.taken', 'p2', t('王强接任指挥', 'Wang Qiang takes command')),
    event(117, 150, 'people', 'people.changed', null, t('氧化框架人数 5，限 3：超限', 'People in Oxidation structure: 5, limit 3: exceeded')),
    event(119, 120, 'refusal', 'refused', null, t('拒绝 bypass.request：异常工况中不得申请旁路（3.3）', 'Refused bypass.request: no new bypass during an upset (3.3)')),
    event(125, 372, 'person', 'retreat.stop', 'p2', t('紧急停车', 'Emergency stop')),
    event(127, 376, 'interlock', 'interlock.tripped', null, t('联锁 I-4201 动作：空气压力高高', 'Interlock I-4201 tripped: air pressure high-high')),
    event(129, 410, 'person', 'procedure.moved', 'p2', t(`跳过步骤 3：${HOSTILE}`, `Step 3 left out: ${HOSTILE}`)),
    event(143, 900, 'station', 'data.gap', null, t('数据缺口 60 s（连接中断）', 'Data gap of 60 s (link lost)')),
    event(152, 1_860, 'procedure', 'procedure.moved', null, t('氧化塔超温：到达安全状态（安全状态）', 'Oxidation tower runs away: safe state shown (safe)')),
    event(160, 1_920, 'person', 'procedure.moved', 'p2', t(`批准返回 ${LONG_WORD.slice(0, 1_900)}`, `Return approved ${LONG_WORD.slice(0, 1_900)}`)),
  ];
}
