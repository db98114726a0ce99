/** The words of the sheet that are not a procedure's own. They fit on paper: short, and the same as on the screen. */
import type { Text } from '../../contract/text.ts';
import type { EvidenceField } from '../../contract/evidence.ts';
import type { ProcedureView, StepView } from '../../contract/view.ts';

const text = (zh: string, en: string): Text => ({ zh, en });

export const MODE = { OPERATION: text('运行', 'OPERATION'), TRAINING: text('训练', 'TRAINING') } as const;

export const PLACE: Readonly<Record<ProcedureView['place'], Text>> = {
  standby: text('待命', 'Standby'), raised: text('已触发，未开始', 'Raised, not begun'), retreating: text('退守中', 'Retreating'), stopping: text('停车中', 'Stopping'), safe: text('安全状态', 'Safe'),
  investigating: text('查原因、处置中', 'Investigating and handling'), readyToReturn: text('可以返回，待批准', 'Ready to return, to be approved'), closed: text('已关闭', 'Closed'),
};

export const ROLE: Readonly<Record<StepView['who'], Text>> = {
  operator: text('内操', 'DCS operator'), supervisor: text('班长', 'Shift supervisor'), engineer: text('工程师', 'Engineer'), instructor: text('教员', 'Instructor'), investigator: text('调查员', 'Investigator'),
};

export const KIND: Readonly<Record<StepView['kind'], Text>> = {
  command: text('操作', 'Do'), verify: text('确认', 'Verify'), wait: text('等待', 'Wait'), decide: text('判断', 'Decide'), record: text('记录', 'Record'), warn: text('告知', 'Warn'), hold: text('停点：另一人签字', 'Hold: another person signs'), goto: text('转入程序', 'Go to'),
};

export const STEP_STATE: Readonly<Record<StepView['state'], Text>> = {
  done: text('完成', 'Done'), now: text('现在', 'NOW'), open: text('未完成', 'OPEN'), next: text('待办', 'To do'), skipped: text('跳过', 'Skipped'),
};

export const TRUTH = { true: text('是', 'yes'), false: text('否', 'no'), unknown: text('未知', 'unknown'), none: text('无仪表可看', 'no tag tells') } as const;

/** Of a proof that is not there. */
export const PROOF = { false: text('尚未', 'not yet'), unknown: text('未知', 'unknown') } as const;

export const PROHIBITION = { kept: text('未违反', 'kept'), violated: text('已违反', 'VIOLATED'), unknown: text('未知', 'unknown'), unwatched: text('无仪表监视，靠人', 'no tag watches it: people do') } as const;

export const DEADLINE = { idle: text('未开始', 'not begun'), running: text('计时中', 'running'), met: text('按时', 'met'), exceeded: text('超时', 'EXCEEDED') } as const;

export const CONTINUOUS = { quiet: text('未触发', 'not in effect'), inEffect: text('现在做', 'DO IT NOW'), answered: text('已做到', 'answered'), overdue: text('超时', 'OVERDUE') } as const;

export const MODE_STATE = { pending: text('未做', 'to do'), inProgress: text('进行中', 'under way'), proved: text('已证实', 'proved') } as const;

export const QUALITY = { good: text('良好', 'good'), stale: text('过期', 'stale'), bad: text('坏', 'bad'), uncertain: text('不确定', 'uncertain') } as const;

/** Fields of evidence that was written down. */
export const EVIDENCE: Readonly<Record<Exclude<EvidenceField, 'points'>, Text>> = {
  numbers: text('盲板', 'Blinds'), lock: text('锁', 'Lock'), tag: text('牌', 'Tag'), instrument: text('仪器', 'Instrument'), sample: text('样品', 'Sample'), place: text('位置', 'Place'), result: text('结果', 'Result'), sampledMs: text('取样', 'Sampled'), validForMs: text('有效至', 'Holds until'),
};
export const RESULT = { good: text('符合', 'as it should be'), bad: text('不符合', 'NOT as it should be') } as const;

export const W = {
  asOf: text('截至', 'As of'), asOfNote: text('打印之后的变化不在纸上；按绝对时间核对。', 'What happened after this time is not on this sheet; go by the absolute times.'),
  fallback: text('纸质退守单：系统失效时照此执行。停车和撤离不需要任何人批准。', 'Paper fallback: go by this sheet when the system fails. Nobody needs an approval to stop or to leave.'),
  procedure: text('程序', 'Procedure'), version: text('版本', 'Version'), revision: text('修订', 'Revision'), instance: text('编号', 'Instance'), clauses: text('条款', 'Clauses'), place: text('所处阶段', 'Where it stands'), owner: text('负责人', 'Owner'), nobody: text('无', 'nobody'),
  raised: text('触发时间', 'Raised'), because: text('触发条件', 'Because'), applies: text('适用', 'Applies'), goal: text('目标', 'Goal'), people: text('现场人数上限', 'People at most'), zones: text('区域', 'Zones'), interlocks: text('须投用的联锁', 'Interlocks in service'), priority: text('优先级', 'Priority'),
  held: text('站点重启过：重新授权前不得进入、不得返回；退守不受限。', 'The station was restarted: no entering and no return before it is re-authorised; retreat is never held.'), suspended: text('已搁置', 'Put aside'),
  now: text('现在', 'NOW'), nothingNow: text('无待办步骤', 'No step is due'), awaitSafe: text('等待并确认安全状态', 'Await and see the safe state'), by: text('截止', 'by'), limit: text('限时', 'Limit'), overdue: text('已超时', 'OVERDUE'),
  prohibitions: text('严禁', 'Never'), undo: text('立即纠正', 'Undo at once'), caution: text('注意', 'Caution'), inEffect: text('现在有效', 'in effect now'), read: text('已读', 'read by'),
  deadlines: text('时限', 'Deadlines'), safeBy: text('安全状态须在此前证实', 'Safe state proved by'), otherwise: text('否则', 'Otherwise'), steps: text('步骤', 'Steps'), who: text('谁', 'Who'), step: text('步骤和证据', 'Step and proof'), state: text('状态、时间', 'State, time'), sign: text('签名 / 时间', 'Sign / time'),
  expected: text('应为', 'Expected'), proof: text('证据', 'Proof'), signedBy: text('签字', 'signed by'), toSign: text('待签字', 'to be signed'), contested: text('有人质疑', 'contested by'), asserted: text('有人声称', 'asserted by'), figure: text('记录值', 'Figure'),
  options: text('选择', 'Ways'), because2: text('因为', 'Because'), against: text('但是', 'Against'), tags: text('仪表', 'Tags'), default: text('到时不定，走这条', 'taken when the time runs out'), chosen: text('已选', 'chosen by'),
  permit: text('许可', 'Permit'), permitted: text('已许可', 'given by'), mayPermit: text('可以许可', 'may be given'), mayNotPermit: text('不得许可', 'must not be given'), givesWay: text('先不做：与更紧急的程序相反', 'NOT NOW: another procedure commands the opposite'), raises: text('启动', 'Raises'), reason: text('理由', 'Reason'), byTags: text('仪表', 'tags'), byDeadline: text('到时自动', 'the time that ran out'), notOnWay: text('不在所走的路上', 'Not on the way taken'),
  continuous: text('随时监控', 'Watched all the time'), safety: text('安全措施', 'Safety measures'), shutdown: text('停车条件：任一出现即停', 'Shutdown conditions: any of them means stop'), modes: text('退守方式', 'Modes of retreat'), safeState: text('安全状态', 'Safe state'), handling: text('安全状态下的处置', 'Handling in the safe state'),
  returning: text('返回条件', 'Conditions of return'), approvals: text('批准（两名不同人员）', 'Approvals (two different people)'), cause: text('原因', 'Cause'), led: text('由它启动的程序', 'Procedures it has raised'), signatures: text('签字', 'Signatures'), name: text('姓名', 'Name'), signature: text('签名', 'Signature'), time: text('时间', 'Time'),
  commander: text('现场指挥', 'Commander'), approver1: text('批准人 1', 'Approver 1'), approver2: text('批准人 2', 'Approver 2'), witness: text('见证', 'Witness'), removed: text('已拆除', 'Taken away'), ranOut: text('已失效，须重做', 'RUN OUT: do it again'), none: text('无', 'none'), noValue: text('无值', 'no value'),
  index: text('正在运行的程序', 'Running procedures'), noneRunning: text('没有正在运行的程序。', 'No procedure is running.'), closedFolder: text('已关闭的在 closed 文件夹。', 'Closed ones are in the folder "closed".'), closed: text('关闭时间', 'Closed'),
} as const;
