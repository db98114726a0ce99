/** REQ-RPT-27 to 31: whatever the journal holds, the report of it is a valid one; and whoever is in it, a redacted one names nobody. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/journal/canonical-json.ts';
import type { JsonValue } from '../../src/domain/journal/canonical-json.ts';
import { NO_SAMPLES } from '../../src/domain/report/draft.ts';
import { redact } from '../../src/domain/report/redact.ts';
import type { ReportDraft } from '../../src/domain/report/incident.ts';
import type { ReadRecord } from '../../src/domain/report/read-incident.ts';
import { strings } from '../../src/domain/report/words.ts';
import { decimate } from '../../src/domain/samples/decimate.ts';
import { DAY, FIELD, LONG, SHORT } from '../support/report/incident-journal.ts';
import { draftOf, draftSchema, read, story } from '../support/report/story.ts';
import { PEOPLE } from '../unit/domain/bench.ts';

beforeAll(() => { story(); }, 120_000);

const RUNS = 25;

function reportOf(records: readonly ReadRecord[]): ReportDraft | null {
  const found = read(records, story().journal.incident);
  return found.ok ? draftOf(found.value) : null;
}
const canonical = (value: unknown): string => { const made = canonicalJson(value); return made.ok ? made.text : expect.fail(made.problem.message); };

describe('REQ-RPT-27 a journal that ends anywhere', () => {
  it('gives a report that the contract takes, whole and redacted, or says why there is none', () => {
    const { records, journal } = story();
    const opened = records.findIndex(({ type }) => type === 'incident.opened');
    fc.assert(fc.property(fc.integer({ min: 0, max: records.length }), (end) => {
      const made = reportOf(records.slice(0, end));
      expect([end, made === null]).toEqual([end, end <= opened]);
      if (made === null) return;
      expect(draftSchema.safeParse(made).error).toBeUndefined();
      expect(draftSchema.safeParse(redact(made)).error).toBeUndefined();
      expect(made.incident.id).toBe(journal.incident);
    }), { numRuns: RUNS });
  });

  it('and one of which any records are missing or came twice', () => {
    const { records } = story();
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: records.length - 1 }), { maxLength: 40 }), fc.boolean(), (places, isTwice) => {
      const hurt = records.flatMap((record, i) => (places.includes(i) && !['incident.opened', 'pack.recorded'].includes(record.type) ? (isTwice ? [record, record] : []) : [record]));
      const made = reportOf(hurt);
      expect(made === null ? 'no report' : draftSchema.safeParse(made).error).toBeUndefined();
    }), { numRuns: RUNS });
  });
});

describe('REQ-RPT-28 newer records', () => {
  it('kinds that nobody knows yet, wherever they stand, change nothing but what is overdue by then', () => {
    const { records, draft } = story();
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: records.length - 1 }), fc.constantFrom('reactor.dreamt', 'alarm.sung', 'constructor', 'journal.rotated', 'toString')), { maxLength: 20 }), fc.jsonValue(), (strange, data) => {
      const mixed = records.flatMap((record, i) => [record, ...strange.filter(([at]) => at === i).map(([, type]): ReadRecord => ({ ...record, type, data: data as JsonValue }))]);
      expect(canonical(reportOf(mixed))).toBe(canonical(draft));
    }), { numRuns: RUNS });
  });
});

// --- redaction --------------------------------------------------------------------------------------------------------------

/** Everybody of the story, by what stands in its records; each is given another name. (Zhao Min's name stands in none: no journal of hers could give it away.) */
const ORIGINALS = [...Object.values(PEOPLE), SHORT, LONG].flatMap(({ user, name }) => [user, name]).concat(Object.values(FIELD), '郑责任').filter((name) => name !== PEOPLE.engineer.name);
const TOKENS = new RegExp(ORIGINALS.toSorted((a, b) => b.length - a.length).map((each) => each.replaceAll('.', String.raw`\.`)).join('|'), 'gu');

/** The story with other people in it: in every field and in the middle of all free words. */
function renamed(names: ReadonlyMap<string, string>): ReadRecord[] {
  const put = (words: string): string => words.replaceAll(TOKENS, (token) => names.get(token) ?? token);
  const walk = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return put(value);
    if (Array.isArray(value)) return value.map((item: JsonValue) => walk(item));
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item as JsonValue)])) : value;
  };
  return story().records.map((record) => (record.type === 'pack.recorded' ? record : { ...record, by: record.by === null ? null : put(record.by), data: walk(record.data) }));
}

const latin = fc.stringMatching(/^[a-z]{3,9}$/u);
const account = fc.oneof(latin, fc.tuple(latin, latin).map((parts) => parts.join('.')), fc.tuple(latin, fc.integer({ min: 1, max: 120 })).map(([word, n]) => `${word}${String(n)}`), fc.constantFrom('operator', 'engineer', 'op1', 'op10', 'op100', 'pump', 'alarm'));
const han = fc.stringMatching(/^[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张][伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平]{1,2}$/u);
const called = fc.oneof(han, fc.tuple(latin, latin).map(([a, b]) => `${a[0]?.toUpperCase() ?? ''}${a.slice(1)} ${b[0]?.toUpperCase() ?? ''}${b.slice(1)}`), latin);
const people = fc.tuple(fc.uniqueArray(account, { minLength: 7, maxLength: 7 }), fc.uniqueArray(called, { minLength: 10, maxLength: 10 })).map(([users, names]) => {
  const given = new Map<string, string>();
  [...Object.values(PEOPLE), SHORT, LONG].forEach(({ user, name }, i) => { given.set(user, users[i] ?? ''); given.set(name, names[i] ?? ''); });
  [FIELD.first, FIELD.second, '郑责任'].forEach((name, i) => given.set(name, names[7 + i] ?? ''));
  given.delete(PEOPLE.engineer.name);
  return given;
});

/** What the report says whoever was there: a name that reads like a word of it cannot be told from that word. */
let plain = '';
beforeAll(() => {
  const neutral = new Map(ORIGINALS.map((each, i) => [each, `${String.fromCharCode(0x3b1 + i)}ωψ`]));
  plain = JSON.stringify(redact(reportOf(renamed(neutral)) ?? expect.fail('no report'))).toLowerCase();
});

describe('REQ-RPT-29 a redacted report', () => {
  const without = (names: ReadonlyMap<string, string>, around: (name: string) => string): void => {
    const withWords = renamed(names).map((record) => (record.type === 'action.opened' ? { ...record, data: { ...(record.data as Record<string, JsonValue>), contingency: [...names.values()].map(around).join(' ').slice(0, 500) } } : record));
    const made = reportOf(withWords) ?? expect.fail('no report');
    const gone = redact(made);
    expect(draftSchema.safeParse(gone).error).toBeUndefined();
    const words = JSON.stringify(gone).toLowerCase();
    const left = [...names.values()].filter((name) => words.includes(name.toLowerCase()) && !plain.includes(name.toLowerCase()));
    expect([...names.entries(), left]).toEqual([...names.entries(), []]);
  };

  it('names nobody, anywhere: no account, no name, in no field and in no sentence', () => {
    fc.assert(fc.property(people, (names) => without(names, (name) => `said ${name}, twice`)), { numRuns: RUNS });
  });

  it('nor inside a word, at its end, in capitals, or in the middle of a Chinese sentence', () => {
    fc.assert(fc.property(people, fc.constantFrom<(name: string) => string>((name) => `q${name}qz`, (name) => `${name}'s`, (name) => `${name}7`, (name) => name.toUpperCase(), (name) => `由${name}切换时`, (name) => `_${name}_`), (names, around) => without(names, around)), { numRuns: RUNS });
  });

  it('has everything else as it was: the same numbers, times and states, the same words where nobody is named', () => {
    fc.assert(fc.property(people, (names) => {
      const made = reportOf(renamed(names)) ?? expect.fail('no report');
      const gone = redact(made);
      const shape = (value: unknown): unknown => (typeof value === 'string' ? '' : Array.isArray(value) ? value.map(shape) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'user' || key === 'name' ? null : shape(item)])) : value);
      expect(shape(gone)).toEqual(shape({ ...made, people: { ...made.people, directory: made.people.directory.map((row) => ({ ...row, user: null, name: null })) } }));
      expect(gone.procedures.map(({ title, steps }) => [title, steps.map(({ text, proof }) => [text, proof.map((each) => each.text)])])).toEqual(made.procedures.map(({ title, steps }) => [title, steps.map(({ text, proof }) => [text, proof.map((each) => each.text)])]));
      expect(gone.people.directory.map(({ key, label, roles }) => [key, label, roles])).toEqual(made.people.directory.map(({ key, label, roles }) => [key, label, roles]));
    }), { numRuns: RUNS });
  });

  it('is the same each time, and redacting it again changes nothing', () => {
    const once = redact(story().draft);
    expect(canonical(redact(story().draft))).toBe(canonical(once));
    expect(canonical(redact(once))).toBe(canonical(once));
  });

  it('says who by label: two people in one sentence are two', () => {
    const handed = redact(story().draft).timeline.events.find(({ text }) => text.en.includes('hands the post'));
    expect(handed?.text.en).toMatch(/^supervisor 1 hands the post of commander over to person \d+ \(both signed\)$/u);
  });

  it('a role’s own word is the role, though an account is called that', () => {
    const names = new Map(ORIGINALS.map((each, i) => [each, each === 'wang.wei' ? 'engineer' : `Zz${String(i)}`]));
    const made = reportOf(renamed(names)) ?? expect.fail('no report');
    const reset = redact(made).timeline.events.find(({ text }) => text.en.includes('Reset of interlock I-4100 approved'));
    expect(reset?.text.en).toBe('Reset of interlock I-4100 approved (engineer)');
    expect(redact(made).people.directory.every(({ user, name }) => user === null && name === null)).toBe(true);
  });

  it('half a name goes where it can only be that person’s; a word of the rules stays', () => {
    const names = new Map(ORIGINALS.map((each, i) => [each, each === FIELD.first ? 'Gerda Interlock' : each === '李娜' ? 'Gerda' : `Zz${String(i)}`]));
    const made = reportOf(renamed(names)) ?? expect.fail('no report');
    expect([...strings(redact(made))].some(({ words }) => words.includes('Interlock I-4200'))).toBe(true);
  });
});

describe('REQ-RPT-30 thinning', () => {
  it('keeps order, number, lowest and highest, and at least one hole where there are any', () => {
    fc.assert(fc.property(fc.array(fc.option(fc.integer({ min: -1_000, max: 1_000 }), { nil: null }), { maxLength: 400 }), fc.integer({ min: 3, max: 60 }), (values, most) => {
      const points = values.map((value, i) => [i, value] as const);
      const thin = decimate(points, most);
      const numbers = values.filter((value) => value !== null);
      expect([thin.length <= most || thin.length <= 3, thin.map(([ms]) => ms)]).toEqual([true, thin.map(([ms]) => ms).toSorted((a, b) => a - b)]);
      if (numbers.length > 0) expect([Math.min(...thin.flatMap(([, value]) => value ?? [])), Math.max(...thin.flatMap(([, value]) => value ?? []))]).toEqual([Math.min(...numbers), Math.max(...numbers)]);
      expect(thin.some(([, value]) => value === null)).toBe(values.includes(null));
    }));
  });
});

describe('REQ-RPT-31 four hours, 500 tags', () => {
  it('a long incident is read and drafted with no more than its own records, and with the samples of one tag at a time', () => {
    const { records, journal, incident } = story();
    const last = incident.incident.closedMs ?? 0;
    // Four more hours before it closes, twice a second a condition of another tag that comes and goes.
    const closing = records.findIndex(({ type }) => type === 'incident.closed');
    const tags = incident.plant.pack.conditions.filter(({ role }) => role === 'warning').map(({ id }) => id);
    const busy = function* (): Generator<ReadRecord> {
      yield* records.slice(0, closing);
      for (let i = 0; i < 4 * 7_200; i += 1) yield { n: 10_000 + i, type: 'condition.changed', atMs: last + i * 500, wallMs: 0, by: null, data: { id: tags[i % tags.length] ?? '', state: i % (2 * tags.length) < tags.length ? 'raised' : 'cleared', sourceMs: last + i * 500, input: null, value: null, limit: null } };
      yield { ...(records[closing] as ReadRecord), n: 90_000, atMs: last + 4 * 3_600_000 };
    };
    const found = read(busy(), journal.incident);
    if (!found.ok) return expect.fail(JSON.stringify(found.problem));
    let [open, most, asked] = [0, 0, 0];
    const series = () => { asked += 1; open += 1; most = Math.max(most, open); const made = Array.from({ length: 14_400 * 4 }, (_, i) => [last + i * 250, i % 97] as const); open -= 1; return made; };
    const made = draftOf(found.value, { ...NO_SAMPLES, recording: { fromMs: 0, toMs: DAY, samples: 1, tags: 500, bytes: 1, hash: '', verdict: 'whole', gaps: [] }, series });
    expect(draftSchema.safeParse(made).error).toBeUndefined();
    expect([most, asked <= 24, made.timeline.events.length, made.timeline.left]).toEqual([1, true, 20_000, found.value.records.length - 20_000]);
  });
});
