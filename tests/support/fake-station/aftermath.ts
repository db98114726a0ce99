/** After an incident, as the fake station plays it: one analysis overdue and half done, one concluded; follow-ups of every state; readiness with gaps. */
import type { AnalysisView, FollowUpView, MarkView, ReadinessSection } from '../../../src/contract/aftermath.ts';
import type { CommandInput } from '../../../src/contract/commands.ts';
import type { View } from '../../../src/contract/view.ts';
import { text } from './words.ts';

const DAY = 86_400_000;
const A42 = { id: 'A4-2', title: text('萃取塔超温 · 全系统停车', 'Extraction tower over-temperature · full stop') };
const event = (now: number, n: number, zh: string, en: string) => ({ n, atMs: now - 90_000_000 + n * 1_000, text: text(zh, en) });

export function analysis(now: number, changes: Partial<AnalysisView> = {}): AnalysisView {
  return {
    incident: 'INC-2026-013', openedBy: null, openedMs: now - 86_000_000, fromMs: now - 90_000_000, toMs: now - 86_000_000, dueMs: now + 29 * DAY, overdue: false, procedures: [{ ...A42, followUps: ['FU-1'] }], chains: [], factors: [],
    lacks: [{ what: 'chain', of: null }], concluded: null, reopened: [], ...changes,
  };
}

function halfDone(now: number): AnalysisView {
  const said = (by: string, ago: number) => ({ by, atMs: now - ago * DAY });
  return analysis(now, {
    dueMs: now - DAY, overdue: true, lacks: [{ what: 'root', of: 'C2' }, { what: 'answer', of: 'F1' }],
    chains: [
      {
        id: 'C1', ...said('zhang', 20), event: event(now, 412, '条件成立：萃取塔温度异常升高，TI-4302 = 61.4', 'Condition raised: extraction tower temperature abnormally high, TI-4302 = 61.4'), problem: '萃取塔中部温度 8 分钟内从 48 ℃ 升到 61 ℃', withdrawn: null,
        whys: [
          { id: 'C1.1', text: '冷却水流量不足', ...said('zhang', 20), withdrawn: null },
          { id: 'C1.2', text: '操作员未及时开大阀门', ...said('wang', 19), withdrawn: { ...said('li', 18), reason: '趋势显示阀位已开到 100%' } },
          { id: 'C1.3', text: 'TV-4310 阀芯卡涩，阀位反馈正常而流量不变', ...said('li', 18), withdrawn: null },
          { id: 'C1.4', text: '该阀两年未解体检修', ...said('li', 17), withdrawn: null },
        ],
        roots: [{ id: 'C1.R1', text: '调节阀未列入关键设备预防性检修计划', ...said('li', 16), withdrawn: null, answers: [{ ...said('wang', 15), action: 'CA-2', reason: '' }] }],
      },
      { id: 'C2', ...said('wang', 14), event: event(now, 431, '报警超时未应答：萃取塔温度高', 'Alarm not answered in time: extraction tower temperature high'), problem: '高温报警 4 分钟无人应答', withdrawn: null, whys: [{ id: 'C2.1', text: '当班人员正在现场取样，中控只有一人', ...said('wang', 14), withdrawn: null }], roots: [] },
    ],
    factors: [{ id: 'F1', kind: 'organisation', text: '夜班中控最低人数没有规定', ...said('wang', 13), withdrawn: null, evidence: [event(now, 431, '报警超时未应答：萃取塔温度高', 'Alarm not answered in time: extraction tower temperature high')], answers: [] }],
  });
}

export function analyses(now: number, some: boolean): View['analyses'] {
  if (!some) return { open: [analysis(now)], concluded: [], overdue: 0 };
  const concluded = analysis(now, {
    incident: 'INC-2026-009', dueMs: now - 40 * DAY, lacks: [], reopened: [{ by: 'wang', atMs: now - 60 * DAY, reason: '解体后发现新的损伤', concludedMs: now - 70 * DAY }],
    concluded: { atMs: now - 50 * DAY, engineer: 'li', supervisor: 'wang', text: '氢化塔循环泵密封泄漏，备件超期使用。', reviews: [{ procedure: 'A4-2', outcome: 'stays', note: '执行顺序与时限均符合' }] },
  });
  return { open: [halfDone(now)], concluded: [concluded], overdue: 1 };
}

export function followUp(now: number, id: string, changes: Partial<FollowUpView> = {}): FollowUpView {
  return { id, kind: 'emergency-procedure', title: '增加“阀位开足而流量不变”的判断步骤', responsible: '李工', dueMs: now + 20 * DAY, incident: 'INC-2026-013', procedures: [A42], openedBy: 'wang', openedMs: now - 15 * DAY, overdue: false, done: null, withdrawn: null, ...changes };
}

export function followUps(now: number, some: boolean): View['followUps'] {
  if (!some) return { open: [], over: [], overdue: 0 };
  return {
    open: [followUp(now, 'FU-2', { kind: 'drill', title: '萃取塔超温全系统停车演练（夜班）', responsible: '王班长', dueMs: now - 3 * DAY, overdue: true }), followUp(now, 'FU-1')],
    over: [
      followUp(now, 'FU-4', { kind: 'training', title: '新规程宣贯', withdrawn: { by: 'wang', atMs: now - 2 * DAY, reason: '并入 FU-2' } }),
      followUp(now, 'FU-3', { kind: 'risk-assessment', title: '萃取单元 HAZOP 复核', done: { by: 'wang', atMs: now - 30 * DAY, document: 'HAZOP-2026-07', revision: 'B', heldMs: now - 31 * DAY, participants: '' } }),
    ],
    overdue: 1,
  };
}

export function readiness(now: number): ReadinessSection {
  const never: MarkView = { state: 'never', atMs: null, source: null, document: null };
  const shown = (ago: number, source: string, document: string | null = null): MarkView => ({ state: ago > 365 ? 'due' : 'current', atMs: now - ago * DAY, source, document });
  const ready = { riskAssessment: shown(31, 'FU-3', 'HAZOP-2026-07 / B'), procedure: shown(50, 'INC-2026-009'), training: never, drill: shown(400, 'FU-0', 'YL-2025-03') };
  const none = { riskAssessment: never, procedure: never, training: never, drill: never };
  return {
    againMs: 365 * DAY, omitted: 0,
    procedures: [{ ...A42, version: 3, marks: ready }, { id: 'A4-3', title: text('酸度低 · 停止进料', 'Acidity low · stop the feed'), version: 1, marks: none }],
    conditions: [
      { id: 'extraction-hot', title: text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), clauses: ['A4.2(2)'], procedures: ['A4-2'], marks: ready },
      { id: 'acidity-low', title: text('氧化液酸度低', 'Acidity of the oxidised liquor low'), clauses: ['A4.3(1)'], procedures: ['A4-3'], marks: none },
      { id: 'odd-smell', title: text('现场异味', 'Unusual smell on site'), clauses: ['4.1.1(6)'], procedures: [], marks: { ...none, procedure: { ...never, state: 'absent' } } },
      { id: 'tank-hot', title: text('储罐温度升高', 'Tank temperature rising'), clauses: ['A4.5'], procedures: ['A4-2', 'A4-5'], marks: { riskAssessment: shown(31, 'FU-3'), procedure: shown(50, 'INC-2026-009'), training: shown(20, 'FU-7', 'PX-12'), drill: shown(90, 'FU-8', 'YL-2026-01') } },
    ],
  };
}

/** One more word in an open analysis, as the station would show it. */
export function said(now: number, before: AnalysisView, command: string, input: unknown): AnalysisView {
  const by = (signature: { user: string }) => ({ by: signature.user, atMs: now, withdrawn: null });
  switch (command) {
    case 'analysis.chain': {
      const { record, problem, signature } = input as CommandInput<'analysis.chain'>;
      const id = `C${before.chains.length + 1}`;
      return { ...before, lacks: [...before.lacks.filter(({ what }) => what !== 'chain'), { what: 'root', of: id }], chains: [...before.chains, { id, problem, event: event(now, record, '程序提出', 'Procedure raised'), whys: [], roots: [], ...by(signature) }] };
    }
    case 'analysis.why': {
      const { chain, text: words, signature } = input as CommandInput<'analysis.why'>;
      return { ...before, chains: before.chains.map((each) => (each.id === chain ? { ...each, whys: [...each.whys, { id: `${chain}.${each.whys.length + 1}`, text: words, ...by(signature) }] } : each)) };
    }
    case 'analysis.root': {
      const { chain, text: words, signature } = input as CommandInput<'analysis.root'>;
      const lacks = [...before.lacks.filter(({ of }) => of !== chain), { what: 'answer' as const, of: `${chain}.R1` }];
      return { ...before, lacks, chains: before.chains.map((each) => (each.id === chain ? { ...each, roots: [...each.roots, { id: `${chain}.R1`, text: words, answers: [], ...by(signature) }] } : each)) };
    }
    case 'analysis.factor': {
      const { kind, text: words, records, signature } = input as CommandInput<'analysis.factor'>;
      const id = `F${before.factors.length + 1}`;
      return { ...before, lacks: [...before.lacks, { what: 'answer', of: id }], factors: [...before.factors, { id, kind, text: words, evidence: records.map((n) => event(now, n, '记录', 'record')), answers: [], ...by(signature) }] };
    }
    case 'analysis.answer': {
      const { cause, action, reason, signature } = input as CommandInput<'analysis.answer'>;
      const answered = <E extends { id: string; answers: AnalysisView['factors'][number]['answers'] }>(each: E): E => (each.id === cause ? { ...each, answers: [...each.answers, { by: signature.user, atMs: now, action: action ?? null, reason }] } : each);
      return { ...before, lacks: before.lacks.filter(({ of }) => of !== cause), chains: before.chains.map((each) => ({ ...each, roots: each.roots.map(answered) })), factors: before.factors.map(answered) };
    }
    case 'analysis.withdraw': {
      const { entry, reason, signature } = input as CommandInput<'analysis.withdraw'>;
      const gone = <E extends { id: string; withdrawn: AnalysisView['chains'][number]['withdrawn'] }>(each: E): E => (each.id === entry ? { ...each, withdrawn: { by: signature.user, atMs: now, reason } } : each);
      return { ...before, chains: before.chains.map((each) => gone({ ...each, whys: each.whys.map(gone), roots: each.roots.map(gone) })), factors: before.factors.map(gone) };
    }
    case 'analysis.conclude': {
      const { text: words, reviews, engineer, supervisor } = input as CommandInput<'analysis.conclude'>;
      return { ...before, overdue: false, lacks: [], concluded: { atMs: now, engineer: engineer.user, supervisor: supervisor.user, text: words, reviews } };
    }
    default: return before;
  }
}
