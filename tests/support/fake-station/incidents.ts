/** Incidents of the fake station, their time lines and their reports: one open while an upset runs, one of 5,000 records, many older ones. */
import { createHash } from 'node:crypto';
import type { CommandInput, CommandOutput } from '../../../src/contract/commands.ts';
import type { IncidentEvent, IncidentRow, ReportsSection } from '../../../src/contract/incidents.ts';
import { TIMELINE_LANES } from '../../../src/contract/report.ts';
import { text } from './words.ts';

export const GENESIS = '5f1d0c77a9e24b0e8d3f6a5b4c3d2e1f0099887766554433221100ffeeddccbb';
export const LONG_EVENTS = 5_000;
/** Number of the newest record of all. */
export const RECORDS = 21_284;
const OPEN_FIRST = 21_240;
const LONG_FIRST = 12_001;
const HALF_HOUR = 30 * 60_000;
const DAY = 86_400_000;
const PEOPLE = ['zhang', 'wang', 'li', 'chen'] as const;
const TITLES = [text('萃取塔温度异常升高', 'Extraction tower temperature abnormally high'), text('氧化液酸度低', 'Acidity of the oxidised liquor low'), text('氢化尾气氧含量高', 'Oxygen in the hydrogenation tail gas high'), text('工作液循环中断', 'Working solution circulation lost')] as const;
const PROCEDURES = [{ id: 'A4-2', title: text('萃取塔超温 · 全系统停车', 'Extraction tower over-temperature · full stop') }, { id: 'A4-3', title: text('氧化液酸度低', 'Low acidity of the oxidised liquor') }] as const;

const WORDS = {
  condition: text('工况成立，TI-4302 = 61.4', 'Condition raised, TI-4302 = 61.4'), alarm: text('报警：TI-4302 萃取塔温度高', 'Alarm: TI-4302 extraction tower temperature high'), procedure: text('程序：步骤 s2 完成，XV-4301 关到位', 'Procedure: step s2 done, XV-4301 closed'), interlock: text('联锁 I-4300 动作', 'Interlock I-4300 tripped'),
  people: text('萃取净化区人数 2，限 0：超限', 'People in Extraction: 2, limit 0: exceeded'), person: text('确认报警：萃余液双氧水上升', 'Alarm acknowledged: H2O2 in the raffinate rising'), refusal: text('拒绝 people.enter：DCS 数据未知（4.5.2）', 'Refused people.enter: DCS data unknown (4.5.2)'), station: text('数据缺口 1.2 s', 'Data gap of 1.2 s'),
} as const;
const TYPES = { condition: 'condition.changed', alarm: 'alarm.raised', procedure: 'procedure.moved', interlock: 'interlock.changed', people: 'people.changed', person: 'alarm.acknowledged', refusal: 'refused', station: 'data.gap' } as const;
/** Every second is an alarm: a flood is what makes a time line long. */
const COURSE = ['condition', 'alarm', 'procedure', 'alarm', 'person', 'alarm', 'interlock', 'alarm', 'people', 'alarm', 'station', 'alarm', 'refusal', 'alarm', 'procedure', 'alarm'] as const;

function event(n: number, index: number, atMs: number): IncidentEvent {
  const lane = COURSE[index % COURSE.length] ?? 'station';
  const isDeed = lane === 'person' || lane === 'refusal';
  const priority = index % 50 === 1 ? 1 : index % 10 === 3 ? 2 : index % 4 === 1 ? 3 : 4;
  const words = WORDS[lane];
  return {
    n, atMs, wallMs: atMs, lane, type: TYPES[lane], by: isDeed ? (PEOPLE[index % PEOPLE.length] ?? null) : null, text: text(`${words.zh}（${index + 1}）`, `${words.en} (${index + 1})`),
    ...(lane === 'alarm' ? { priority } : {}), ...(index === 1 ? { mark: 'firstOut' as const } : {}),
  };
}

type Told = { row: IncidentRow; events: IncidentEvent[] };

export class FakeIncidents {
  private readonly all: Told[] = [];

  constructor(now: number, isOpen: boolean) {
    if (isOpen) this.all.push(openOne(now));
    this.all.push(longOne(now));
    for (let i = 0; i < 70; i += 1) this.all.push(oldOne(now, i));
  }

  list({ beforeMs = Infinity, limit }: CommandInput<'incident.list'>): CommandOutput<'incident.list'> {
    const rows = this.all.map(({ row }) => row).filter(({ openedMs }) => openedMs < beforeMs);
    return { incidents: rows.slice(0, limit), next: rows.length > limit ? (rows[limit]?.openedMs ?? 0) + 1 : null };
  }

  events({ incident, cursor = 1, limit, lanes }: CommandInput<'incident.events'>): CommandOutput<'incident.events'> | null {
    const found = this.all.find(({ row }) => row.id === incident);
    if (found === undefined) return null;
    // Like the station: a page looks at a bounded number of records, and after a filter it may be short.
    const rest = found.events.filter(({ n }) => n >= cursor), page = rest.slice(0, limit);
    return { events: page.filter(({ lane }) => lanes?.includes(lane) ?? true), next: rest.length > limit ? (rest[limit]?.n ?? null) : null, head: found.events.at(-1)?.n ?? 1 };
  }

  /** The open incident goes on. The answer is the number of the newest record. */
  goOn(atMs: number): number {
    const open = this.all.find(({ row }) => row.closedMs === null);
    const n = (open?.events.at(-1)?.n ?? RECORDS) + 1;
    open?.events.push({ ...event(n, n, atMs), lane: 'person', type: 'procedure.confirmed', by: 'wang', text: text('王班长签字：现场确认阀门关到位', 'Wang signs: valve seen closed on site') });
    return n;
  }

  lanesOf(incident: string): Record<string, number> {
    const events = this.all.find(({ row }) => row.id === incident)?.events ?? [];
    return Object.fromEntries(TIMELINE_LANES.map((lane) => [lane, events.filter((each) => each.lane === lane).length]));
  }
}

function openOne(now: number): Told {
  const openedMs = now - 62_000;
  const events = Array.from({ length: RECORDS - OPEN_FIRST + 1 }, (_, i) => event(OPEN_FIRST + i, i, openedMs - 2_000 + Math.floor(i * i * 30)));
  const stop = events.at(-4);
  if (stop !== undefined) Object.assign(stop, { lane: 'person', type: 'retreat.stop', by: 'zhang', mark: 'retreat', text: text('紧急停车已发出（仿真装置）', 'Emergency stop sent (simulated plant)') });
  return { events, row: { id: 'INC-2026-014', openedMs, closedMs: null, firstCondition: { id: 'extraction-hot', title: TITLES[0] }, fromRecord: OPEN_FIRST, toRecord: null, procedures: [...PROCEDURES], worst: 1, retreats: 1, refusals: 3, broken: 1 } };
}

function longOne(now: number): Told {
  const openedMs = now - 90_000_000, closedMs = now - 86_000_000;
  // Most of it in the first ten minutes, and some in the half hours before and after.
  const events = Array.from({ length: LONG_EVENTS }, (_, i) => event(LONG_FIRST + i, i, i < 40 ? openedMs - HALF_HOUR + 60_000 + i * 40_000 : i > LONG_EVENTS - 40 ? closedMs + (i - LONG_EVENTS + 40) * 30_000 : openedMs + Math.floor(((i - 40) / LONG_EVENTS) ** 2 * (closedMs - openedMs))));
  for (const [at, changes] of [[60, { lane: 'person', type: 'retreat.stop', by: 'zhang', mark: 'retreat', text: text('紧急停车已发出（仿真装置）', 'Emergency stop sent (simulated plant)') }], [44, { mark: 'firstOut' }], [46, { mark: 'possiblyFirst' }], [300, { lane: 'procedure', type: 'prohibition.changed', by: null, mark: 'broken', text: text('禁令违反（4.2.1）：未停车前不得进现场', 'Prohibition broken (4.2.1): nobody enters before the stop') }]] as const) Object.assign(events[at] ?? {}, changes);
  return { events, row: { id: 'INC-2026-013', openedMs, closedMs, firstCondition: { id: 'acidity-low', title: TITLES[1] }, fromRecord: LONG_FIRST, toRecord: LONG_FIRST + LONG_EVENTS - 1, procedures: [PROCEDURES[1]], worst: 2, retreats: 1, refusals: 312, broken: 1 } };
}

function oldOne(now: number, i: number): Told {
  const openedMs = now - (i + 3) * 5 * DAY, closedMs = openedMs + (8 + (i * 7) % 50) * 60_000, first = 11_800 - i * 160;
  const events = Array.from({ length: 24 }, (_, at) => event(first + at, at, openedMs + at * 18_000));
  return { events, row: { id: `INC-2026-${String(300 - i)}`, openedMs, closedMs, firstCondition: i % 5 === 4 ? null : { id: `c-${i % 4}`, title: TITLES[i % 4] ?? TITLES[0] }, fromRecord: first, toRecord: first + 23, procedures: i % 3 === 0 ? [PROCEDURES[0]] : [], worst: i % 7 === 6 ? null : (i % 4) + 1, retreats: i % 2, refusals: i % 3, broken: i % 9 === 0 ? 1 : 0 } };
}

// --- reports --------------------------------------------------------------------------------------------------------------------

/** As the product's own are: one file with its styles in it. What a report must not do is in it too, so that a preview can be seen not to. */
export function reportHtml(incident: string, language: 'zh' | 'en'): string {
  const title = language === 'zh' ? `事件报告 ${incident}` : `Incident report ${incident}`;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><style>body{margin:24px;font:16px/1.5 sans-serif;color:rgb(20,25,29)}h1{border-bottom:3px solid rgb(20,25,29)}.mode{display:inline-block;padding:2px 10px;background:rgb(20,25,29);color:rgb(255,255,255)}</style><script>parent.document.title='broken out'</script></head><body onload="parent.document.title='broken out'"><p class="mode">TRAINING</p><h1>${title}</h1><p><a href="#end">${language === 'zh' ? '到末尾' : 'to the end'}</a> <a href="https://example.com/">example</a></p><p id="styled" style="color:rgb(166,15,39)">${language === 'zh' ? '五行摘要' : 'Five lines'}</p>${Array.from({ length: 60 }, (_, i) => `<p>${i + 1}. ${language === 'zh' ? '14:02:11 报警：萃取塔温度高' : '14:02:11 Alarm: extraction tower temperature high'}</p>`).join('')}<p id="end">—</p></body></html>`;
}

export class FakeReports {
  /** Pieces of a file at a time: small, so that a file takes several. */
  pieceBytes = 4_096;
  /** The next piece that is read is not what was promised. */
  isSpoilt = false;
  private readonly contents = new Map<string, Buffer>();
  private count = 0;

  make({ incident, formats, redacted, language }: CommandInput<'report.make'>, atMs: number): ReportsSection['made'][number] {
    this.count += 1;
    const report = `R-${this.count}`;
    return { report, incident, redacted, language, atMs, toRecord: incident === 'INC-2026-013' ? LONG_FIRST + LONG_EVENTS - 1 : RECORDS, files: formats.map((format) => this.file(report, incident, format, language)) };
  }

  private file(report: string, incident: string, format: CommandInput<'report.make'>['formats'][number], language: 'zh' | 'en'): ReportsSection['made'][number]['files'][number] {
    const content = Buffer.from(format === 'html' ? reportHtml(incident, language) : `${format} of ${incident}\n`.repeat(1_000));
    const name = `${incident}_${language}${format === 'csv' ? '_events' : ''}.${format}`;
    this.contents.set(`${report}/${name}`, content);
    return { name, format, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  }

  read({ report, name, offset }: CommandInput<'report.read'>): CommandOutput<'report.read'> | null {
    const content = this.contents.get(`${report}/${name}`);
    if (content === undefined) return null;
    const piece = Buffer.from(content.subarray(offset, offset + this.pieceBytes));
    if (this.isSpoilt && piece.length > 0) piece[0] = 0;
    return { base64: piece.toString('base64'), bytes: piece.length, end: offset + piece.length >= content.length };
  }
}
