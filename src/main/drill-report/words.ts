/** Words of the debrief and of the sheet of records. */
import type { BREACH_KINDS, ScoreItemId, TruthEvent } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import { unitSign } from '../../contract/unit-sign.ts';
import type { Standing } from '../../domain/drills/competence.ts';

const text = (zh: string, en: string): Text => ({ zh, en });

export const ITEM: Readonly<Record<ScoreItemId, Text>> = {
  'detect': text('发现用时', 'Time to detect'), 'diagnose': text('判断用时', 'Time to diagnose'), 'first-action': text('首个正确动作', 'First correct action'), 'safe': text('到达安全状态', 'Safe state'), 'order': text('步骤次序', 'Order of the steps'),
  'completeness': text('步骤完整', 'Completeness'), 'prohibitions': text('违反条款', 'Clauses broken'), 'exposure': text('人员暴露', 'People exposed'), 'alarms': text('报警应答', 'Alarms answered'), 'envelope': text('越出边界', 'Envelope left'), 'hints': text('提示', 'Hints'),
};
export const BREACH: Readonly<Record<(typeof BREACH_KINDS)[number], Text>> = {
  prohibition: text('禁令', 'prohibition'), refusal: text('要求被拒绝', 'asked for, refused'), limit: text('时限', 'time limit'), people: text('人数', 'people'), verdict: text('条款判定', 'clause verdict'), bypass: text('联锁', 'interlock'), margin: text('边界', 'margin'),
};
export const EVENT: Readonly<Record<TruthEvent['kind'], Text>> = {
  'fault-began': text('故障开始', 'fault began'), 'fault-ended': text('故障结束', 'fault ended'), 'deception': text('仪表失真', 'sensor deception'), 'field': text('现场操作', 'field'), 'order': text('DCS 操作', 'DCS order'), 'command': text('按钮', 'button'), 'trip': text('联锁动作', 'trip'),
  'margin-lost': text('越过边界', 'margin lost'), 'plant': text('装置', 'plant'), 'instructor': text('教员', 'instructor'), 'note': text('批注', 'note'), 'hint': text('提示', 'hint'), 'branch': text('分支', 'branch'),
};
export const STANDING: Readonly<Record<Standing, Text>> = { valid: text('有效', 'valid'), due: text('应再训练', 'TRAIN AGAIN'), expired: text('过期', 'EXPIRED'), failed: text('不合格', 'NOT PASSED') };

/** Units as they are printed. */
export const unitText = (unit: string): Text => (unit === 'head-min' ? text('人·分钟', 'head-minutes') : text(unitSign(unit), unitSign(unit)));

export const W = {
  debrief: text('演练讲评', 'Debrief of the exercise'), note: text('这是演练：装置为经验证的模拟装置，无人、无物料受影响。', 'This was an exercise on a simulated plant that has proved itself one. No people and no material were concerned.'),
  result: text('结果', 'Result'), passed: text('合格', 'PASSED'), notPassed: text('不合格', 'NOT PASSED'), aborted: text('演练中止', 'BROKEN OFF'), points: text('分', 'points'), passMark: text('合格线', 'Pass mark'), exercise: text('演练', 'Exercise'), scenario: text('场景', 'Scenario'), clauses: text('条款', 'Clauses'),
  participants: text('参加人', 'Participants'), held: text('时间', 'Held'), score: text('评分', 'Score'), item: text('项目', 'Item'), figure: text('数值', 'Figure'), marks: text('满分至 / 零分自', 'Full to / none from'), weight: text('权重', 'Weight'), got: text('得分', 'Points'), because: text('依据', 'Because'), record: text('记录', 'Records'),
  parts: text('各人所做', 'Who did what'), noParts: text('没有登录的参加人。', 'Nobody who took part was logged on.'), partsNote: text('评分是班组的；这里是日志中各人的操作。模拟 DCS 上是谁的手无从得知，不计入个人。', "The score is the crew's; here is what the journal shows of each. Whose hand was on the simulated DCS is not known and is put to nobody."), first: text('首次动作 s', 'First deed, s'), deedsDone: text('操作', 'Deeds'), acknowledged: text('确认报警', 'Alarms answered'), refused: text('被拒绝', 'Refused'), hints: text('提示', 'Hints'),
  breaches: text('违反的条款', 'Clauses broken'), noBreaches: text('没有违反任何一条。', 'No clause was broken.'), kind: text('种类', 'Kind'), what: text('内容', 'What'), at: text('时刻 s', 'At, s'), trends: text('真值与显示', 'Truth beside what was shown'), noTruth: text('没有保留仿真的真值。', "The simulator's truth was not kept."),
  legend: text('实线为真值，虚线为显示值，红底处显示与真值不符，横虚线为限值。', 'Solid: the truth. Dashed: what was shown. Red ground: what was shown was not the truth. Across: the limit.'), deceived: text('显示失真', 'shown wrong'),
  whatIf: text('假如更早或更晚停车', 'Had the stop come earlier or later'), noWhatIf: text('没有推演。', 'Nothing was run again.'), run: text('停车', 'Stop'), stop: text('停车时刻 s', 'Stop, s'), safe: text('安全时刻 s', 'Safe, s'), worst: text('最坏值', 'Worst values'), asItWas: text('如实际', 'as it was'), supposed: text('假设按下', 'supposed'), supposedNote: text('演练中没有人按停车：假设在启动程序（或首个报警）时按下，其余提前或推后。', 'Nobody pressed the stop in the exercise: it is supposed when the procedure was begun (or the first alarm came), and moved from there.'),
  simulated: text('模拟结果，不是事实。', 'Simulated. Not what happened.'),
  left: text('（已离开的支线，不计入）', '(course that was left; does not count)'), fidelity: text('按实际重演，与所示最大相差：', 'Run again as it was, it differs from what was shown by at most:'),
  events: text('仿真中发生的事', 'What happened in the simulator'), deeds: text('日志中的经过', 'What the journal says of it'), notes: text('教员批注', "Instructor's notes"), nothing: text('无。', 'None.'), who: text('谁', 'Who'), none: text('—', '—'), unknown: text('未知', 'not known'), never: text('没有', 'never'),
  certificate: text('能力记录', 'Record of competence'), title: text('场景', 'Scenario'), total: text('得分', 'Points'), validUntil: text('有效至', 'Valid until'), retrainBy: text('再训练', 'Train again by'), instructor: text('教员', 'Instructor'), comment: text('评语', 'Comment'), standing: text('状态', 'Standing'), post: text('岗位', 'Post'), plant: text('装置', 'Plant'),
  certNote: text('以下为此人在模拟装置上演练的记录，由教员签字，记入日志。每个场景以最近一次为准。', 'What this person has shown in exercises on the simulated plant, signed by an instructor and on record in the journal. Of each scenario the latest counts.'), noRecords: text('没有记录。', 'Nothing on record.'), printed: text('状态截至', 'Standing as of'),
  more: (n: number): Text => text(`另有 ${String(n)} 项，见 JSON。`, `${String(n)} more in the JSON.`),
} as const;
