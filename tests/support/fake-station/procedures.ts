/** The procedures of the scenes, written by hand: every kind of step, and everything that can stand beside one. */
import type { AdviceView, ProcedureView, ProofView, Reading, StepView } from '../../../src/contract/view.ts';
import { REFUSED_ENTRY, REFUSED_PERMIT, REFUSED_RESET, REFUSED_RETURN } from './refusals.ts';
import { reading, text } from './words.ts';
import type { Scene, Text } from './words.ts';

type Step = Partial<StepView>;
const proof = (id: string, zh: string, en: string, state: ProofView['state'], expected: Text, value: Reading | null, changes: Partial<ProofView> = {}): ProofView => ({
  id, text: text(zh, en), kind: 'tag', state, reading: value, expected, signedBy: null, machine: changes.kind === undefined || changes.kind === 'tag' ? state : 'unknown', assessment: null, figure: null, shows: null, evidence: null, asks: [], record: null, ...changes,
});
const step = (number: number, zh: string, en: string, changes: Step = {}): StepView => ({
  id: `s${number}`, number, kind: 'command', who: 'operator', direction: 'retreat', text: text(zh, en), cautions: [], prohibitions: [], proofs: [], options: [], chosen: null, permit: null, workPermit: null, takesWitness: false, earlier: [], givesWay: null, raises: null,
  state: 'next', startedMs: null, dueMs: null, overdue: false, doneMs: null, doneBy: null, skipReason: null, maySkip: changes.kind !== 'decide', otherwise: null, ...changes,
});
const caution = (id: string, zh: string, en: string, inEffect: 'true' | 'false' | 'unknown' | null = null, readBy: string | null = null): StepView['cautions'][number] => ({ id, text: text(zh, en), inEffect, readBy });
const closed = text('关', 'closed');
const valve = (tag: string, value: number, sourceMs: number): Reading => ({ tag, value, quality: 'good', sourceMs });
const option = (id: string, both: Text, because: Text, changes: Partial<StepView['options'][number]> = {}): StepView['options'][number] => ({ id, text: both, because, against: null, seen: 'none', isDefault: false, takesSignature: false, reading: null, ...changes });

/** What every procedure has; the scenes say the rest. */
const BASE: Omit<ProcedureView, 'instance' | 'id' | 'title' | 'goal' | 'clauses' | 'raisedMs' | 'place'> = {
  version: 3, revision: '9f2c1ab7', priority: 2, applies: null, because: [], held: false, steps: [], handling: [], continuous: [], deadlines: [], safeDueMs: null, safeOverdue: false, ifNotSafe: text('转入紧急停车', 'Go to emergency stop'), led: [], owner: null, suspended: null,
  zones: ['extraction'], modes: [], prohibitions: [], safetyMeasures: [], shutdownConditions: [], safeState: [], returnConditions: [], peopleLimit: 0, interlocks: [], cause: null, approvals: [], wayBack: [],
};

export function procedure(now: number, scene: Scene): ProcedureView {
  const past = scene === 'safe' || scene === 'ready';
  const done = (by: string, ago: number) => ({ state: 'done' as const, doneMs: now - ago, doneBy: by });
  const now2: Step = {
    state: 'now', startedMs: now - 42_000, dueMs: now + 78_000, prohibitions: ['p1', 'p2'], cautions: [caution('s2/travel', 'XV-4203 行程约 15 秒，其间不得重复操作。', 'XV-4203 takes about 15 s to travel; do not operate it again meanwhile.', 'true')],
    proofs: [
      proof('pr1', 'XV-4101 氢气切断阀关到位', 'XV-4101 hydrogen cut-off valve closed', 'true', closed, valve('XV-4101', 0, now - 600)),
      proof('pr2', '工作液循环流量小于 20 m³/h', 'Working solution flow below 20 m³/h', 'true', text('< 20 m³/h', '< 20 m³/h'), reading('FI-4109', 12, 'm3/h', now - 600)),
      proof('pr3', 'XV-4203 空气切断阀关到位', 'XV-4203 air cut-off valve closed', 'false', closed, valve('XV-4203', 2, now - 600)),
      proof('pr4', '酸度不再下降', 'Acidity no longer falling', 'unknown', text('≥ 2 mg/L', '≥ 2 mg/L'), reading('AI-4207', 1.8, 'mg/L', now - 28_000, 'stale')),
      proof('pr5', '现场确认手动阀 HV-4203 已关', 'Hand valve HV-4203 confirmed closed on site', 'false', text('签字', 'signature'), null, { kind: 'signed' }),
    ],
    otherwise: text('转入紧急停车，手动切断 HV-4203（远程）', 'Go to emergency stop; cut by hand at HV-4203 (remote)'),
  };
  const place: ProcedureView['place'] = scene === 'safe' ? 'safe' : scene === 'ready' ? 'investigating' : 'retreating';
  return {
    ...BASE, instance: 'A4-2/1', id: 'A4-2', title: text('萃取塔超温 · 全系统停车', 'Extraction tower over-temperature · full stop'), goal: text('切断全部进料，塔温降到 50 ℃ 以下并保持', 'Cut all feeds, bring the tower below 50 ℃ and hold it'), clauses: ['A4.2(2)', '3.2', '4.2.1'], place, raisedMs: now - 62_000,
    because: [{ condition: 'extraction-hot', title: text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), atMs: now - 62_000 }], held: scene === 'ready',
    steps: [
      step(1, '停止供氢，确认 XV-4101 动作', 'Stop hydrogen, check that XV-4101 acts', done('tags', 44_000)),
      step(2, '停止氢化、氧化进料，并确认阀门已关到位', 'Stop the feeds to hydrogenation and oxidation and check that the valves are closed', past ? done('张操作', 30_000) : now2),
      step(3, '启动紧急冷却，开 TV-4310，观察塔温下降', 'Start emergency cooling, open TV-4310, watch the tower cool', past ? done('tags', 20_000) : {}),
      step(4, '通知现场人员撤到集合点并清点人数', 'Call people to the assembly point and count heads', { ...(past ? { state: 'skipped', doneMs: now - 10_000, doneBy: '王班长', skipReason: '区内无人' } : {}), who: 'supervisor' }),
      step(5, '如温度继续升高，向应急槽卸料', 'If the temperature goes on rising, discharge to the emergency vessel', past ? done('tags', 8_000) : {}),
      step(6, '保持冷却，每 5 分钟记录一次塔温', 'Keep cooling, record the tower temperature every 5 minutes', { ...(past ? done('tags', 5_000) : {}), direction: 'hold' }),
    ],
    modes: [{ id: 'hydrogen', title: text('停止供氢', 'Stop hydrogen'), state: 'proved', atMs: now - 44_000 }, { id: 'feed', title: text('停止进料', 'Stop the feed'), state: past ? 'proved' : 'inProgress', atMs: null }, { id: 'cooling', title: text('紧急冷却', 'Emergency cooling'), state: past ? 'proved' : 'pending', atMs: null }, { id: 'discharge', title: text('卸料', 'Discharge'), state: 'pending', atMs: null }],
    prohibitions: [
      { id: 'p1', clause: '4.2.1', text: text('未停车前不得进现场，区内人数上限 0 人。', 'Nobody enters before the stop; people limit in the area is 0.'), state: past ? 'kept' : 'violated', undo: text('立即让萃取区 2 人撤出。', 'Take the 2 people out of the extraction area now.') },
      { id: 'p2', clause: '3.5', text: text('不得强行复位联锁。', 'Interlocks must not be reset by force.'), state: 'kept', undo: null },
    ],
    safetyMeasures: [text('佩戴防酸服、面罩', 'Acid-proof suit and face shield'), text('消防水炮待命', 'Fire monitor on standby')], shutdownConditions: [text('TI-4302 ≥ 65 ℃', 'TI-4302 ≥ 65 ℃'), text('两台温度计不一致', 'The two thermometers disagree')],
    safeState: [proof('ss1', '塔温低于 50 ℃ 且不升', 'Tower below 50 ℃ and not rising', past ? 'true' : 'false', text('< 50 ℃', '< 50 ℃'), reading('TI-4302', past ? 47.2 : 61.4, 'degC', now - 800)), proof('ss2', '进料阀全关', 'All feed valves closed', past ? 'true' : 'false', closed, valve('XV-4301', past ? 0 : 2, now - 700))],
    returnConditions: [proof('rc1', '双氧水稳定度复测合格', 'H2O2 stability re-analysis in order', 'false', text('≥ 97 %', '≥ 97 %'), null)],
    interlocks: ['I-4300', 'I-4200'], cause: scene === 'ready' ? { text: '冷却水调节阀卡涩', by: '李工', atMs: now - 60_000 } : null,
    approvals: scene === 'ready' ? [{ user: 'wang', role: 'supervisor', atMs: now - 20_000 }] : [],
    wayBack: [
      { operation: 'interlock.reset', direction: 'return', title: text('复位联锁', 'Reset interlock'), verdict: scene === 'ready' ? { allowed: true } : { allowed: false, refusal: REFUSED_RESET } },
      { operation: 'people.enter', direction: 'intervene', title: text('人员进入', 'People enter'), verdict: { allowed: false, refusal: REFUSED_ENTRY } },
      { operation: 'procedure.return', direction: 'return', title: text('恢复进料', 'Restore feed'), verdict: { allowed: false, refusal: REFUSED_RETURN } },
    ],
  };
}

export function second(now: number): ProcedureView {
  const base = procedure(now, 'upset');
  return { ...base, instance: 'A4-3/1', id: 'A4-3', title: text('氧化液酸度低', 'Low acidity of the oxidised liquor'), goal: text('恢复酸度，防止双氧水分解', 'Restore the acidity, keep the peroxide from decomposing'), place: 'raised', prohibitions: [], wayBack: base.wayBack.slice(2), steps: base.steps.map((each) => ({ ...each, state: 'next', doneMs: null, doneBy: null, dueMs: null, startedMs: null })) };
}

/** The most urgent of three: a way to be chosen, a step left open, an action in effect, a time that runs, a prohibition that is violated. */
export function decomposing(now: number): ProcedureView {
  const base = procedure(now, 'upset');
  return {
    ...BASE, instance: 'A4-1/1', id: 'A4-1', priority: 1, title: text('双氧水分解 · 停止作业、人员撤离', 'H2O2 decomposing · stop work, everybody out'), goal: text('人全部撤出，装置停下来，不波及周边', 'Everybody out, the plant stopped, the neighbours spared'), clauses: ['A4.1', '4.1.1(1)'], place: 'retreating', raisedMs: now - 190_000,
    because: [{ condition: 'extraction-hot', title: text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), atMs: now - 190_000 }], led: [{ from: 's2', procedure: 'A4-2', title: base.title, atMs: now - 62_000 }], owner: { user: 'wang', name: '王班长', atMs: now - 150_000 },
    steps: [
      step(1, '拉响警报，停止一切作业，组织现场人员撤离', 'Sound the alarm, stop all work, get everybody out', { kind: 'warn', state: 'done', doneMs: now - 170_000, doneBy: '王班长', startedMs: now - 190_000 }),
      step(2, '停空气压缩机 K-4201，关空气切断阀 XV-4203', 'Stop air compressor K-4201 and close air valve XV-4203', { state: 'open', startedMs: now - 170_000, dueMs: now - 110_000, overdue: true, proofs: [proof('d2', '空气切断阀 XV-4203', 'Air cut-off valve XV-4203', 'false', closed, valve('XV-4203', 2, now - 600))], otherwise: text('在电气室远程分闸；按一键停车硬按钮', 'Trip the breaker from the electrical room; press the hard-wired one-button stop') }),
      step(3, '萃取塔还在升温吗？选定去向', 'Is the extraction tower still heating? Choose the way', {
        kind: 'decide', state: 'now', startedMs: now - 50_000, dueMs: now + 70_000, cautions: [caution('s3/vent', '卸料期间放空口下风向不得有人。', 'Nobody downwind of the vent while discharging.', 'true')],
        options: [
          option('discharge', text('向应急槽 V-4306 卸料', 'Discharge to emergency vessel V-4306'), text('塔温仍以 1.3 ℃/min 上升', 'The tower still rises by 1.3 ℃/min'), { against: text('应急槽液位升高', 'The vessel fills'), seen: 'true', isDefault: true, reading: reading('TI-4302', 61.4, 'degC', now - 800) }),
          option('hold', text('不卸料，保持紧急冷却', 'Do not discharge, keep cooling'), text('塔温已不再上升', 'The tower has stopped rising'), { against: text('升温时失去卸料时间', 'Loses the time to discharge if it rises'), seen: 'false', takesSignature: true, reading: reading('PI-4303', 0.118, 'MPa', now - 900) }),
        ],
      }),
      step(4, '转入全系统停车程序', 'Go over to the full stop procedure', { kind: 'goto', raises: { id: 'A4-2', title: base.title } }),
      step(5, '等待塔温连续下降 10 min', 'Wait until the tower has cooled for 10 min', { kind: 'wait' }),
      step(6, '通知周边装置，开罐区喷淋 XV-4803', 'Warn the neighbours, open the tank spray XV-4803', { who: 'supervisor' }),
    ],
    continuous: [
      { id: 'c1', who: 'operator', text: text('塔压 ≥ 0.1 MPa：开放空阀 PV-4303', 'Tower pressure ≥ 0.1 MPa: open vent valve PV-4303'), state: 'inEffect', dueMs: now + 40_000, reading: reading('PI-4303', 0.118, 'MPa', now - 900), proofs: [], otherwise: text('按一键停车硬按钮', 'Press the hard-wired one-button stop') },
      { id: 'c2', who: 'operator', text: text('纯水流量 < 17 m³/h：启备用纯水泵', 'Pure water < 17 m³/h: start the standby pump'), state: 'quiet', dueMs: null, reading: reading('FI-4109', 12, 'm3/h', now - 600), proofs: [], otherwise: text('停循环', 'Stop the circulation') },
      { id: 'c3', who: 'supervisor', text: text('风向变化：移动集合点', 'Wind turns: move the assembly point'), state: 'answered', dueMs: null, reading: null, proofs: [], otherwise: text('全员撤出厂界', 'Everybody out of the site') },
    ],
    deadlines: [
      { id: 'd1', clause: 'A4.1', text: text('20 min 内进入安全状态', 'Safe state within 20 min'), state: 'running', dueMs: now + 640_000, otherwise: text('全员撤出厂界，通知周边企业', 'Everybody out of the site; warn the neighbouring firms') },
    ],
    modes: base.modes, safetyMeasures: base.safetyMeasures, shutdownConditions: base.shutdownConditions,
    prohibitions: [{ id: 'n1', clause: 'A4.1', text: text('严禁任何人返回或进入现场', 'Nobody goes back or goes in'), state: 'violated', undo: text('广播呼叫，萃取区 2 人立即撤出', 'Call by loudspeaker: the 2 in extraction get out at once') }],
    safeState: base.safeState, ifNotSafe: text('全员撤出厂界', 'Everybody out of the site'), wayBack: base.wayBack.slice(1), returnConditions: base.returnConditions, interlocks: base.interlocks,
  };
}

/** The second of three: five proofs, two of them judged by people, and a time that was exceeded. */
function stopping(now: number): ProcedureView {
  const base = procedure(now, 'upset');
  const assessed = (assessment: 'contested' | 'asserted', by: string, reason: string): Partial<ProofView> => ({ assessment: { assessment, by, atMs: now - 20_000, reason } });
  const judged: Readonly<Record<string, Partial<ProofView>>> = { pr1: { state: 'false', ...assessed('contested', '李工', '阀位开关曾误报') }, pr3: assessed('asserted', '张操作', '现场听到关闭声') };
  return {
    ...base, raisedMs: now - 120_000, prohibitions: base.prohibitions.map((each) => ({ ...each, state: 'kept' })),
    steps: base.steps.map((each) => ({ ...each, proofs: each.proofs.map((one) => ({ ...one, ...judged[one.id] })) })),
    deadlines: [{ id: 'd2', clause: 'A4.2(3)', text: text('1 min 内断氢断气', 'Hydrogen and air cut within 1 min'), state: 'exceeded', dueMs: now - 30_000, otherwise: text('按一键停车硬按钮，通知界区外切断氢气总管', 'Press the hard-wired stop; have the hydrogen main cut outside') }],
  };
}

/** The third of three: what it wants now is the opposite of what the most urgent one does. */
function givingWay(now: number): ProcedureView {
  const base = procedure(now, 'upset');
  return {
    ...second(now), priority: 3, place: 'retreating', raisedMs: now - 45_000,
    steps: [
      step(1, '停止加酸，核对酸度计', 'Stop acid dosing, check the acidity meter', { state: 'done', doneMs: now - 30_000, doneBy: 'tags' }),
      step(2, '开 XV-4203，恢复氧化空气吹扫', 'Open XV-4203 and purge with oxidation air', {
        state: 'now', startedMs: now - 30_000, dueMs: now + 150_000, proofs: [proof('g1', 'XV-4203 空气切断阀', 'XV-4203 air cut-off valve', 'false', text('开', 'open'), valve('XV-4203', 2, now - 600))], otherwise: text('停氧化进料', 'Stop the oxidation feed'),
        givesWay: { instance: 'A4-1/1', title: decomposing(now).title, item: text('停空气压缩机 K-4201，关空气切断阀 XV-4203', 'Stop air compressor K-4201 and close air valve XV-4203'), tag: 'XV-4203', state: 'closed' },
      }),
      step(3, '复测氧化液酸度', 'Measure the acidity again', { kind: 'record' }),
    ],
    safeState: base.safeState.slice(1),
  };
}

export const three = (now: number): ProcedureView[] => [decomposing(now), stopping(now), givingWay(now)];

/** A gas test that is to be written down point by point. */
const PORTABLE: ProofView = proof('k-o2', '便携仪测氧，人孔上中下', 'Oxygen at the manhole: top, middle, bottom', 'unknown', text('19.5 至 21 %', '19.5 to 21 %'), null, {
  kind: 'signed', shows: 'gas-free', evidence: 'portable-test', figure: { unit: 'vol%', low: 19.5, high: 21, gas: 'O2', value: null },
  asks: [{ field: 'instrument', needed: true }, { field: 'points', needed: true }, { field: 'sampledMs', needed: true }, { field: 'validForMs', needed: true }, { field: 'place', needed: false }],
});

/** What that work stands on: a test that is still good, and a blind that somebody has taken out. */
const earlier = (now: number): StepView['earlier'] => [
  { step: 'k0', takesWitness: false, proof: proof('k-lel', '便携仪测可燃气', 'Flammable gas by portable test', 'true', text('0 至 10 %LEL', '0 to 10 %LEL'), null, {
    kind: 'signed', shows: 'gas-free', evidence: 'portable-test', signedBy: '张操作', figure: { unit: '%LEL', low: 0, high: 10, gas: 'LEL', value: 2 }, asks: PORTABLE.asks,
    record: { evidence: { instrument: 'GD-07', points: [{ place: '人孔', values: [{ gas: 'LEL', value: 2 }] }], sampledMs: now - 720_000, validForMs: 1_800_000 }, untilMs: now + 1_080_000, witness: null, removed: [] },
  }) },
  { step: 'k0', takesWitness: true, proof: proof('k-blind', '盲板已加装，逐块编号', 'Blinds in place, by number', 'false', text('签字', 'signature'), null, {
    kind: 'signed', shows: 'isolated', evidence: 'blind', signedBy: '张操作', asks: [{ field: 'numbers', needed: true }, { field: 'place', needed: true }], record: { evidence: { numbers: ['B-12', 'B-13'], place: 'E-4303' }, untilMs: null, witness: '李工', removed: ['B-13'] },
  }) },
];

/** Work after a stop: a permit that is refused, one that is given with a figure to write down, and a hold point. */
export function handling(now: number): ProcedureView[] {
  const base = procedure(now, 'safe');
  const steps = base.steps.map((each) => ({ ...each, state: 'done' as const, doneMs: now - 900_000, doneBy: 'tags', skipReason: null }));
  const head = { ...base, place: 'investigating' as const, priority: 4, steps, peopleLimit: 2, raisedMs: now - 3_600_000 };
  const isolated = (state: 'true' | 'false'): ProofView => proof('h-blind', '进料盲板 B-4301 已加', 'Blind B-4301 in the feed line', state, text('签字', 'signature'), null, { kind: 'signed', shows: 'isolated', evidence: 'blind', signedBy: state === 'true' ? '李工' : null });
  const intervene: Step = { direction: 'intervene', who: 'engineer', maySkip: false, state: 'now', startedMs: now - 60_000, dueMs: now + 1_740_000 };
  return [
    {
      ...head, instance: 'A4-11/1', id: 'A4-11', title: text('管线堵塞清通', 'Clearing a plugged line'), goal: text('隔离、泄压后清通', 'Isolate, depressurise, then clear'), clauses: ['A4.11', '4.4.1'],
      handling: [
        step(1, '泄压并加盲板', 'Depressurise and put in the blind', { id: 'h1', direction: 'hold', state: 'done', doneMs: now - 300_000, doneBy: '李工' }),
        step(2, '拆开 E-4302 入口法兰，水洗清通', 'Part the inlet flange of E-4302 and wash it through', {
          ...intervene, id: 'h2', cautions: [caution('h2/acid', '残液含双氧水，遇铁锈分解。', 'The rest holds peroxide and decomposes on rust.', 'unknown'), caution('h2/two', '两人作业，一人监护。', 'Two people, one of them on watch.', null, '张操作')],
          proofs: [isolated('false'), proof('h-press', '管线压力', 'Line pressure', 'true', text('< 0.01 MPa', '< 0.01 MPa'), reading('PI-4502', 0.004, 'MPa', now - 900), { shows: 'depressurised', evidence: 'pressure-curve' })],
          workPermit: { kind: 'line-opening', title: text('管线设备打开作业票', 'Permit to open lines and equipment'), number: null, untilMs: null }, takesWitness: true,
          permit: { given: null, verdict: { allowed: false, refusal: REFUSED_PERMIT } }, otherwise: text('收回作业票，人员撤出', 'Withdraw the permit, people out'),
        }),
        step(3, '复位法兰，试压', 'Close the flange, test the pressure', { id: 'h3', direction: 'intervene', who: 'engineer', permit: { given: null, verdict: { allowed: false, refusal: REFUSED_PERMIT } } }),
      ],
    },
    {
      ...head, instance: 'A4-9/1', id: 'A4-9', title: text('白土床更换', 'Changing the clay bed'), goal: text('床层冷却、置换后卸料', 'Cool and purge the bed, then empty it'), clauses: ['A4.9', '4.3.3(4)'],
      handling: [step(1, '测床层气体，作业', 'Test the gas in the bed and work', {
        ...intervene, id: 'k1', permit: { given: { by: '王班长', atMs: now - 120_000 }, verdict: { allowed: true } },
        workPermit: { kind: 'confined-space', title: text('受限空间作业票', 'Confined space permit'), number: 'WP-0412', untilMs: now + 50 * 60_000 }, takesWitness: true, earlier: earlier(now),
        proofs: [proof('k-gas', '便携仪测可燃气体', 'Flammable gas by portable test', 'false', text('0 至 10 %LEL', '0 to 10 %LEL'), null, { kind: 'signed', figure: { unit: '%LEL', low: 0, high: 10, gas: 'LEL', value: null }, shows: 'gas-free', evidence: 'portable-test' }), isolated('true'), PORTABLE],
      })],
    },
    {
      ...head, instance: 'A4-7/1', id: 'A4-7', title: text('配制釜清洗', 'Washing the preparation vessel'), goal: text('清洗、复核后投用', 'Wash, check, then back in use'), clauses: ['A4.7'],
      handling: [step(1, '停点：另一人复核清洗结果', 'Hold point: another person checks the washing', { ...intervene, id: 'w1', kind: 'hold', direction: 'hold', who: 'supervisor', dueMs: null, proofs: [proof('w-check', '复核人签字', 'Signed by the one who checked', 'false', text('签字', 'signature'), null, { kind: 'signed' })] })],
    },
  ];
}

const unbegun = (each: StepView): StepView => ({ ...each, state: 'next', startedMs: null, dueMs: null, overdue: false, doneMs: null, doneBy: null, chosen: null, givesWay: null });

/** Looking ahead: the procedure as it would stand, nothing begun. */
export function pageOf(id: string, now: number): ProcedureView | undefined {
  const found = [...three(now), ...handling(now)].find((each) => each.id === id);
  if (found === undefined) return undefined;
  return {
    ...found, instance: `page:${id}`, place: 'standby', owner: null, led: [], cause: null, approvals: [], because: [], steps: found.steps.map(unbegun), handling: found.handling.map((each) => ({ ...unbegun(each), permit: each.permit === null ? null : { given: null, verdict: { allowed: false, refusal: REFUSED_PERMIT } } })),
    continuous: found.continuous.map((each) => ({ ...each, state: 'quiet', dueMs: null })), deadlines: found.deadlines.map((each) => ({ ...each, state: 'idle', dueMs: null })), wayBack: [],
  };
}

/** Every procedure of the plant, the advised ones first. */
export function adviceOf(now: number, running: readonly ProcedureView[]): AdviceView[] {
  const entry = (condition: string, title: Text, state: 'raised' | 'cleared' | 'unknown', value: Reading, limit: number, comparison: 'atOrAbove' | 'below'): AdviceView['entry'][number] => ({ condition, title, clauses: ['A4'], state, readings: [value], limit, comparison });
  const hot = entry('extraction-hot', text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), 'raised', reading('TI-4302', 61.4, 'degC', now - 800), 60, 'atOrAbove');
  const acid = entry('acidity-low', text('氧化液酸度低', 'Acidity of the oxidised liquor low'), 'unknown', reading('AI-4207', 1.8, 'mg/L', now - 28_000, 'stale'), 2, 'below');
  const bed = entry('bed-high', text('白土床温度高', 'Clay bed temperature high'), 'cleared', reading('TI-4401', 61.5, 'degC', now - 900), 85, 'atOrAbove');
  const vessel = entry('vessel-hot', text('配制釜温度高', 'Preparation vessel hot'), 'cleared', reading('TI-4502A', 44.8, 'degC', now - 900), 90, 'atOrAbove');
  const all: readonly (readonly [string, AdviceView['entry'], Text | null])[] = [['A4-1', [hot], null], ['A4-2', [hot], text('任何人认为须停车', 'Anybody who thinks it must stop')], ['A4-3', [acid], null], ['A4-9', [bed], null], ['A4-7', [vessel], null], ['A4-11', [], text('发现管线堵塞', 'A plugged line is found')]];
  return all.map(([id, conditions, byHand]) => {
    const page = pageOf(id, now) ?? decomposing(now);
    return { procedure: id, title: page.title, goal: page.goal, clauses: page.clauses, priority: page.priority, instance: running.find((each) => each.id === id)?.instance ?? null, advised: conditions.some(({ state }) => state === 'raised'), byHand, entry: conditions, omitted: 0 };
  });
}
