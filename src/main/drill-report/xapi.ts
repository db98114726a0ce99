/**
 * Records per person as xAPI statements (version 1.0.3: actor, verb, object, result, context, timestamp), for a learning record store. The same
 * record gives the same statement with the same id, so that a store that gets it twice keeps it once.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SignedRecord } from './read-exercise.ts';

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
const iri = z.string().max(2_000).regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/u);
/** RFC 5646: the two that we write. */
const languageMap = z.strictObject({ 'zh-CN': z.string().max(2_000), 'en-US': z.string().max(2_000) });
const timestamp = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u);
/** An agent has exactly one identifier: here the account. */
const agent = z.strictObject({ objectType: z.literal('Agent'), name: z.string().min(1).max(80), account: z.strictObject({ homePage: iri, name: z.string().min(1).max(80) }) });
const activity = z.strictObject({ objectType: z.literal('Activity'), id: iri, definition: z.strictObject({ type: iri, name: languageMap }).optional() });
const extensions = z.record(iri, z.json());

/** The part of the statement model that we write, and nothing beyond it. */
export const statementSchema = z.strictObject({
  id: uuid, actor: agent, verb: z.strictObject({ id: iri, display: languageMap }), object: activity,
  result: z.strictObject({ score: z.strictObject({ scaled: z.number().min(-1).max(1), raw: z.number(), min: z.number(), max: z.number() }).refine(({ raw, min, max }) => raw >= min && raw <= max), success: z.boolean(), completion: z.boolean().optional(), duration: z.string().regex(/^PT\d+(?:\.\d{1,2})?S$/u).optional(), response: z.string().max(2_000).optional(), extensions }),
  context: z.strictObject({ registration: uuid, instructor: agent.optional(), platform: z.string().max(80), language: z.literal('zh-CN'), contextActivities: z.strictObject({ grouping: z.array(activity).max(5), category: z.array(activity).max(20) }), extensions }),
  timestamp, version: z.literal('1.0.3'),
});
export type Statement = z.infer<typeof statementSchema>;

/** Nobody owns it and nothing answers there (RFC 2606): an identifier, not an address. */
const BASE = 'https://haven.invalid';
const VERBS = {
  passed: { 'id': 'http://adlnet.gov/expapi/verbs/passed', 'display': { 'zh-CN': '合格', 'en-US': 'passed' } },
  failed: { 'id': 'http://adlnet.gov/expapi/verbs/failed', 'display': { 'zh-CN': '不合格', 'en-US': 'failed' } },
} as const;
const SIMULATION = 'http://adlnet.gov/expapi/activities/simulation';

const path = (word: string): string => encodeURIComponent(word);
const agentOf = (plant: string, user: string, name: string): Statement['actor'] => ({ objectType: 'Agent', name: name === '' ? user : name, account: { homePage: `${BASE}/plants/${path(plant)}/accounts`, name: user } });
const iso = (ms: number): string => new Date(ms).toISOString();

export function statementOf({ record, n, by }: SignedRecord): Statement {
  const { id, user, name, plant, scenario, title, clauses, exercise, atMs, total, passed, validUntilMs, retrainByMs, instructor, comment, breaches, post, lastedS, completed } = record;
  return {
    id: uuidOf(`${plant}/${exercise}/${id}/${user}/${String(n)}/${String(atMs)}`), actor: agentOf(plant, user, name), verb: passed ? VERBS.passed : VERBS.failed,
    object: { objectType: 'Activity', id: `${BASE}/plants/${path(plant)}/scenarios/${path(scenario)}`, definition: { type: SIMULATION, name: { 'zh-CN': title.zh, 'en-US': title.en } } },
    result: {
      score: { scaled: Math.round(total * 10) / 1_000, raw: total, min: 0, max: 100 }, success: passed, ...(completed === undefined ? {} : { completion: completed }), ...(lastedS === undefined ? {} : { duration: `PT${String(Math.round(lastedS * 100) / 100)}S` }), ...(comment === '' ? {} : { response: comment }),
      extensions: { [`${BASE}/xapi/valid-until`]: validUntilMs === null ? null : iso(validUntilMs), [`${BASE}/xapi/retrain-by`]: retrainByMs === null ? null : iso(retrainByMs), [`${BASE}/xapi/breaches`]: [...breaches] },
    },
    context: {
      registration: uuidOf(`${plant}/${exercise}`), ...(by === '' ? {} : { instructor: agentOf(plant, by, instructor ?? '') }), platform: 'Haven', language: 'zh-CN',
      contextActivities: { grouping: [{ objectType: 'Activity', id: `${BASE}/plants/${path(plant)}` }], category: clauses.map((clause) => ({ objectType: 'Activity', id: `${BASE}/clauses/${path(clause)}` })) },
      extensions: { [`${BASE}/xapi/mode`]: 'TRAINING', [`${BASE}/xapi/post`]: post, [`${BASE}/xapi/journal-record`]: n },
    },
    timestamp: iso(atMs), version: '1.0.3',
  };
}

/** Only what the model takes leaves the house. */
export function statementsText(records: readonly SignedRecord[]): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string } {
  const statements = records.map(statementOf);
  const checked = z.array(statementSchema).safeParse(statements);
  return checked.success ? { ok: true, text: `${JSON.stringify(checked.data, null, 2)}\n` } : { ok: false, problem: `${checked.error.issues[0]?.path.join('.') ?? ''}: ${checked.error.issues[0]?.message ?? ''}` };
}

/** A version 5 UUID (RFC 4122): of a name within our own space. */
function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
const NAMESPACE = createHash('sha1').update(BASE).digest().subarray(0, 16);
