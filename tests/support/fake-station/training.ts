/** An exercise as the console's own tests play it: the section, the instructor's answers, a score and its debrief. Hand-written; nothing is simulated. */
import type { CommandInput, CommandOutput } from '../../../src/contract/commands.ts';
import type { Debrief, Score } from '../../../src/contract/drill.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import type { AheadRun, TrainingSection } from '../../../src/contract/training.ts';
import { text } from './words.ts';

const MINUTE = 60_000;

const SCENARIOS: TrainingSection['scenarios'] = [
  { id: 'extraction-overheat', title: text('萃取塔超温', 'Extraction tower over-temperature'), see: text('TI-4302 每分钟升高约 1.3 ℃，随后萃余液双氧水上升', 'TI-4302 rises about 1.3 ℃ a minute, then H2O2 in the raffinate rises'), clauses: ['A4.2(2)'] },
  { id: 'acid-loss', title: text('磷酸加入中断', 'Loss of phosphoric acid dosing'), see: text('酸度缓慢下降，稳定度变差', 'Acidity falls slowly, stability gets worse'), clauses: ['A4.3(1)'] },
  { id: 'tail-oxygen', title: text('氢化尾气氧升高', 'Oxygen in hydrogenation tail gas'), see: text('AI-4106A/B 升高，C 不变：表决', 'AI-4106A/B rise, C does not: voting'), clauses: ['A4.1(3)'] },
  { id: 'frozen-dcs', title: text('DCS 数据冻结', 'Frozen DCS'), see: text('所有值停住；画面上全部变为未知', 'All values stop; everything on screen becomes unknown'), clauses: ['4.1.1(3)'] },
];

export function trainingSection(now: number, training: boolean, running: boolean): TrainingSection {
  return {
    available: training,
    proof: training ? text('服务器证书与命名空间 urn:haven:simulator 证明这是模拟装置。', 'The server certificate and the namespace urn:haven:simulator prove this to be a simulator.') : text('服务器没有出示模拟装置的证明，按真实装置对待。', 'The server shows no proof of being a simulator; it is treated as a real plant.'),
    scenarios: SCENARIOS, unusable: [],
    running: running && training ? { exercise: 'EX-14', scenario: 'extraction-overheat', startedMs: now - 3 * MINUTE, team: false, hints: 1 } : null,
    participants: running && training ? [{ user: 'zhang', name: '张操作', post: 'board' }, { user: 'wang', name: '王班长', post: 'leader' }] : [],
    apart: null, speed: 1, frozen: false, simTimeS: 540, atS: running && training ? 180 : null, goal: null, reached: null,
    past: training ? [{ exercise: 'EX-13', scenario: 'acid-loss', title: text('磷酸加入中断', 'Loss of phosphoric acid dosing'), endedMs: now - 90 * MINUTE, total: 87.5, passed: true }, { exercise: 'EX-12', scenario: 'tail-oxygen', title: text('氢化尾气氧升高', 'Oxygen in hydrogenation tail gas'), endedMs: now - 200 * MINUTE, total: 41, passed: false }] : [],
  };
}

/** The plant has the drill of the first-visit tour. */
export const withTour = (section: TrainingSection): TrainingSection => ({ ...section, scenarios: [...section.scenarios, { id: 'S-TOUR', title: text('第一次演练：分离器液位下降', 'First drill: the separator level falls'), see: text('LI-4108 在两分钟内由 50% 降到 15%', 'LI-4108 falls from 50 % to 15 % within two minutes'), clauses: ['A4.2(1)'] }] });

/** What the station says to a console that leads while an instructor is logged on elsewhere. */
export const REFUSED_INSTRUCTOR: Refusal = {
  operation: 'training.start', direction: 'hold', what: text('主持仿真演练', 'Lead an exercise on the simulated plant'),
  obstacles: [{ rule: 'T-INSTRUCTOR', clause: '3.1', fact: text('教员 陈教员 已登录，演练由教员控制台主持', "Instructor Chen is logged on; the exercise is led from the instructor's console"), whoCanChange: ['instructor'] }],
  meanwhile: [text('紧急停车、撤离和退守随时可用，不受影响', 'Emergency stop, evacuation and retreat are there at any time, untouched by this')],
};

export function scoreOf(exercise: string): Score {
  const item = (id: Score['items'][number]['item'], figure: number | null, unit: string, full: number | null, none: number | null, weight: number, points: number, zh: string, en: string): Score['items'][number] => ({ item: id, figure, unit, full, none, weight, points, because: text(zh, en), records: [21_281] });
  return {
    exercise, scenario: 'acid-loss', total: 87.5, passMark: 80, passed: true, aborted: null,
    items: [
      item('detect', 42, 's', 120, 360, 10, 10, '42 s 后确认报警', 'alarm acknowledged after 42 s'), item('diagnose', 118, 's', 300, 900, 10, 10, '118 s 后启动 P-A4.7', 'P-A4.7 begun after 118 s'),
      item('first-action', 131, 's', 600, 1_800, 10, 10, '131 s 后紧急停车', 'emergency stop after 131 s'), item('safe', 640, 's', 1_800, 5_400, 15, 15, '640 s 后到安全状态', 'safe after 640 s'),
      item('order', 1, '', 0, 3, 5, 3.3, '步骤 4 早于步骤 3', 'step 4 before step 3'), item('completeness', 100, '%', 100, 0, 15, 15, '每一步都有证明', 'every step is proved'),
      item('prohibitions', 1, '', 0, 3, 15, 10, '违反 A4.7 一次', 'A4.7 was broken once'), item('exposure', 0, 'head-min', 0, 10, 5, 5, '无人超限停留', 'nobody stayed beyond the limit'),
      item('alarms', 80, '%', 100, 50, 5, 3, '5 个报警中 4 个按时应答', '4 of 5 alarms answered in time'), item('envelope', 0, 's', 0, 60, 5, 5, '没有越过裕度', 'no margin was lost'), item('hints', 1, '', 0, 3, 5, 1.2, '用了一次提示', 'one hint was asked for'),
    ],
    breaches: [{ clause: 'A4.7', kind: 'prohibition', atMs: Date.now() - 95 * MINUTE, atS: 212, text: text('人工向氧化液加酸', 'acid was poured in by hand'), records: [21_280] }],
  };
}

export function debriefOf(exercise: string): Debrief {
  const line = (from: number, to: number, bend = 1): [number, number][] => Array.from({ length: 60 }, (_, i) => [i * 12, from + (to - from) * (i / 59) ** bend]);
  return {
    score: scoreOf(exercise), startedMs: Date.now() - 110 * MINUTE, endedMs: Date.now() - 90 * MINUTE,
    scenario: { id: 'acid-loss', title: text('磷酸加入中断', 'Loss of phosphoric acid dosing'), clauses: ['A4.3(1)'] },
    participants: [{ user: 'zhang', name: '张操作', post: 'board' }, { user: 'wang', name: '王班长', post: 'leader' }],
    events: [
      { atS: 5, atMs: Date.now() - 110 * MINUTE, kind: 'fault-began', subject: 'F4-03', text: text('磷酸泵停', 'the acid pump stops'), clauses: ['A4.7'] },
      { atS: 30, atMs: Date.now() - 109 * MINUTE, kind: 'deception', subject: 'AI-4207', text: text('AI-4207 停在 3.1', 'AI-4207 stands still at 3.1'), clauses: [] },
      { atS: 131, atMs: Date.now() - 107 * MINUTE, kind: 'command', subject: 'HS-4001', text: text('紧急停车', 'emergency stop'), clauses: [] },
    ],
    trends: [
      { tag: 'AI-4207', title: text('氧化液酸度', 'Acidity of the oxidised liquor'), unit: 'mg/L', truth: line(3.5, 1.4), shown: line(3.5, 3.1, 0.3), limit: 2 },
      { tag: 'TI-4302', title: text('萃取塔下部温度', 'Lower extraction temperature'), unit: 'degC', truth: line(52, 61, 2), shown: line(52, 60.4, 2.1), limit: 60 },
    ],
    counterfactuals: [
      { shiftMs: -MINUTE, stopS: 71, safeAfterS: 520, outcome: text('提前 1 min 停车', 'Stopped 1 min earlier'), worst: [{ tag: 'TI-4302', title: text('萃取塔下部温度', 'Lower extraction temperature'), unit: 'degC', value: 57.2, atS: 210, limit: 60 }] },
      { shiftMs: 5 * MINUTE, stopS: 431, safeAfterS: null, outcome: text('推迟 5 min 停车', 'Stopped 5 min later'), worst: [{ tag: 'TI-4302', title: text('萃取塔下部温度', 'Lower extraction temperature'), unit: 'degC', value: 68.9, atS: 470, limit: 60 }] },
    ],
    notes: [{ atS: 140, by: '陈教员', text: '停车前没有看萃余液' }],
    parts: [
      { user: 'zhang', name: '张操作', posts: ['field', 'board'], deeds: 6, firstAtS: 41, acknowledged: 3, refused: 1, hints: 2, breaches: ['A4.7'] },
      { user: 'wang', name: '王班长', posts: ['leader'], deeds: 0, firstAtS: null, acknowledged: 0, refused: 0, hints: 0, breaches: [] },
    ],
  };
}

const CATALOGUE: CommandOutput<'instructor.catalogue'> = {
  faults: [{ id: 'F4-02', clause: 'A4-2(2)', title: text('萃取塔冷却水中断', 'Cooling water of the extraction lost'), defaults: { severity: 1, rampS: 20, delayS: 0, durationS: null } }, { id: 'F4-03', clause: 'A4-7', title: text('磷酸泵停', 'Acid pump stops'), defaults: { severity: 1, rampS: null, delayS: 0, durationS: null } }],
  starts: [{ id: 'normal', title: text('正常运行', 'Normal running') }, { id: 'hot-day', title: text('高温天气', 'Hot day') }],
};

const UPSETS: CommandOutput<'instructor.upsets'> = {
  faults: [{ fault: 'F4-02', phase: 'begun', severity: 1, when: null, group: null, probability: null, repeatS: null }, { fault: 'F4-03', phase: 'waiting', severity: 0.5, when: 'TI-4302 > 58 and t > 60', group: 'dip', probability: 0.5, repeatS: 600 }],
  transmitters: [{ tag: 'AI-4207', malfunction: 'freeze', size: 0 }], devices: [{ device: 'P-4109', failure: 'fail-close', size: 0 }, { device: 'XV-4301', failure: 'passing', size: 0.05 }],
  observations: [], lines: { radioLost: ['all'], dcs: 'ok', heartbeat: 'beats' },
};

const run = (mode: string, zh: string, en: string, worst: number, lostS: number | null): AheadRun => ({
  mode, title: text(zh, en), tripped: lostS === null ? [] : ['I-4300'], refused: [],
  worst: [{ tag: 'TI-4302', title: text('萃取塔下部温度', 'Lower extraction temperature'), unit: 'degC', value: worst, atS: 420, limit: 60 }],
  margins: [{ id: 'M-DECOMP', title: text('分解失控', 'Run-away decomposition'), unit: 'degC', worst, lostAt: 72, side: 'above', lostS }],
});

/** Answers what looks; null: not one of these. */
export function answerTraining(command: string, input: unknown, running: boolean): unknown {
  switch (command) {
    case 'instructor.catalogue': return CATALOGUE;
    case 'instructor.tree': return {
      branches: [{ branch: 1, parent: null, name: 'start', fromS: 120, toS: 330, automatic: { count: 7, fromS: 150, toS: 330 } }, { branch: 2, parent: 1, name: '', fromS: 240, toS: 360, automatic: { count: 4, fromS: 270, toS: 360 } }],
      moments: [{ node: 1, name: 'start', kind: 'start', branch: 1, timeS: 120 }, { node: 4, name: '停车前', kind: 'named', branch: 1, timeS: 240 }], branch: 2,
      kept: { isKept: true, problem: null, earlier: [{ run: 'run-h2o2-1.ndjson', begunMs: 1_700_000_000_000, lastMs: 1_700_003_600_000 }] },
    } satisfies CommandOutput<'instructor.tree'>;
    case 'instructor.overlay': { const { branches, tags } = input as CommandInput<'instructor.overlay'>; return { lines: branches.flatMap((branch) => tags.map((tag) => ({ branch, tag, points: Array.from({ length: 40 }, (_, i): [number, number] => [i * 6, 52 + (branch + 1) * i * 0.12]) }))) } satisfies CommandOutput<'instructor.overlay'>; }
    case 'training.devices': return { devices: [{ device: 'XV-4301', title: text('萃取进料阀', 'Feed valve of the extraction'), machine: false, position: 1, ordered: null }, { device: 'P-4109', title: text('氢化液泵', 'Hydrogenated liquor pump'), machine: true, position: 0, ordered: 0 }, { device: 'XV-4203', title: text('氧化空气阀', 'Air valve of the oxidation'), machine: false, position: 0.4, ordered: 0 }] } satisfies CommandOutput<'training.devices'>;
    case 'training.ahead': return { ahead: 1 };
    case 'training.aheadResult': return { state: 'done', part: 1, reason: null, fromS: (input as { backS?: number }).backS === undefined ? 540 : 480, runs: [run('nothing', '什么都不做', 'Nobody does anything', 74.1, 610), run('stop', '紧急停车', 'Emergency stop', 61.8, null), run('I-4300', '萃取联锁', 'Trip of the extraction', 63.2, null)] } satisfies CommandOutput<'training.aheadResult'>;
    case 'training.debrief': return { debrief: debriefOf((input as CommandInput<'training.debrief'>).exercise), because: null } satisfies CommandOutput<'training.debrief'>;
    case 'training.hint': return { hint: text('先看“报警”页的首出报警', 'Look at the first-out on Alarms first'), hints: 2 } satisfies CommandOutput<'training.hint'>;
    case 'training.records': return {
      records: [{ id: 'CR-7', user: 'zhang', name: '张操作', post: 'board', plant: 'h2o2', scenario: 'acid-loss', title: text('磷酸加入中断', 'Loss of phosphoric acid dosing'), clauses: ['A4.7'], exercise: 'EX-13', atMs: Date.now() - 90 * MINUTE, total: 87.5, passed: true, validUntilMs: Date.now() + 365 * 1_440 * MINUTE, retrainByMs: Date.now() + 335 * 1_440 * MINUTE, instructor: '陈教员', comment: '判断清楚', breaches: ['A4.7'] }],
      people: [{ user: 'zhang', name: '张操作', valid: 1, due: 0, lapsed: 0 }],
    } satisfies CommandOutput<'training.records'>;
    case 'training.export': { const { format } = input as CommandInput<'training.export'>; return { name: `records.${format === 'xapi' ? 'json' : format}`, type: 'text/csv', base64: btoa('TRAINING\n') } satisfies CommandOutput<'training.export'>; }
    case 'instructor.score': return { score: running ? scoreOf('EX-14') : null, because: running ? null : text('没有正在进行的演练', 'No exercise is running') } satisfies CommandOutput<'instructor.score'>;
    case 'instructor.truth': return {
      sample: { atS: 180, atMs: Date.now(), truth: { 'TI-4302': 62.4, 'AI-4207': 1.4 }, shown: { 'TI-4302': 61.4, 'AI-4207': 3.1 }, margins: { 'M-DECOMP': 62.4 }, lost: [], people: { 'PC-4300': 2 } },
      margins: [{ id: 'M-DECOMP', title: text('分解失控', 'Run-away decomposition'), unit: 'degC', clauses: ['A4.2(2)'], side: 'above', lostAt: 72 }], events: debriefOf('EX-14').events, faults: [{ id: 'F4-02', phase: 'begun' }],
    } satisfies CommandOutput<'instructor.truth'>;
    case 'instructor.upsets': return UPSETS;
    case 'training.crews': return {
      crews: [
        { mission: 3, action: 'close', subject: 'XV-4301', zone: 'PC-4300', crew: 2, protection: 'chemical', phase: 'walking-in', leftS: 75, report: null },
        { mission: 2, action: 'check', subject: 'P-4109', zone: 'PC-4200', crew: 2, protection: 'basic', phase: 'home', leftS: 0, report: text('P-4109 运行，100%', 'P-4109 running, 100 %') },
      ],
    } satisfies CommandOutput<'training.crews'>;
    case 'instructor.snapshot': return { node: 6 };
    case 'training.laboratory': return { value: null, knownInS: 600 } satisfies CommandOutput<'training.laboratory'>;
    case 'training.look': return { present: true } satisfies CommandOutput<'training.look'>;
    default: return command.startsWith('instructor.') || command.startsWith('training.') ? {} : null;
  }
}
