/** hmi.md rule 12: any procedure prints on A4, in both languages, with tick boxes, as it stands at that moment; read when the program is dead. */
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../../src/contract/evidence.ts';
import type { ProcedureView, ProofView, StepView } from '../../../src/contract/view.ts';
import { procedureViewSchema } from '../../../src/contract/view.ts';
import type { EvidenceKind } from '../../../src/domain/packs/schema.ts';
import { EVIDENCE_RECORD } from '../../../src/domain/proof/evidence-record.ts';
import { EVIDENCE } from '../../../src/main/paper/words.ts';
import { evidenceOf } from '../../support/procedures/evidence-for.ts';
import { paperIndex } from '../../../src/main/paper/list.ts';
import { paperSheet } from '../../../src/main/paper/sheet.ts';
import type { PaperHead } from '../../../src/main/paper/sheet.ts';
import { sheetName } from '../../../src/main/paper/folder.ts';
import { procedureView } from '../../../src/main/station/procedure-view.ts';
import { ammoniumNitrateNormal } from '../../support/rules/normal-values.ts';
import { PlantStory, shippedPlant } from '../../support/rules/plant-story.ts';

const AT = Date.UTC(2026, 10, 29, 5, 45, 7);
const MIN = 60_000;
const word = (en: string): { zh: string; en: string } => ({ zh: `中${en}`, en: `E-${en}` });

const proof = (id: string, more: Partial<ProofView> = {}): ProofView => ({ id, text: word(`proof-${id}`), kind: 'tag', state: 'false', reading: { tag: `TAG-${id}`, value: 12.5, unit: 'MPa', quality: 'good', sourceMs: AT - 1_000 }, expected: word(`expected-${id}`), signedBy: null, machine: 'false', assessment: null, figure: null, shows: null, evidence: null, asks: [], record: null, ...more });

const step = (number: number, more: Partial<StepView> = {}): StepView => ({
  id: `S${number}`, number, kind: 'command', who: 'operator', direction: 'retreat', text: word(`do-${number}`), cautions: [], prohibitions: [], proofs: [], options: [], chosen: null, permit: null, workPermit: null, takesWitness: false, earlier: [], givesWay: null, raises: null, maySkip: true,
  state: 'next', startedMs: null, dueMs: null, overdue: false, doneMs: null, doneBy: null, skipReason: null, otherwise: word(`otherwise-${number}`), ...more,
});

/** A procedure in which every part that a sheet can have is there. */
const FULL: ProcedureView = procedureViewSchema.parse({
  instance: 'P-X:7', id: 'P-X', version: 3, title: word('title'), goal: word('goal'), clauses: ['A9.9', '4.1.2'], place: 'retreating', raisedMs: AT - 30 * MIN, because: [{ condition: 'C-X', title: word('because'), atMs: AT - 31 * MIN }],
  held: true, priority: 2, applies: word('applies'),
  steps: [
    step(1, { state: 'done', startedMs: AT - 29 * MIN, doneMs: AT - 28 * MIN, doneBy: 'tags', proofs: [proof('a', { state: 'true' })] }),
    step(2, { state: 'skipped', startedMs: AT - 28 * MIN, doneMs: AT - 27 * MIN, doneBy: 'li.na', skipReason: 'already shut' }),
    step(3, { state: 'open', startedMs: AT - 27 * MIN, dueMs: AT - 20 * MIN, overdue: true, proofs: [proof('b', { state: 'unknown', reading: { tag: 'TAG-b', value: null, quality: 'bad', sourceMs: null } })] }),
    step(4, {
      state: 'now', kind: 'decide', startedMs: AT - 20 * MIN, dueMs: AT + 2 * MIN, prohibitions: ['NO-X'], cautions: [{ id: 'S4', text: word('caution'), inEffect: 'true', readBy: 'wang.wei' }],
      options: [{ id: 'LEFT', text: word('left'), because: word('left-because'), against: word('left-against'), seen: 'unknown', isDefault: true, takesSignature: false, reading: null }, { id: 'RIGHT', text: word('right'), because: word('right-because'), against: null, seen: 'none', isDefault: false, takesSignature: false, reading: null }],
      givesWay: { instance: 'P-Y:1', title: word('other'), item: word('other-item'), tag: 'XV-1', state: 'open' },
    }),
    step(5, { kind: 'goto', raises: { id: 'P-Z', title: word('raised') } }),
  ],
  handling: [step(1, { id: 'H1', text: word('handling'), permit: { given: null, verdict: { allowed: false, refusal: { operation: 'step.permit', direction: 'intervene', what: word('what'), obstacles: [{ rule: 'people', clause: '4.2.1', fact: word('obstacle'), whoCanChange: [] }], meanwhile: [word('meanwhile')] } } }, proofs: [proof('h', { kind: 'signed', reading: null, figure: { unit: '%', low: 0, high: 0.5, gas: null, value: null } })] })],
  continuous: [{ id: 'K1', who: 'operator', text: word('continuous'), state: 'overdue', dueMs: AT - MIN, reading: { tag: 'TAG-k', value: 'open', quality: 'stale', sourceMs: AT - MIN }, proofs: [proof('k')], otherwise: word('continuous-otherwise') }],
  deadlines: [{ id: 'D1', clause: 'A9.9', text: word('deadline'), state: 'exceeded', dueMs: AT - 5 * MIN, otherwise: word('deadline-otherwise') }, { id: 'D2', clause: 'A9.9', text: word('tomorrow'), state: 'running', dueMs: AT + 24 * 60 * MIN, otherwise: word('x') }],
  safeDueMs: AT + 9 * MIN, safeOverdue: false, ifNotSafe: word('if-not-safe'), led: [{ from: 'S3', procedure: 'P-L', title: word('led'), atMs: AT - 2 * MIN }], owner: { user: 'li.na', name: '李娜', atMs: AT - 29 * MIN }, suspended: { by: 'wang.wei', reason: 'a worse one', atMs: AT - 3 * MIN },
  revision: '0a1b2c3d', zones: ['Z-1'], modes: [{ id: 'discharge', title: word('mode'), state: 'inProgress', atMs: null }],
  prohibitions: [{ id: 'NO-X', clause: 'A9.9', text: word('never'), state: 'violated', undo: word('undo') }], safetyMeasures: [word('measure')], shutdownConditions: [word('shutdown')],
  safeState: [proof('s')], returnConditions: [proof('r', { kind: 'signed', reading: null, signedBy: 'zhao.min', state: 'true' })], peopleLimit: 2, interlocks: ['I-1'],
  cause: { text: 'a blocked valve', by: 'zhao.min', atMs: AT - MIN }, approvals: [{ user: 'zhao.min', role: 'engineer', atMs: AT - MIN }], wayBack: [],
} satisfies ProcedureView);

const HEAD: PaperHead = { mode: 'OPERATION', plant: word('plant'), atMs: AT, timeZone: 'Asia/Shanghai', zones: { 'Z-1': word('zone') }, interlocks: { 'I-1': word('interlock') } };
/** What a reader sees. */
const seen = (sheet: string): string => sheet.replace(/<style>.*?<\/style>/su, '').replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');

describe('what stands on the sheet', () => {
  const sheet = paperSheet(FULL, HEAD);

  test.each([
    'plant', 'title', 'goal', 'applies', 'because', 'zone', 'interlock', 'never', 'undo', 'caution', 'do-1', 'do-2', 'do-3', 'do-4', 'do-5', 'otherwise-3', 'proof-a', 'expected-a', 'left', 'left-because', 'left-against', 'right', 'other', 'other-item', 'raised',
    'continuous', 'continuous-otherwise', 'deadline', 'deadline-otherwise', 'measure', 'shutdown', 'proof-s', 'if-not-safe', 'mode', 'handling', 'obstacle', 'proof-h', 'proof-r', 'led',
  ])('REQ-PAP-01 "%s" in Chinese and in English', (name) => {
    expect(sheet).toContain(`中${name}<`);
    expect(sheet).toContain(`E-${name}<`);
  });

  test('REQ-PAP-01 whose sheet of when: mode, date, time, zone, version, revision, instance, clauses, owner', () => {
    const words = seen(sheet);
    for (const each of ['运行 OPERATION', '2026-11-29 13:45:07', 'Asia/Shanghai', 'Version 3', '0a1b2c3d', 'P-X:7', 'A9.9 · 4.1.2', '退守中 Retreating', '李娜 (li.na)', 'a worse one', 'a blocked valve']) expect(words).toContain(each);
    expect(words).not.toContain('TRAINING');
    expect(seen(paperSheet(FULL, { ...HEAD, mode: 'TRAINING' }))).toContain('训练 TRAINING');
    expect(seen(paperSheet({ ...FULL, place: 'closed' }, { ...HEAD, closedMs: AT }))).toContain('已关闭 Closed');
  });

  test('REQ-PAP-01 steps as they stand, with times and who', () => {
    const words = seen(sheet);
    for (const each of ['完成 Done 13:17:07 仪表 tags', '跳过 Skipped 13:18:07 li.na', 'already shut', '未完成 OPEN 13:18:07 → 截止 by 13:25:07 已超时 OVERDUE', '现在 NOW 13:25:07 → 截止 by 13:47:07', '待办 To do']) expect(words).toContain(each);
    expect((sheet.match(/class="box tick">√</gu) ?? []).length).toBeGreaterThan(3);
    expect(sheet).toContain('<tbody class="now">');
  });

  test('REQ-PAP-01 deadlines are absolute, with the date where it is another day', () => {
    const words = seen(sheet);
    expect(words).toContain('13:40:07 超时 EXCEEDED');
    expect(words).toContain('2026-11-30 13:45:07 计时中 running');
    expect(words).toContain('13:54:07');
  });

  test('REQ-PAP-01 a violated prohibition is marked without colour, with how to undo it; bad values say that they are bad', () => {
    expect(sheet).toMatch(/<tr class="violated"><td class="mark">✕/u);
    const words = seen(sheet);
    for (const each of ['已违反 VIOLATED', '坏 bad', '过期 stale', '不得许可 must not be given', '超时 OVERDUE', '重新授权']) expect(words).toContain(each);
  });

  test('REQ-PAP-01 prohibitions and cautions stand before the instruction', () => {
    const body = sheet.slice(sheet.indexOf('<tbody class="now">'));
    const [never, caution, instruction] = ['E-never', 'E-caution', 'E-do-4'].map((words) => body.indexOf(words));
    expect(never).toBeLessThan(caution ?? 0);
    expect(caution).toBeLessThan(instruction ?? 0);
    expect(sheet.indexOf('class="never"')).toBeLessThan(sheet.indexOf('class="steps"'));
  });

  test('REQ-PAP-01 a step that the way went round is not left as if it were to be done', () => {
    const round = paperSheet({ ...FULL, steps: [step(1), step(2, { state: 'now', startedMs: AT, dueMs: AT })] }, HEAD);
    expect(seen(round)).toContain('不在所走的路上 Not on the way taken');
  });

  test('REQ-PAP-02 nothing is asked of anybody: no script, no resource from elsewhere, A4', () => {
    expect(sheet).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:|javascript:| on\w+=/u);
    expect(sheet).toContain('@page{size:A4');
    expect(sheet).toContain('break-inside:avoid');
    expect(sheet).toContain('counter(page)');
  });

  test('REQ-PAP-02 words of people and packs are words and nothing else', () => {
    const evil = `<script>alert(1)</script>"'&\u202eabc\u0007\ud800`;
    const dirty = JSON.parse(JSON.stringify(FULL, (key, value: unknown) => (typeof value === 'string' && !['state', 'place', 'kind', 'who', 'direction', 'role', 'quality', 'operation', 'machine', 'inEffect', 'seen', 'assessment', 'shows', 'evidence', 'id'].includes(key) ? `${value}${evil}` : value))) as ProcedureView;
    const sheetOfIt = paperSheet(dirty, { ...HEAD, plant: { zh: evil, en: evil } });
    expect(sheetOfIt).not.toContain('<script');
    expect(sheetOfIt).not.toMatch(/[\u202e\u0007]/u);
    expect(sheetOfIt.isWellFormed()).toBe(true);
    expect(sheetOfIt).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    // The style sheet ends where ours ends, and its strings hold no quote of another's.
    expect(sheetOfIt.match(/<\/style>/gu)?.length).toBe(1);
    expect(/@bottom-left\{content:"([^"]*)"/u.exec(sheetOfIt)?.[1]).toMatch(/^P-X:7[\w() /]* · 运行 OPERATION$/u);
    expect(paperIndex({ zh: evil, en: evil }, [{ file: sheetName(`P${evil}`), head: { instance: `P${evil}`, title: word('t'), place: word('p'), now: null, atMs: AT } }], 'UTC')).not.toContain('<script');
  });
});

describe('evidence that was written down (4.3.3)', () => {
  const BLINDS: Evidence = { numbers: ['B-12', 'B-13'], place: 'inlet flange' };
  const LOCK: Evidence = { lock: 'L-31', tag: 'T-88', place: 'MCC 4' };
  const TRIAL: Evidence = { instrument: 'V-2', place: 'motor P-4109', result: 'bad' };
  const GAS: Evidence = { instrument: 'GD-07', points: [{ place: 'top', values: [{ gas: 'O2', value: 20.9 }, { gas: 'LEL', value: 0 }] }, { place: 'bottom <b>', values: [{ gas: 'O2', value: 20.4 }] }], sampledMs: AT - 10 * MIN, validForMs: 30 * MIN };
  const signedWith = (evidence: Evidence, more: Partial<NonNullable<ProofView['record']>> = {}): string => {
    const record = { evidence, untilMs: evidence.sampledMs === undefined ? null : evidence.sampledMs + (evidence.validForMs ?? 0), witness: 'wang.wei', removed: [], ...more };
    const view = procedureViewSchema.parse({ ...FULL, handling: [step(1, { id: 'H1', state: 'now', startedMs: AT, proofs: [proof('e', { kind: 'signed', reading: null, signedBy: 'li.na', state: 'true', record })] })] });
    return paperSheet(view, HEAD);
  };

  test.each<[string, Evidence, readonly string[]]>([
    ['blinds by number', BLINDS, ['盲板 Blinds B-12 B-13', '位置 Place inlet flange', '签字 signed by li.na', '见证 Witness wang.wei']],
    ['lock and tag by number', LOCK, ['锁 Lock L-31', '牌 Tag T-88', '位置 Place MCC 4']],
    ['a trial and what came of it', TRIAL, ['仪器 Instrument V-2', '结果 Result 不符合 NOT as it should be']],
    ['a gas test: by what, where, which values with units, when, until when', GAS, ['仪器 Instrument GD-07', 'top: O2 20.9 vol%, LEL 0 %LEL', 'bottom &lt;b&gt;: O2 20.4 vol%', '取样 Sampled 13:35:07', '有效至 Holds until 14:05:07']],
  ])('REQ-PAP-01 4.3.3 %s', (_what, evidence, told) => {
    const words = seen(signedWith(evidence));
    for (const each of told) expect(words).toContain(each);
    expect(words).not.toMatch(/undefined|RUN OUT|Taken away/u);
  });

  test('REQ-PAP-01 4.3.3 what was taken away and what has run out says so; without a record there is none of it', () => {
    expect(seen(signedWith(BLINDS, { removed: ['B-13'] }))).toContain('已拆除 Taken away B-13');
    expect(seen(signedWith(GAS, { untilMs: AT }))).toContain('有效至 Holds until 13:45:07 已失效，须重做 RUN OUT: do it again');
    expect(seen(signedWith(GAS, { untilMs: AT + 1_000 }))).not.toContain('RUN OUT');
    expect(seen(signedWith(BLINDS, { witness: null }))).not.toContain('Witness');
    expect(paperSheet(FULL, HEAD)).not.toContain('class="record"');
  });

  test('REQ-PAP-01 4.3.3 every kind of evidence of the table prints every field that it needs', () => {
    for (const kind of Object.keys(EVIDENCE_RECORD) as EvidenceKind[]) {
      const evidence = evidenceOf(kind, AT);
      const words = seen(signedWith(evidence));
      for (const field of EVIDENCE_RECORD[kind].needs) expect(words, `${kind} ${field}`).toContain(field === 'points' ? 'top: O2 20.9 vol%' : EVIDENCE[field].en);
    }
  });
});

describe('names of files', () => {
  test('REQ-PAP-03 one for each instance, and none that leads elsewhere', () => {
    expect(sheetName('P-A4.9:1')).toBe('P-A4.9=1.html');
    expect(sheetName('P-A3.1(7):12')).toBe('P-A3.1(7)=12.html');
    const names = ['a/b', 'a:b', 'a_b', 'a~b', '../a', '..', '.', 'a\\b', 'a=b', 'a\0b', 'a b'].map(sheetName);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\w~(][\w\-.()=~]*\.html$/u);
  });
});

describe('a shipped procedure prints', () => {
  test('REQ-PAP-01 A2.7 as it runs, from the real view; no part is missing and none is "undefined"', () => {
    const pack = shippedPlant('ammonium-nitrate');
    const story = new PlantStory(pack, ammoniumNitrateNormal(pack)).set({ 'XS-2500': 'stopped', 'FI-2416': 0, 'P-2405': 'stopped', 'II-2413': 0, 'PI-2415': 0 }).run(10_000).set({ 'I-2402-TRIP': true }).run(30_000);
    const [run] = story.state.runs;
    if (run === undefined) throw new Error('nothing runs');
    const sheet = paperSheet(procedureView(story.plant, story.state, run, AT, []), { ...HEAD, plant: pack.title });
    for (const each of ['P-A2.7', '立即切断储槽蒸汽', 'Less than 20 min in the seal tank', 'XV-2415', '现在 NOW']) expect(seen(sheet)).toContain(each);
    expect(seen(sheet)).not.toMatch(/undefined|\[object|null|NaN/u);
  });
});
