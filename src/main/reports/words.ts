/** The report's own words. What packs and people say comes with the report. */
import type { IncidentReport, ReportStep, TimelineLane } from '../../contract/report.ts';
import type { Direction, Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';

const text = (zh: string, en: string): Text => ({ zh, en });

export const MODE: Readonly<Record<IncidentReport['mode'], Text>> = { OPERATION: text('运行', 'OPERATION'), TRAINING: text('演练', 'TRAINING'), RECONSTRUCTED: text('重建', 'RECONSTRUCTED') };
export const MODE_NOTE: Readonly<Record<IncidentReport['mode'], Text>> = {
  OPERATION: text('真实装置上的事件。', 'An incident of the real plant.'),
  TRAINING: text('这是演练：装置为经验证的模拟装置，无人、无物料受影响。', 'This was an exercise on a simulated plant that has proved itself one. No people and no material were concerned.'),
  RECONSTRUCTED: text('本报告由历史记录重放重建：当时 Haven 不在场，没有人在 Haven 上操作。', 'Reconstructed from a recorded trace: Haven was not there, and nobody acted at it.'),
};

/** Titles of the sections, in their order. */
export const TITLE = {
  summary: text('摘要', 'Summary'), identity: text('人员、地点、时间', 'Who, where, when'), picture: text('时间线图', 'Time line as a picture'), words: text('时间线', 'Time line in words'),
  alarms: text('首出与报警序列', 'First-out and alarm sequence'), trends: text('趋势', 'Trends'), interlocks: text('联锁', 'Interlocks'), procedures: text('程序与步骤', 'Procedures and steps'),
  refusals: text('拒绝及其后的作为', 'Refusals, and what was done instead'), people: text('各区域人数', 'People by zone'), command: text('指挥、命令、交接', 'Command, orders, hand-overs'), prohibitions: text('禁令', 'Prohibitions'),
  clauses: text('逐条对照', 'Clause by clause'), kpi: text('本次事件的报警指标', 'Alarm KPIs of the incident'), causes: text('原因分析', 'Cause analysis'), actions: text('整改措施', 'Corrective actions'), followUps: text('文件与培训的跟进', 'Follow-ups of documents and training'),
  whatIf: text('假如更早或更晚停车', 'What if the stop had come earlier or later'), signatures: text('签名', 'Signatures'), recording: text('数据记录与缺口', 'Recording and gaps'), proof: text('日志证明', 'Proof of the journal'),
} as const;

export const LANE: Readonly<Record<TimelineLane, Text>> = {
  condition: text('异常工况', 'Conditions'), alarm: text('报警', 'Alarms'), procedure: text('程序', 'Procedures'), interlock: text('联锁', 'Interlocks'), people: text('人数', 'People'), person: text('人的作为', 'Deeds'), refusal: text('拒绝', 'Refusals'), station: text('站点', 'Station'),
};

export const VERDICT = { notMet: text('未满足', 'NOT MET'), unknown: text('不能判定', 'UNKNOWN'), met: text('满足', 'met'), notApplicable: text('不适用', 'not applicable') } as const;
export const STEP_STATE: Readonly<Record<ReportStep['state'], Text>> = { done: text('完成', 'done'), skipped: text('跳过', 'LEFT OUT'), late: text('超时完成', 'LATE'), open: text('未完成', 'OPEN'), notReached: text('未到', 'not reached') };
export const PROOF_HOW = { tag: text('仪表', 'by tag'), signed: text('签字', 'signed'), sensory: text('感官', 'by senses'), none: text('无证明', 'NO PROOF') } as const;
export const PROHIBITION = { kept: text('遵守', 'kept'), violated: text('违反', 'BROKEN'), unknown: text('未知', 'UNKNOWN'), unwatched: text('无仪表监视', 'not watched') } as const;
export const LIMIT = { running: text('计时中', 'running'), met: text('按时', 'met'), exceeded: text('超时', 'EXCEEDED') } as const;
export const PLACE: Readonly<Record<string, Text>> = {
  standby: text('待命', 'standby'), raised: text('触发', 'raised'), retreating: text('退守', 'retreating'), stopping: text('紧急停车', 'stopping'), safe: text('安全状态', 'safe'),
  investigating: text('查明原因', 'investigating'), readyToReturn: text('返回条件', 'ready to return'), closed: text('关闭', 'closed'),
};
export const ROLE: Readonly<Record<Role, Text>> = { operator: text('内操', 'operator'), supervisor: text('班长', 'supervisor'), engineer: text('工程师', 'engineer'), instructor: text('教员', 'instructor'), investigator: text('调查员', 'investigator') };
export const DIRECTION: Readonly<Record<Direction, Text>> = { retreat: text('退守', 'retreat'), hold: text('保持', 'hold'), sustain: text('维持运行', 'running on'), intervene: text('介入', 'going in'), return: text('返回', 'return') };
export const POST = { commander: text('指挥', 'Commander'), watch: text('监护', 'Watch') } as const;
export const POST_HOW = { taken: text('接任', 'taken'), handedOver: text('交接', 'handed over'), relieved: text('代替失联者', 'relieved') } as const;
export const RETREAT = { stop: text('紧急停车', 'Emergency stop'), evacuate: text('撤离', 'Evacuation') } as const;
export const ACTED_ON = { simulator: text('作用于模拟装置', 'acted on the simulator'), people: text('由人执行', 'carried out by people') } as const;
export const ZONE_STATE: Readonly<Record<string, Text>> = { within: text('未超', 'within'), exceeded: text('超限', 'EXCEEDED'), unknown: text('未知', 'UNKNOWN') };
export const JOURNAL = { sound: text('完好', 'sound'), altered: text('被改动', 'ALTERED'), truncated: text('被截断', 'TRUNCATED'), rewritten: text('被重写', 'REWRITTEN'), unreadable: text('不可读', 'UNREADABLE') } as const;
export const RECORDING = { whole: text('完整', 'whole'), altered: text('与日志不符', 'ALTERED'), missing: text('缺失', 'MISSING'), running: text('仍在记录', 'still recording') } as const;
export const KPI_VERDICT: Readonly<Record<string, Text>> = { within: text('达标', 'within'), near: text('接近', 'near'), over: text('超标', 'OVER'), unknown: text('未知', 'unknown'), none: text('无目标', 'no target') };
export const COMPARISON: Readonly<Record<string, string>> = { above: '>', atOrAbove: '≥', below: '<', atOrBelow: '≤' };

export const W = {
  report: text('事件调查报告', 'Incident report'), plant: text('装置', 'Plant'), site: text('现场', 'Site'), incident: text('事件', 'Incident'), mode: text('模式', 'Mode'), opened: text('开始', 'Opened'), closed: text('结束', 'Closed'), stillOpen: text('尚未结束', 'still open'),
  lasted: text('历时', 'Lasted'), period: text('报告期间', 'Period looked at'), firstCondition: text('首个异常', 'First condition'), pack: text('规则与程序（哈希）', 'Rules and procedures (hash)'), version: text('程序版本', 'Haven version'),
  timeZone: text('本报告的时间', 'Times in this report'), redacted: text('本报告已隐去姓名', 'Names are left out of this report'),
  redactedNote: text('日志所知的姓名和账号以编号代替；人写的文字中若有日志不知道的名字，仍可能出现，外发前请通读。', 'Names and accounts that the journal knows are replaced by numbers. Free words may hold names that it does not know: read them before the report is handed on.'),
  contents: text('目录', 'Contents'), records: text('“#123” 为日志记录号', '"#123" is the number of a journal record'), noRecord: text('无记录', 'no record'), product: text('Haven', 'Haven'), nobody: text('无人', 'nobody'), none: text('—', '—'), unknown: text('未知', 'unknown'),
  nothingHere: text('无记录。', 'Nothing on record.'), inCsv: text('见事件 CSV。', 'in the CSV of events.'), inJson: text('见 JSON 报告。', 'in the JSON of this report.'),
  more: (n: number): Text => text(`另有 ${n.toLocaleString('en')} 项，`, `${n.toLocaleString('en')} more`),
  chosen: text('下表从全部记录中先取人的作为、程序、拒绝、联锁和人数，再取工况与报警。', 'Of all records, deeds, procedures, refusals, interlocks and people come first into this table, then conditions and alarms.'),
  number: text('号', 'No.'), time: text('时间', 'Time'), track: text('轨', 'Track'), what: text('内容', 'What'), who: text('谁', 'Who'), record: text('记录', 'Record'), evidence: text('证据', 'Evidence'), state: text('状态', 'State'), clause: text('条款', 'Clause'), person: text('人员', 'Person'), roles: text('角色', 'Roles'), account: text('账号', 'Account'),
  safe: text('安全状态', 'SAFE'), stop: text('停车', 'STOP'), evacuate: text('撤离', 'EVACUATE'), firstOut: text('首出', 'first-out'), gap: text('无数据', 'no data'), opening: text('开始', 'opened'), closing: text('结束', 'closed'),
  group: text('组', 'Group'), first: text('首出', 'First'), possible: text('可能首出（时钟不能分辨）', 'Possibly first (clocks cannot tell)'), uncertainty: text('时钟不确定度', 'Uncertainty of the clocks'),
  alarm: text('报警', 'Alarm'), priority: text('级', 'Prio'), raised: text('发生（源时间）', 'Raised (source)'), reading: text('数值 / 限值', 'Value / limit'), answered: text('应答', 'Answered'), response: text('应答用时', 'Response'), notAnswered: text('未应答', 'NOT ANSWERED'), late: text('超时', 'LATE'), returned: text('恢复', 'Returned'), hidden: text('未显示', 'out of sight'),
  condition: text('异常工况', 'Condition'), onset: text('成立', 'Onset'), cleared: text('消除', 'Cleared'), heldOn: text('仍成立', 'STILL HELD'), becameUnknown: text('其间未知', 'unknown meanwhile'), startsProcedure: text('触发程序', 'starts a procedure'),
  limits: text('限值', 'Limits'), samples: text('样本', 'samples'), because: text('绘制原因', 'drawn because of'), marks: text('图中标记', 'Marks in the charts'), noSamplesOf: text('没有样本', 'No samples of'), noData: text('没有保存数据。', 'No data were kept.'),
  BECAUSE: { condition: text('触发工况', 'a condition'), interlock: text('联锁', 'an interlock'), proof: text('步骤证明', 'a proof') },
  trips: text('动作', 'Tripped'), missed: text('应动未动', 'SHOULD HAVE TRIPPED'), bypassed: text('旁路', 'Bypassed'), entries: text('旁路登记', 'Register of bypasses'), forced: text('强制复位（未获准）', 'RESET BY FORCE'), released: text('复位', 'Released'), approved: text('已批准', 'approved'), notApproved: text('未批准', 'NOT APPROVED'), until: text('至', 'to'), stillOn: text('仍在', 'still on'),
  reason: text('理由', 'Reason'), requestedBy: text('申请', 'Requested'), assessedBy: text('评估', 'Assessed'), approvedBy: text('批准', 'Approved'), outcome: text('结果', 'Outcome'), element: text('元件', 'Element'), validUntil: text('有效至', 'Valid until'), wholeFunction: text('整个功能', 'whole function'), calm: text('本次事件中投用，未动作、未旁路。', 'Armed throughout: no trip, no bypass.'),
  raisedAt: text('提出', 'Raised'), raisedBy: text('提出人', 'Raised by'), reasons: text('依据', 'Because of'), safeAfter: text('到达安全状态用时', 'Safe after'), neverSafe: text('报告期内未到达安全状态', 'NOT SAFE WITHIN THIS REPORT'), course: text('进程', 'Course'), step: text('步骤', 'Step'), begun: text('开始', 'Begun'), due: text('期限', 'Due'), doneAt: text('完成', 'Done'), proofs: text('证明', 'Proof'), deviations: text('偏差', 'Deviations'),
  timeLimits: text('时限', 'Time limits'), handling: text('处置', 'Handling'), steps: text('退守步骤', 'Steps of the retreat'), instance: text('实例', 'instance'),
  asked: text('要求', 'Asked for'), refusedBecause: text('拒绝理由', 'Refused because'), instead: text('其后的作为', 'Done instead'), nothingInstead: text('无', 'nothing on record'),
  zone: text('区域', 'Zone'), most: text('最多', 'Most'), over: text('超限时间', 'Over the limit'), unknownFor: text('人数未知时间', 'Count unknown for'), headMinutes: text('人·分钟', 'Person-minutes'), entered: text('进入', 'In'), left: text('离开', 'Out'), stillInside: text('未见离开', 'NOT SEEN LEAVING'), task: text('任务', 'Task'), limit: text('限员', 'limit'), rollCalls: text('清点', 'Roll-calls'), clearedZone: text('已清空', 'shown empty'), notCleared: text('未证实清空', 'NOT SHOWN EMPTY'), ended: text('结束', 'ended'),
  retreats: text('停车与撤离令', 'Stops and evacuations'), posts: text('岗位', 'Posts'), handOvers: text('班次交接', 'Hand-overs'), orders: text('决定与命令', 'Decisions and orders'), from: text('从', 'From'), to: text('到', 'To'), how: text('方式', 'How'), openThings: text('未了事项', 'open things'),
  brokenFor: text('违反时长', 'Broken for'), verdict: text('判定', 'Verdict'), why: text('理由', 'Why'), requirement: text('要求', 'Requirement'), figure: text('数值', 'Figure'), target: text('目标', 'Target'), name: text('名称', 'Name'),
  stated: text('过程中签字陈述的原因', 'Causes stated and signed in the course of it'), about: text('关于', 'About'), chains: text('追问链（为什么）', 'Chains of why'), problem: text('问题', 'Problem'), whyN: text('为什么', 'Why'), root: text('根本原因', 'Root cause'), noRoot: text('未到根本原因', 'No root cause was reached'), factors: text('促成因素', 'Contributing factors'), kind: text('类别', 'Kind'), concluded: text('结论', 'Conclusion'), notConcluded: text('原因分析尚未作出结论。', 'The cause analysis has not been concluded.'),
  measure: text('措施', 'Measure'), responsible: text('责任人', 'Responsible'), funding: text('资金', 'Funding'), deadline: text('期限', 'Deadline'), contingency: text('应急预案', 'Contingency plan'), overdue: text('逾期', 'OVERDUE'), openAction: text('未完成', 'open'), closedWith: text('完成，证据', 'closed with'), extendedTo: text('延期', 'extended'), procedures: text('相关程序', 'Procedures'), notDone: text('未完成', 'open'),
  signedAs: text('身份', 'As'), span: text('记录期间', 'Recorded'), tags: text('位号', 'tags'), bytes: text('字节', 'bytes'), hash: text('哈希', 'Hash'), gaps: text('缺口', 'Gaps'), noGaps: text('没有缺口。', 'No gaps.'), allTags: text('全部位号', 'all tags'), noRecording: text('本事件没有保存过程数据。', 'No process data were kept of this incident.'),
  run: text('运行', 'Run'), shift: text('停车时间', 'Stop'), asItWas: text('如实际', 'as it was'), earlier: text('提前', 'earlier'), later: text('推后', 'later'), worst: text('最坏值', 'Worst values'), fidelity: text('模型与记录的最大偏差', 'How far the run as it was differs from the record, at most'), scenario: text('情景', 'Scenario'), seed: text('种子', 'seed'), whatIfNote: text('模拟结果，不是事实。', 'Simulated. Not what happened.'), secondsAfter: text('自开始起，s', 's from the start'),
  journalVerdict: text('日志核验', 'Journal'), recordsUsed: text('所依据的记录', 'Records relied on'), headHash: text('末条记录的哈希', 'Hash of the last of them'), publicKey: text('公钥（Ed25519）', 'Public key (Ed25519)'), genesis: text('首条记录的哈希', 'Hash of record 1'), signedBy: text('为其担保的签名检查点', 'Signed checkpoint that vouches for them'), notSigned: text('尚无签名检查点涵盖这些记录', 'NO SIGNED CHECKPOINT COVERS THEM YET'), signature: text('签名', 'Signature'),
  verifyHow: text('自行核验', 'To verify it yourself'),
  verifySteps: [
    text('取得 journal.sqlite（及 checkpoints.ndjson）的副本，和只依赖 Node 24 的单个文件 src/main/journal/verify.ts。', 'Take a copy of journal.sqlite (and checkpoints.ndjson) and the single file src/main/journal/verify.ts, which needs Node 24 and nothing else.'),
    text('运行下列命令；公钥应与投用时记在纸上的一致。', 'Run this; the key should be the one that was noted on paper at commissioning.'),
    text('结论须为 sound，且上列末条记录的哈希须与日志中该记录的 hash 相同。', 'The verdict must be sound, and the hash above must be the hash of that record in the journal.'),
    text('用同一日志重新生成 report.json：逐字节相同。', 'Make report.json again from the same journal: it is the same, byte for byte.'),
  ],
} as const;
