/** The report as one page: everything in it, in both languages, whatever people have written. */
import { describe, expect, test } from 'vitest';
import { incidentReportSchema } from '../../../src/contract/report.ts';
import type { IncidentReport } from '../../../src/contract/report.ts';
import { redact } from '../../../src/domain/report/redact.ts';
import { timelinePicture } from '../../../src/main/reports/charts/timeline.ts';
import { reportHtml, SECTIONS } from '../../../src/main/reports/html.ts';
import { Pen } from '../../../src/main/reports/pen.ts';
import { ROWS_SHOWN } from '../../../src/main/reports/sections/timeline.ts';
import { cssString } from '../../../src/main/reports/style.ts';
import { exampleReport, HOSTILE, LONG_WORD, T0 } from '../../support/report/example-report.ts';

const LANGUAGES = ['zh', 'en'] as const;
const page = (change: Partial<IncidentReport> = {}, language: 'zh' | 'en' = 'zh'): string => reportHtml(incidentReportSchema.parse(exampleReport(change)), { language, timeZone: 'Asia/Shanghai' });
const styleOf = (html: string): string => /<style>(.*?)<\/style>/su.exec(html)?.[1] ?? '';
/** What a reader sees. */
const seen = (html: string): string => html.replace(/<style>.*?<\/style>/su, '').replaceAll(/<[^>]*>/gu, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll(/\s+/gu, ' ');
const sectionOf = (html: string, id: string): string => new RegExp(`<section id="${id}">.*?</section>`, 'su').exec(html)?.[0] ?? '';

describe('REQ-RPT-60 everything that the contract holds is in the page', () => {
  test.each(LANGUAGES)('each section has its title and its contents (%s)', (language) => {
    const html = page({}, language);
    for (const { id, title } of SECTIONS) {
      expect(sectionOf(html, id), id).toContain(title[language]);
      expect(seen(sectionOf(html, id)).length, id).toBeGreaterThan(seen(title[language]).length + 20);
    }
  });

  test('the deciding figures and names of every section', () => {
    const html = page({}, 'en');
    const wanted: Readonly<Record<string, readonly string[]>> = {
      'summary': ['It reached 79.3 °C', 'Two corrective actions are owed'],
      'identity': ['INC-20261129-1', 'East site, phase 2', '2026-11-29 13:45:07', '32 min', '李娜', 'op1', 'Asia/Shanghai'],
      'clauses': ['3.3', 'NOT MET', 'UNKNOWN', '#113', 'There is no ammonium nitrate'],
      'timeline': ['13:45:07.3', '#101', 'Refused bypass.request', '12 more'],
      'alarms': ['first-out', 'Possibly first (clocks cannot tell)', '± 1.2 s', '41 s', 'LATE', 'NOT ANSWERED', 'STILL HELD', 'unknown meanwhile', 'out of sight', '3 more'],
      'trends': ['TI-4203', '> 60 C-A4.2(2)-TI-4203', '18,412', 'Emergency stop'],
      'interlocks': ['SHOULD HAVE TRIPPED', 'TI-4203 was above 65 °C', 'NOT APPROVED', 'RESET BY FORCE', 'PT-4205A', 'B-17', 'I-4100'],
      'procedures': ['31 min', 'LATE', 'LEFT OUT', 'NO PROOF', 'by senses', 'signed', 'EXCEEDED', 'Its time ran out', 'not reached'],
      'prohibitions': ['BROKEN', '6 min 12 s', 'UNKNOWN', 'kept'],
      'refusals': ['procedure.return', 'Interlock I-4200 is bypassed without', 'Wang Qiang turns the bypass key back', 'nothing on record'],
      'people': ['4 min 20 s', 'Count unknown for', '61.5', 'NOT SEEN LEAVING', 'NOT SHOWN EMPTY', '孙立'],
      'command': ['Emergency stop', 'Evacuation', 'acted on the simulator', 'relieved', 'Takes command', '#159'],
      'kpi': ['Peak in 10 min', 'OVER', 'unknown'],
      'causes': ['旁路管理失效', '旁路交接没有书面清单', 'No root cause was reached', '夜班只有一名内操', '#203'],
      'actions': ['CA-7', 'OVERDUE', '等待印刷', '验收单 2026-118', '大修'],
      'follow-ups': ['FU-1', '氧化塔失控桌面演练', 'P-A4.2'],
      'what-if': ['5 min earlier', 'as it was', 'Decomposition, relief', '0.42', 'Simulated'],
      'signatures': ['Return approved', 'engineer', '#161'],
      'recording': ['1,204,331', 'whole', 'The link to the DCS was lost', 'AI-4210, AI-4211'],
      'proof': ['sound', '#84 – #211', '#500', 'node verify.ts journal.sqlite --key MCow'],
    };
    for (const [id, words] of Object.entries(wanted)) for (const word of words) expect(seen(sectionOf(html, id)), id).toContain(word);
  });

  test('not met and unknown clauses come before met ones, broken prohibitions before kept ones', () => {
    const html = page({}, 'en');
    const order = (id: string, words: readonly string[]): number[] => words.map((word) => seen(sectionOf(html, id)).indexOf(word));
    for (const places of [order('clauses', ['Bypass B-17', 'count is unknown', 'raised within', 'no ammonium']), order('prohibitions', ['No running on', 'No more than 2', 'No water'])]) expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('an empty report says of each part that there is nothing, and leaves none blank', () => {
    const html = page({
      timeline: { events: [], left: 0 }, firstOuts: [], conditions: [], alarms: { raises: [], left: 0 }, trends: [], marks: [], interlocks: [], procedures: [], refusals: [], people: { directory: [], zones: [], rollCalls: [] }, command: { retreats: [], posts: [], handOvers: [], orders: [] },
      clauses: [], kpi: [], causes: { stated: [], chains: [], factors: [], concluded: null }, actions: [], followUps: [], signatures: [], recording: null, whatIf: null,
    }, 'en');
    for (const id of ['timeline', 'alarms', 'interlocks', 'procedures', 'prohibitions', 'refusals', 'people', 'command', 'clauses', 'kpi', 'actions', 'follow-ups', 'signatures']) expect(seen(sectionOf(html, id)), id).toContain('Nothing on record.');
    expect(seen(sectionOf(html, 'causes'))).toContain('The cause analysis has not been concluded.');
    expect(seen(sectionOf(html, 'recording'))).toContain('No process data were kept');
    expect(html).not.toContain('id="what-if"');
  });
});

describe('REQ-RPT-61 the page is one file that asks for nothing', () => {
  test('no script, no style attribute, no address; the policy allows the one style sheet by its hash', async () => {
    const html = page();
    const tags = html.replace(/<style>.*?<\/style>/su, '').match(/<[^>]*>/gu) ?? [];
    expect(tags.length).toBeGreaterThan(1_000);
    expect(tags.filter((tag) => /^<(?:script|link|img|iframe|object|embed|form|base)\b|\sstyle=|\son\w+=|https?:/iu.test(tag))).toEqual([]);
    expect(styleOf(html)).not.toMatch(/@import|https?:/u);
    for (const [, target] of html.matchAll(/(?:href|src)="([^"]*)"/gu)) expect(target).toMatch(/^#[\w-]+$/u);
    for (const [, target] of html.matchAll(/url\(([^)]*)\)/gu)) expect(target).toMatch(/^#[\w-]+$/u);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(styleOf(html)))).toString('base64');
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`);
  });

  test('words that end the style sheet, a title or an attribute are words, wherever they stand', () => {
    const hostile = { zh: HOSTILE, en: HOSTILE };
    const html = page({ plant: { id: 'h2o2', title: hostile, site: hostile, packHash: '"><script>' }, product: { version: `1${HOSTILE}`.slice(0, 40) } });
    expect(html.match(/<\/style>/gu)).toHaveLength(1);
    expect(/<script|<img/u.test(html)).toBe(false);
    expect(seen(html)).toContain(HOSTILE);
    expect(/[\u202a-\u202e\u2066-\u2069\u0007]/u.test(html)).toBe(false);
  });

  test('a string of the style sheet holds nothing but letters, digits and code points', () => {
    expect(cssString('a"b</style>\\\n退守')).toBe('"a\\22 b\\3c \\2f style\\3e \\5c \\a 退守"');
    expect(styleOf(page({ plant: { id: 'h2o2', title: { zh: '";}body{display:none}</style>', en: 'x' }, site: null, packHash: 'a' } }))).not.toContain('body{display:none}');
  });

  test('a word of 2,000 characters is whole', () => {
    expect(seen(page())).toContain(LONG_WORD.slice(0, 1_900));
  });
});

describe('REQ-RPT-62 whose page it is stands on every page', () => {
  const rule = (html: string, box: string): string => new RegExp(`@${box}\\{content:(.*?);`, 'u').exec(styleOf(html))?.[1] ?? '';
  test.each([['OPERATION', '运行'], ['TRAINING', '演练'], ['RECONSTRUCTED', '重建']] as const)('%s: plant, incident, mode in both languages, page x of y', (mode, zh) => {
    const html = page({ mode });
    expect(rule(html, 'top-center')).toBe(`"${mode} ${zh}"`);
    expect(rule(html, 'top-right')).toContain('INC\\2d 20261129\\2d 1');
    expect(rule(html, 'top-left')).toContain('过氧化氢装置');
    expect(rule(html, 'bottom-right')).toBe('counter(page) " / " counter(pages)');
    // Only what is not the plant's has the band down its edges.
    expect(styleOf(html).includes('@left-middle')).toBe(mode !== 'OPERATION');
    expect(seen(html).includes('这是演练')).toBe(mode === 'TRAINING');
  });

  test('a page without names says so in its head and at its beginning', () => {
    const html = reportHtml(redact(incidentReportSchema.parse(exampleReport())), { language: 'zh', timeZone: 'Asia/Shanghai' });
    expect(rule(html, 'top-right')).toContain('隐名');
    expect(seen(sectionOf(html, 'summary'))).toContain('本报告已隐去姓名');
    expect(['李娜', '王强', '孙立', 'sup1'].filter((name) => html.includes(name))).toEqual([]);
  });

  test('a journal that is not sound is told before anything is believed', () => {
    const { proof } = exampleReport();
    const html = page({ proof: { ...proof, verdict: 'altered', detail: 'record 90 does not fit its hash', signedBy: null } }, 'en');
    expect(seen(sectionOf(html, 'summary'))).toContain('ALTERED');
    expect(seen(sectionOf(html, 'proof'))).toContain('NO SIGNED CHECKPOINT');
  });
});

describe('REQ-RPT-63 long lists end, and what is left out is counted', () => {
  test('of 20,000 events the deeds come first and the rest is said to be in the CSV', () => {
    const [some] = exampleReport().timeline.events;
    const events = Array.from({ length: 20_000 }, (_, i) => ({ ...(some as NonNullable<typeof some>), n: i + 1, atMs: T0 + i * 10, lane: i % 100 === 0 ? 'person' as const : 'alarm' as const, text: { zh: `第${String(i)}件`, en: `event ${String(i)}.` } }));
    const html = page({ timeline: { events, left: 5 } }, 'en');
    expect(sectionOf(html, 'timeline').match(/<tr class=/gu)).toHaveLength(ROWS_SHOWN);
    expect(seen(sectionOf(html, 'timeline'))).toContain('event 19900.');
    expect(seen(sectionOf(html, 'timeline'))).toContain(`${(20_005 - ROWS_SHOWN).toLocaleString('en')} more in the CSV of events.`);
    expect(html.length).toBeLessThan(1_000_000);
  });

  test('a picture with more conditions than rows says how many more', () => {
    const report = exampleReport();
    const [one] = report.conditions;
    const many = Array.from({ length: 300 }, (_, i) => ({ ...(one as NonNullable<typeof one>), id: `C-${String(i)}` }));
    const svg = timelinePicture({ ...report, conditions: many }, new Pen(report, { language: 'en', timeZone: 'UTC' }));
    expect(svg).toContain('>+286<');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
  });

  test('no picture has a figure that is none, whatever the numbers', () => {
    const trend = exampleReport().trends[0] as IncidentReport['trends'][number];
    const odd = [[], [[T0, null]], [[T0, 5]], [[T0, 1e300], [T0 + 1, -1e300]], [[T0 - 9e9, 1], [T0 + 9e9, 2]]] as IncidentReport['trends'][number]['points'][];
    const html = page({ trends: odd.map((points) => ({ ...trend, points, limits: [] })), incident: { id: 'I-1', openedMs: T0, closedMs: T0, firstCondition: null, fromMs: T0, toMs: T0 } });
    expect(/NaN|Infinity|undefined/u.exec(html)).toBe(null);
  });
});
