/** Hand-written scenes, valid against the contract. They say what a console should be able to show, not how a plant behaves. */
import type { AlarmView, BypassView, ConditionView, InterlockView, ProcedureView, Reading, View } from '../../../src/contract/view.ts';
import { actions } from './actions.ts';
import { analyses, followUps, readiness } from './aftermath.ts';
import { KPI_DEFS } from '../../../src/domain/kpi/definitions.ts';
import { PLANT, QUIET } from './plant.ts';
import { handling, procedure, second, three } from './procedures.ts';
import { handover } from './handover.ts';
import { GENESIS, RECORDS } from './incidents.ts';
import { people } from './people.ts';
import { REFUSED_CLEAR, REFUSED_SHELVE, REFUSED_SUSTAIN } from './refusals.ts';
import { work } from './work.ts';
import { isThree, reading, text } from './words.ts';
import type { Scene, Text } from './words.ts';
import { trainingSection } from './training.ts';

export { SCENES } from './words.ts';
export type { Scene } from './words.ts';
export { REFUSED_ENTRY } from './refusals.ts';

const ALLOWED = { allowed: true } as const;

const bypass = (now: number, phase: BypassView['phase']): BypassView => ({
  id: 'B-0007', interlock: 'I-4200', element: 'LI-4204B', weakened: [{ cause: text('上塔液位低低', 'Oxidation level low-low'), voting: '2oo3', left: '2oo2' }], workOrder: 'WO-2211', lopaCredit: 2,
  events: phase === 'closed' ? [{ kind: 'condition', id: 'C-1', title: text('塔温高高', 'Tower temperature high-high'), atMs: now - 82_000_000 }] : [], hasMore: false, phase, kind: 'maintenance', reason: '氧化塔液位变送器 LI-4204B 更换', hazard: '上塔液位低低联锁失效，可能跑气',
  measures: [
    { text: '专人盯守 LI-4204A、LI-4204C', owner: 'zhang', expected: null, tag: null, state: 'true', walkedMs: null, walkDueMs: phase === 'active' ? now + 600_000 : null },
    { text: '紧急冷却水备好', owner: 'wang', expected: text('应为 closed', 'is closed'), tag: 'XV-4301', state: 'true', walkedMs: null, walkDueMs: null },
  ],
  limits: [{ tag: 'TI-4301', low: null, high: 55, state: 'true' }],
  requestedBy: 'zhang', requestedMs: now - 40 * 60_000, startMs: now - 20 * 60_000, untilMs: now + 90 * 60_000,
  assessment: phase === 'requested' ? null : { text: '两台变送器在用，风险可接受', by: 'li', atMs: now - 30 * 60_000 },
  approvals: phase === 'approved' || phase === 'active' ? [{ by: 'zhao', atMs: now - 25 * 60_000 }] : [], approvers: { count: 1, roles: ['engineer'] },
  acceptance: phase === 'active' ? { by: 'zhang', atMs: now - 20 * 60_000 } : null, extension: null, lapse: null, restoration: null, test: null, verification: null, overdue: null,
  next: phase === 'requested' ? [{ operation: 'bypass.assess', verdict: ALLOWED }, { operation: 'bypass.reject', verdict: ALLOWED }, { operation: 'bypass.withdraw', verdict: ALLOWED }] : phase === 'active' ? [{ operation: 'bypass.restore', verdict: ALLOWED }, { operation: 'bypass.walk', verdict: ALLOWED }, { operation: 'bypass.extend', verdict: ALLOWED }] : [],
  effects: phase === 'requested' ? [{ procedure: 'A4-2', title: text('全系统联锁停车', 'Whole-plant stop'), notActing: [text('氧化上塔液位低低', 'Oxidation level low-low')], byHand: [text('A 关氢气切断阀', 'A close the hydrogen valve')], prohibitions: [{ clause: '3.5', text: text('不得强行复位联锁', 'Never reset by force') }] }] : [],
});

function interlocks(now: number, scene: Scene): View['interlocks'] {
  const upset = scene === 'upset' || scene === 'safe' || scene === 'ready' || scene === 'stale' || isThree(scene) || scene === 'handling';
  const open = scene === 'bypassed' || upset;
  const one = (id: string, zh: string, en: string, changes: Partial<InterlockView> = {}): InterlockView => ({
    id, title: text(zh, en), state: 'armed', standing: 'armed', criticality: 'SIL2', maxBypassMs: 4 * 3_600_000, lopaCredit: 2, elements: [{ tag: 'TI-4301', weakens: [{ cause: text('TI-4301 ≥ 90 ℃', 'TI-4301 ≥ 90 ℃'), voting: '1oo1', left: null }] }], hazards: [text('飞温爆炸', 'Runaway and explosion')], approved: false, sinceMs: null, obstacles: [], sets: [{ tag: 'XV-4301', wanted: 'closed', reached: 'false' }, { tag: 'P-4109', wanted: 'stopped', reached: 'true' }], prohibitions: [], trip: null, request: ALLOWED, reset: null,
    tripConditions: [{ condition: 'C-1', title: text('塔温高高', 'Tower temperature high-high'), state: 'false', first: false }], causes: [{ ...text('TI-4301 ≥ 90 ℃', 'TI-4301 ≥ 90 ℃'), voting: '1oo1', channels: 'full', tags: ['TI-4301'] }], effects: [text('关 XV-4101', 'close XV-4101'), text('停 P-4109', 'stop P-4109')],
    procedures: ['A4-2'], readings: [], bypass: null, sustain: { allowed: true }, ...changes,
  });
  return {
    interlocks: [
      one('I-4100', '氢化塔超温', 'Hydrogenation tower over-temperature', { readings: [{ tag: 'I-4100-TRIP', value: false, quality: 'good', sourceMs: now - 600 }] }),
      one('I-4200', '氧化塔液位低低', 'Oxidation tower level low-low', open ? { state: 'bypassed', standing: 'bypassed-unapproved', obstacles: [text('旁路，尚未评估', 'bypassed, not yet assessed')], sinceMs: now - 35 * 60_000, bypass: bypass(now, 'requested'), sustain: { allowed: false, refusal: REFUSED_SUSTAIN } } : {}),
      one('I-4210', '氧化尾气氧高高', 'Oxygen in oxidation tail gas high-high', { state: 'bypassed', standing: 'bypassed-approved', approved: true, sinceMs: now - 3_600_000, bypass: { ...bypass(now, 'active'), id: 'B-0005', interlock: 'I-4210' } }),
      one('I-4300', '萃取塔超温切进料', 'Extraction tower over-temperature cuts feed', { causes: [{ ...text('TI-4302 ≥ 60 ℃', 'TI-4302 ≥ 60 ℃'), voting: null, channels: null, tags: [] }, { ...text('手动按钮 HS-4300', 'push button HS-4300'), voting: null, channels: null, tags: [] }], effects: [text('关 XV-4301', 'close XV-4301'), text('开 TV-4310', 'open TV-4310')], readings: [{ tag: 'I-4300-TRIP', value: upset, quality: 'good', sourceMs: now - 600 }], ...(upset ? { state: 'tripped', standing: 'tripped', sinceMs: now - 62_000, trip: { trippedMs: now - 62_000, first: [text('萃取塔中部温度 60 ℃', 'Extraction tower middle 60 ℃')], cause: null, resetMs: null, releasedMs: null, forced: null, accounted: null }, reset: { allowed: false, refusal: REFUSED_SUSTAIN } } : {}) }),
      one('I-4400', '白土床超温', 'Clay bed over-temperature'),
      one('I-4502', '配制釜超压放空', 'Preparation vessel over-pressure vent', scene === 'stale' ? { state: 'unknown', standing: 'unknown' } : {}),
      one('I-4801', '储罐超温喷淋', 'Tank over-temperature spray'),
    ],
    register: [...(open ? [bypass(now, 'requested')] : []), { ...bypass(now, 'active'), id: 'B-0005', interlock: 'I-4210' }, { ...bypass(now, 'closed'), id: 'B-0003', interlock: 'I-4100', requestedMs: now - 86_400_000, untilMs: now - 80_000_000 }],
    overdue: 0,
  };
}

const ANSWER_WITHIN_MS = 180_000;

function alarm(id: string, priority: AlarmView['priority'], title: Text, changes: Partial<AlarmView>): AlarmView {
  const raisedMs = changes.raisedMs ?? 0;
  const isSafety = (changes.class ?? 'safety') === 'safety' || changes.class === 'fire-gas';
  const group = changes.procedures?.[0];
  return {
    id, list: 'active', class: 'safety', priority, title, clauses: [], area: { id: 'extraction', title: text('萃取净化', 'Extraction and purification') }, groupKey: group === undefined ? 'unit:extraction' : `procedure:${group}`,
    state: 'unacknowledged', active: true, acknowledged: false, latched: false, shelved: null, suppressed: null, outOfService: null, condition: 'raised',
    raisedMs, sourceMs: raisedMs, count: 1, acknowledgedMs: null, acknowledgedBy: null, answeredInTime: null, firstOut: null, uncertaintyMs: 0, reading: null, limit: null, comparison: null, procedures: [],
    card: { cause: text('冷却不足或双氧水分解', 'Insufficient cooling or decomposition of peroxide'), consequence: text('温度失控，塔内分解爆炸', 'Temperature runs away; decomposition explosion in the tower'), action: text('立即退守：切断进料，投入紧急冷却，人员撤出', 'Retreat at once: cut the feed, start emergency cooling, take people out'), timeToActMs: ANSWER_WITHIN_MS, timeNeededMs: 60_000 },
    delayMs: 2_000, respondByMs: raisedMs - 2_000 + ANSWER_WITHIN_MS, answerByMs: raisedMs - 2_000 + ANSWER_WITHIN_MS - 60_000, overdueMs: null, reAlarmMs: null, clearing: null, shelveMaxMs: isSafety ? null : 3_600_000,
    may: isSafety ? { shelve: { allowed: false, refusal: REFUSED_SHELVE }, outOfService: { allowed: false, refusal: { ...REFUSED_SHELVE, operation: 'alarm.outOfService', what: text('停用报警', 'taking the alarm out of service') } }, reset: null, confirmOnSite: null } : { shelve: { allowed: true }, outOfService: { allowed: true }, reset: null, confirmOnSite: null },
    ...changes,
  };
}

const acknowledgedBy = (by: string, atMs: number): Partial<AlarmView> => ({ state: 'acknowledged', acknowledged: true, acknowledgedMs: atMs, acknowledgedBy: by, answeredInTime: true });

function alarms(now: number, scene: Scene): View['alarms'] {
  const hot = alarm('AL-extraction-hot', 1, text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), { clauses: ['A4.2(2)'], raisedMs: now - 62_000, firstOut: 'first', uncertaintyMs: 100, reading: reading('TI-4302', 60.1, 'degC', now - 62_000), limit: 60, comparison: 'atOrAbove', procedures: ['A4-2'] });
  const raffinate = alarm('AL-raffinate', 2, text('萃余液双氧水上升', 'H2O2 in the raffinate rising'), { class: 'process', clauses: ['A4.2(2)'], raisedMs: now - 30_000, reading: reading('AI-4305A', 0.31, 'g/L', now - 30_000), limit: 0.3, comparison: 'atOrAbove' });
  const acid = alarm('AL-acidity-low', 2, text('氧化液酸度低', 'Acidity of the oxidised liquor low'), { class: 'process', clauses: ['A4.3(1)'], raisedMs: now - 20_000, ...acknowledgedBy('张操作', now - 12_000), reading: reading('AI-4207', 1.8, 'mg/L', now - 20_000), limit: 2, comparison: 'below' });
  const unapproved = alarm('AL-bypass-I-4200', 1, text('联锁 I-4200 旁路未批准', 'Interlock I-4200 bypassed without approval'), { clauses: ['3.3'], area: null, groupKey: 'station', raisedMs: now - 35 * 60_000, ...acknowledgedBy('王班长', now - 34 * 60_000) });
  const level = alarm('AL-level', 3, text('储罐液位高', 'Tank level high'), { class: 'process', raisedMs: now - 8 * 60_000, state: 'returned', active: false, condition: 'cleared', overdueMs: now - 2 * 60_000, reading: reading('LI-4801', 85.2, '%', now - 8 * 60_000), limit: 85, comparison: 'above' });
  const gas = alarm('AL-gas', 1, text('萃取区可燃气体', 'Flammable gas in the extraction area'), {
    class: 'fire-gas', clauses: ['3.6'], raisedMs: now - 15 * 60_000, ...acknowledgedBy('张操作', now - 14 * 60_000), active: false, latched: true, condition: 'cleared',
    clearing: { cause: { text: '法兰渗漏，已紧固', by: '李工', atMs: now - 5 * 60_000 }, confirmation: null },
    may: { shelve: { allowed: false, refusal: REFUSED_SHELVE }, outOfService: { allowed: false, refusal: REFUSED_SHELVE }, reset: { allowed: false, refusal: REFUSED_CLEAR }, confirmOnSite: { allowed: true } },
  });
  const shelved = alarm('AL-filter', 4, text('过滤器压差高', 'Filter differential pressure high'), { class: 'process', list: 'shelved', raisedMs: now - 20 * 60_000, ...acknowledgedBy('张操作', now - 19 * 60_000), shelved: { untilMs: now + 40 * 60_000, by: '张操作', reason: '滤芯下午更换', sinceMs: now - 18 * 60_000 }, shelveMaxMs: 8 * 3_600_000 });
  const suppressed = alarm('AL-flow-low', 3, text('循环泵停时流量低', 'Flow low while the circulation pump stands'), { class: 'process', list: 'suppressed', raisedMs: now - 25 * 60_000, suppressed: { by: [{ condition: 'pump-stopped', title: text('循环泵已停', 'Circulation pump stopped') }], sinceMs: now - 26 * 60_000 } });
  const outOfService = alarm('AL-analyser', 3, text('分析仪故障', 'Analyser fault'), { class: 'system', list: 'outOfService', raisedMs: now - 50 * 60_000, outOfService: { by: '李工', permit: 'WP-2026-118', reason: '分析仪返厂', sinceMs: now - 86_400_000 } });
  if (scene === 'flood') return flood(now);
  if (scene === 'three-flood') return flood(now, SMALL_FLOOD_SIZE);
  const isQuiet = scene === 'normal' || scene === 'untrusted';
  const active = isQuiet ? [] : scene === 'bypassed' ? [unapproved] : scene === 'noProcedure' ? [{ ...acid, state: 'unacknowledged' as const, acknowledged: false, acknowledgedMs: null, acknowledgedBy: null, answeredInTime: null }] : [hot, gas, raffinate, acid, unapproved, level];
  const hidden = isQuiet || scene === 'bypassed' || scene === 'noProcedure' ? [] : [shelved, suppressed, outOfService];
  return alarmsSection(active, hidden, now);
}

const FLOOD_GROUPS = [
  { area: { id: 'extraction', title: text('萃取净化', 'Extraction and purification') }, procedure: 'A4-2' }, { area: { id: 'oxidation', title: text('氧化', 'Oxidation') }, procedure: 'A4-3' },
  { area: { id: 'hydrogenation', title: text('氢化', 'Hydrogenation') }, procedure: null }, { area: { id: 'post-treatment', title: text('后处理', 'Post-treatment') }, procedure: null }, { area: { id: 'storage', title: text('双氧水罐区', 'Peroxide tank farm') }, procedure: null },
] as const;
const FLOOD_WORDS = [text('温度高', 'temperature high'), text('压力高', 'pressure high'), text('流量低', 'flow low'), text('液位高', 'level high'), text('阀位不一致', 'valve position discrepancy')] as const;

/** Alarm `n` of a flood: all different, most of them low, as floods are. */
export function floodRow(n: number, now: number): AlarmView {
  const group = FLOOD_GROUPS[n % FLOOD_GROUPS.length] ?? FLOOD_GROUPS[0];
  const words = FLOOD_WORDS[Math.floor(n / 5) % FLOOD_WORDS.length] ?? FLOOD_WORDS[0];
  const priority = n % 100 === 0 ? 1 : n % 20 === 1 ? 2 : n % 6 === 2 ? 3 : 4;
  const tag = `TI-${10_000 + n}`;
  const raisedMs = now - 1_000 - ((n * 7_919) % 240_000);
  return alarm(`AL-${tag}`, priority, text(`${tag} ${words.zh}`, `${tag} ${words.en}`), {
    class: priority === 1 ? 'safety' : 'process', area: group.area, groupKey: group.procedure === null ? `unit:${group.area.id}` : `procedure:${group.procedure}`, procedures: group.procedure === null ? [] : [group.procedure],
    raisedMs, ...(n % 3 === 0 ? acknowledgedBy('张操作', raisedMs + 20_000) : {}), reading: reading(tag, 60 + (n % 400) / 10, 'degC', raisedMs), limit: 60, comparison: 'atOrAbove',
  });
}
const FLOOD_SIZE = 5_000;
const SMALL_FLOOD_SIZE = 200;
function flood(now: number, size = FLOOD_SIZE): View['alarms'] {
  const rows = Array.from({ length: size }, (_, n) => floodRow(n, now)).map((row, n): AlarmView => (n === 1 ? { ...row, firstOut: 'first', uncertaintyMs: 100 } : n === 26 || n === 51 ? { ...row, firstOut: 'possible', uncertaintyMs: 1_200 } : row));
  return { ...alarmsSection(rows, [], now), flood: true, floodState: { sinceMs: now - 240_000, raised: size, pinned: [1, 26, 51].map((n) => `AL-TI-${10_000 + n}`) } };
}

/** The section around rows, counted as the station counts. */
export function alarmsSection(active: AlarmView[], hidden: AlarmView[], now: number, version = 1): View['alarms'] {
  const count = (list: readonly AlarmView[]) => ({ active: list.length, unacknowledged: list.filter(({ acknowledged }) => !acknowledged).length });
  const inList = (list: AlarmView['list']): AlarmView[] => hidden.filter((each) => each.list === list);
  const ofPriority = (priority: number) => count(active.filter((each) => each.priority === priority));
  const byGroup = Map.groupBy(active, ({ groupKey }) => groupKey);
  return {
    version, active, shelved: inList('shelved'), suppressed: inList('suppressed'), outOfService: inList('outOfService'), beyond: 0,
    counts: { byPriority: { 1: ofPriority(1), 2: ofPriority(2), 3: ofPriority(3), 4: ofPriority(4) }, ...count(active), latched: active.filter(({ latched }) => latched).length, overdue: active.filter(({ overdueMs }) => overdueMs !== null).length, shelved: inList('shelved').length, suppressed: inList('suppressed').length, outOfService: inList('outOfService').length },
    groups: [...byGroup].map(([key, rows]) => {
      const kind = key.startsWith('procedure:') ? 'procedure' as const : key.startsWith('unit:') ? 'unit' as const : 'station' as const;
      return { key, kind, id: key.split(':')[1] ?? '', title: kind === 'procedure' ? (key === 'procedure:A4-3' ? text('氧化液酸度低', 'Low acidity of the oxidised liquor') : text('萃取塔超温 · 全系统停车', 'Extraction tower over-temperature · full stop')) : (rows[0]?.area?.title ?? text('退守程序自身', 'Haven itself')), ...count(rows), worst: Math.min(...rows.map(({ priority }) => priority)) as 1 | 2 | 3 | 4 };
    }),
    history: active.slice(0, 100).flatMap((each) => [{ n: null, atMs: each.raisedMs, id: each.id, title: each.title, priority: each.priority, change: 'raised' as const, by: null }, ...(each.acknowledgedMs === null ? [] : [{ n: null, atMs: each.acknowledgedMs, id: each.id, title: each.title, priority: each.priority, change: 'acknowledged' as const, by: each.acknowledgedBy }])]).sort((a, b) => b.atMs - a.atMs),
    raisedLast10Min: active.filter(({ raisedMs }) => raisedMs > now - 600_000).length,
    flood: false, floodState: null,
  };
}

function conditions(now: number, scene: Scene): ConditionView[] {
  const condition = (id: string, priority: ConditionView['priority'], title: Text, changes: Partial<ConditionView>): ConditionView => ({ id, title, clauses: [], priority, state: 'raised', onsetMs: now - 62_000, firstOut: false, readings: [], limit: null, comparison: null, procedures: ['A4-2'], ...changes });
  const acidity = condition('acidity-low', 2, text('氧化液酸度低', 'Acidity of the oxidised liquor low'), { clauses: ['A4.3(1)'], onsetMs: now - 20_000, state: scene === 'stale' ? 'unknown' : 'raised', readings: [reading('AI-4207', 1.8, 'mg/L', now - 28_000, scene === 'noProcedure' ? 'good' : 'stale')], limit: 2, comparison: 'below', procedures: [] });
  if (scene === 'noProcedure') return [acidity];
  return [
    condition('extraction-hot', 1, text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), { clauses: ['A4.2(2)'], firstOut: true, readings: [reading('TI-4302', 61.4, 'degC', now - 800)], limit: 60, comparison: 'atOrAbove' }),
    condition('raffinate', 2, text('萃余液双氧水上升', 'H2O2 in the raffinate rising'), { clauses: ['A4.2(2)'], onsetMs: now - 30_000, readings: [reading('AI-4305A', 0.312, 'g/L', now - 4_000)], limit: 0.3, comparison: 'atOrAbove' }),
    { ...acidity, state: 'unknown' },
  ];
}

function proceduresOf(now: number, scene: Scene): ProcedureView[] {
  switch (scene) {
    case 'three': case 'three-flood': return three(now);
    case 'handling': return handling(now);
    case 'upset': case 'safe': case 'ready': case 'stale': return [procedure(now, scene), second(now)];
    case 'normal': case 'bypassed': case 'noProcedure': case 'untrusted': case 'flood': return [];
  }
}

const KPI_WORDS: View['kpiWords'] = { definitions: KPI_DEFS.map(({ value: _value, shortestMs: _shortest, ...words }) => words) };

function kpi(now: number, scene: Scene): View['kpi'] {
  const endMs = Math.floor(now / 600_000) * 600_000;
  const busy = scene === 'flood' ? 160 : scene === 'three-flood' ? 60 : scene === 'upset' ? 14 : 1;
  const period = (name: View['kpi']['periods'][number]['period'], ms: number): View['kpi']['periods'][number] => ({
    period: name, fromMs: endMs - ms, toMs: now, observedMs: ms, isShort: name !== 'month', raised: busy,
    values: KPI_DEFS.map(({ id, target }) => (target === null ? { id, value: 42, verdict: 'none' as const } : id === 'peak-10-min' ? { id, value: busy, verdict: busy > 10 ? 'over' as const : 'within' as const } : name === '10min' && id === 'alarms-per-day' ? { id, value: null, verdict: 'unknown' as const } : { id, value: target, verdict: 'within' as const })),
    top: [{ id: 'extraction-hot', title: text('萃取塔超温', 'Extraction tower over-temperature'), raised: busy }],
  });
  return {
    periods: [period('10min', 600_000), period('hour', 3_600_000), period('day', 86_400_000), period('month', 30 * 86_400_000)],
    series: Array.from({ length: 144 }, (_, i) => ({ startMs: endMs - (143 - i) * 600_000, raised: i < 6 ? null : i === 143 ? busy : i % 5 === 0 ? 1 : 0 })),
  };
}

function forecast(now: number, scene: Scene): View['forecast'] {
  const method = text('按近期走势推算；区间目标为十次中有九次包含真值。', 'Carried on from the recent course; the interval is made to hold the truth nine times in ten.');
  return { atMs: now, method, moving: scene !== 'upset' && !isThree(scene) ? [] : [
    { tag: 'TI-4302', perMinute: 1.3, ahead: null },
    { tag: 'AI-4305A', perMinute: 0.004, ahead: { condition: 'raffinate', comparison: 'atOrAbove', limit: 0.3, leftMs: 31 * 60_000, lowMs: 17 * 60_000, highMs: null, course: 'steady' } },
  ] };
}

export function viewOf(scene: Scene, now: number, startedMs: number): View {
  const running = scene === 'upset' || scene === 'safe' || scene === 'ready' || scene === 'stale' || isThree(scene) || scene === 'handling';
  const training = scene !== 'bypassed' && scene !== 'untrusted';
  const lost = scene === 'stale' ? ['PC-4800', 'PI-4502', 'TI-4401'] : [];
  return {
    plant: PLANT,
    station: {
      mode: training ? 'TRAINING' : 'OPERATION', version: '0.1.0', startedMs, trainingSecret: training ? 'drill' : null,
      accounts: [{ user: 'zhang', name: '张操作', roles: ['operator'] }, { user: 'wang', name: '王班长', roles: ['supervisor'] }, { user: 'li', name: '李工', roles: ['engineer'] }, { user: 'chen', name: '陈工', roles: ['engineer'] }, { user: 'zhou', name: '周教员', roles: ['instructor'] }],
      journal: { ok: true, reason: null, records: RECORDS, head: '9f2c1ab77de04455aa10b0c92e51d1f0', genesis: GENESIS },
    },
    link: {
      phase: scene === 'untrusted' ? 'untrusted' : 'connected', endpointUrl: 'opc.tcp://127.0.0.1:48410', reason: scene === 'untrusted' ? text('服务器证书不在信任列表', 'The server certificate is not in the trust list') : null, sinceMs: startedMs, lastDataMs: now - 300, skewMs: scene === 'stale' ? 2_400 : 120,
      goodTags: PLANT.tags.length - lost.length, totalTags: PLANT.tags.length, lostTags: lost,
      untrusted: scene === 'untrusted' ? { thumbprint: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3', subject: 'CN=H2O2 DCS, O=Plant', applicationUri: 'urn:plant:dcs', validFrom: '2026-01-01', validTo: '2028-01-01' } : null,
    },
    alarms: alarms(now, scene),
    upset: {
      conditions: (running && scene !== 'handling') || scene === 'noProcedure' ? conditions(now, scene) : [],
      omitted: 0,
      procedures: proceduresOf(now, scene),
      noProcedure: scene === 'noProcedure' ? { because: [{ condition: 'acidity-low', title: text('氧化液酸度低', 'Acidity of the oxidised liquor low') }], advice: text('没有程序可依：立即紧急停车，撤出人员，报告指挥。', 'There is no procedure to follow: stop at once, take people out, report to the commander.') } : null,
      retreats: [],
    },
    interlocks: interlocks(now, scene),
    people: people(now, scene),
    work: work(now, scene === 'handling'),
    incident: { current: running ? { id: 'INC-2026-014', openedMs: now - 62_000, firstCondition: 'extraction-hot' } : null, past: [{ id: 'INC-2026-013', openedMs: now - 90_000_000, closedMs: now - 86_000_000 }] },
    actions: actions(now, scene === 'handling' || scene === 'bypassed'),
    analyses: analyses(now, scene === 'handling'),
    followUps: followUps(now, scene === 'handling'),
    readiness: readiness(now),
    training: trainingSection(now, training, running),
    kpiWords: KPI_WORDS,
    kpi: kpi(now, scene),
    forecast: forecast(now, scene),
    handover: handover(now, running || scene === 'bypassed'),
    platform: { state: 'off', behind: 0, sinceMs: null, reason: null, station: null, host: null, lastReceiptMs: null, lastSeq: null, long: false },
    reports: { running: null, failed: null, made: [] },
    journal: {
      tail: [
        { n: 21_284, atMs: now - 12_000, type: 'alarm.acknowledged', by: '张操作', text: text('确认报警：氧化液酸度低', 'Acknowledged: acidity of the oxidised liquor low') },
        { n: 21_283, atMs: now - 44_000, type: 'step.done', by: null, text: text('步骤 1 证实：XV-4101 关到位', 'Step 1 proved: XV-4101 closed') },
        { n: 21_282, atMs: now - 50_000, type: 'post.commander', by: '王班长', text: text('接任指挥', 'Took over as commander') },
        { n: 21_281, atMs: now - 62_000, type: 'procedure.raised', by: null, text: text('程序“萃取塔超温 · 全系统停车”提出 A4.2(2)', 'Procedure “Extraction tower over-temperature · full stop” raised, A4.2(2)') },
      ],
    },
  };
}

/** The value of a tag at a moment of a scene; null value with `stale` where the scene has lost it. */
export function valueAt(tag: string, scene: Scene, now: number, startedMs: number): [number | boolean | null, Reading['quality']] {
  const quiet = QUIET[tag] ?? 0;
  const running = scene === 'upset' || scene === 'stale' || isThree(scene);
  if (running && tag === 'AI-4207') return [1.8, 'stale'];
  if (scene === 'noProcedure' && tag === 'AI-4207') return [1.8 + Math.sin(now / 9_000) * 0.02, 'good'];
  if (scene === 'stale' && ['PC-4800', 'PI-4502', 'TI-4401'].includes(tag)) return [Number(quiet), tag === 'TI-4401' ? 'bad' : 'stale'];
  if (scene === 'stale' && tag === 'PI-4303') return [Number(quiet), 'uncertain'];
  if (typeof quiet === 'boolean') return [running && tag === 'I-4300-TRIP' ? true : quiet, 'good'];
  if (running) {
    const minutes = (now - startedMs) / 60_000;
    if (tag === 'TI-4302') return [Math.min(64.5, 61.4 + Math.max(-12, minutes * 1.3)) + Math.sin(now / 3_000) * 0.06, 'good'];
    if (tag === 'AI-4305A') return [Math.max(0.12, 0.312 + minutes * 0.02), 'good'];
    if (tag === 'FI-4109') return [12, 'good'];
    if (tag === 'XV-4101') return [0, 'good'];
    if (tag === 'XV-4203' || tag === 'XV-4301') return [2, 'good'];
  }
  return [Number.isInteger(quiet) && quiet < 10 ? quiet : quiet * (1 + Math.sin(now / 7_000 + tag.length * 3) * 0.004), 'good'];
}
