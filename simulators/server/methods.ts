/** What the instructor can ask for: name, arguments, deed. Every argument comes from outside; every answer is a value. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import { clauseOf } from '../machine/events.ts';
import { MACRO_STEP_S } from '../machine/machine.ts';
import { eventsSince, overlay, truthSince } from './answers.ts';
import { readLimits } from './goal.ts';
import type { SimulationSession } from './session.ts';

export type Answer = Checked<unknown>;
export interface Argument { readonly name: string; readonly type: 'text' | 'number' }
export interface MethodDefinition { readonly name: string; readonly inputs: readonly Argument[]; readonly run: (session: SimulationSession, args: readonly unknown[]) => Answer }

const text = (name: string): Argument => ({ name, type: 'text' });
const number = (name: string): Argument => ({ name, type: 'number' });
const done: Answer = { ok: true, value: {} };
/** a run to the next alarm ends after so long at the latest */
const ALARM_WITHIN_S = 14_400;
const DAY_S = 86_400;
const TOGETHER_MAX = 9;

export const METHODS: readonly MethodDefinition[] = [
  // time
  { name: 'Freeze', inputs: [], run: (s) => { s.freeze(); return done; } },
  { name: 'Resume', inputs: [], run: (s) => { s.resume(); return done; } },
  { name: 'SetSpeed', inputs: [number('speed')], run: (s, [speed]) => s.setSpeed(Number(speed)) },
  { name: 'Step', inputs: [number('seconds')], run: (s, [seconds]) => s.step(Number(seconds) === 0 ? MACRO_STEP_S : Number(seconds)) },
  { name: 'RunToAlarm', inputs: [text('optionsJson')], run: (s, [json]) => withFields(json, (options) => runToAlarm(s, options)) },
  { name: 'RunTo', inputs: [text('optionsJson')], run: (s, [json]) => withFields(json, (options) => runTo(s, options)) },
  { name: 'Begin', inputs: [text('startId'), number('seed')], run: (s, [startId, seed]) => s.begin(String(startId), Number(seed)) },
  { name: 'MarkBeginning', inputs: [], run: (s) => { s.plant.markBeginning(); return done; } },
  // going back
  { name: 'Snapshot', inputs: [text('name')], run: (s, [name]) => s.takeSnapshot(String(name)) },
  { name: 'Restore', inputs: [text('name')], run: (s, [name]) => s.restoreSnapshot(String(name)) },
  { name: 'Forget', inputs: [text('name')], run: (s, [name]) => s.tree.forget(String(name)) },
  { name: 'Backtrack', inputs: [text('whereJson')], run: (s, [json]) => withFields(json, (where) => backtrack(s, where)) },
  { name: 'Tree', inputs: [], run: (s) => ({ ok: true, value: s.tree.facts() }) },
  { name: 'Runs', inputs: [], run: (s) => ({ ok: true, value: s.kept.runs() }) },
  { name: 'TakeUp', inputs: [text('run')], run: (s, [run]) => s.takeUp(String(run)) },
  { name: 'RenameBranch', inputs: [number('branch'), text('name')], run: (s, [branch, name]) => s.tree.rename(Number(branch), String(name)) },
  { name: 'Overlay', inputs: [text('questionJson')], run: (s, [json]) => withJson(json, (question) => overlay(s, question)) },
  { name: 'Note', inputs: [text('text')], run: (s, [words]) => s.note(String(words), 'instructor') },
  // upsets
  { name: 'Inject', inputs: [text('faultId'), text('optionsJson')], run: (s, [id, json]) => withJson(json, (options) => inject(s, String(id), options)) },
  { name: 'Clear', inputs: [text('faultId')], run: (s, [id]) => s.plant.clear(String(id)) },
  { name: 'ClearAll', inputs: [], run: (s) => { s.plant.clearAll(); return done; } },
  { name: 'SetTag', inputs: [text('tag'), text('value')], run: (s, [tag, value]) => withJson(value, (v) => setTag(s, String(tag), v)) },
  { name: 'Comms', inputs: [text('linesJson')], run: (s, [json]) => withJson(json, (lines) => s.plant.setComms(lines)) },
  { name: 'Observe', inputs: [text('observation'), text('presentJson')], run: (s, [id, json]) => withJson(json, (present) => observe(s, String(id), present)) },
  { name: 'Laboratory', inputs: [text('sample')], run: (s, [id]) => laboratory(s, String(id)) },
  // hands
  { name: 'Order', inputs: [text('device'), text('positionJson')], run: (s, [device, json]) => withJson(json, (position) => order(s, String(device), position)) },
  { name: 'Command', inputs: [text('name'), text('value')], run: (s, [name, value]) => command(s, String(name), String(value)) },
  { name: 'FieldAction', inputs: [text('actionJson')], run: (s, [json]) => withJson(json, (action) => s.plant.fieldAction(action)) },
  // ahead
  { name: 'Ahead', inputs: [text('questionJson')], run: (s, [json]) => withJson(json, (question) => s.startAhead(question)) },
  { name: 'AheadResult', inputs: [number('job')], run: (s, [job]) => s.ahead.result(Number(job)) },
  { name: 'AheadCancel', inputs: [number('job')], run: (s, [job]) => s.ahead.cancel(Number(job)) },
  // knowledge
  { name: 'Status', inputs: [], run: (s) => ({ ok: true, value: s.status() }) },
  { name: 'Events', inputs: [number('sinceNumber')], run: (s, [since]) => eventsSince(s, Number(since)) },
  { name: 'Truth', inputs: [number('sinceS')], run: (s, [since]) => truthSince(s, Number(since)) },
  { name: 'Starts', inputs: [], run: ({ definition }) => ({ ok: true, value: [{ id: 'normal', title: { zh: '正常运行', en: 'Normal running' } }, ...definition.starts.map(({ id, zh, en }) => ({ id, title: { zh, en } }))] }) },
  { name: 'ListFaults', inputs: [], run: ({ definition }) => ({ ok: true, value: definition.faults.map(({ id, clause, zh, en, defaults }) => ({ id, clause: clauseOf(clause), title: { zh, en }, defaults })) }) },
  { name: 'Upsets', inputs: [], run: ({ plant }) => ({ ok: true, value: plant.upsets() }) },
  { name: 'ListDevices', inputs: [], run: ({ definition, plant }) => ({ ok: true, value: Object.entries(definition.devices).map(([id, { normal, machine }]) => ({ id, normal, machine, position: plant.devices[id]?.position ?? null, order: plant.orders.get(id) ?? null })) }) },
  { name: 'ListObservations', inputs: [], run: ({ definition }) => ({ ok: true, value: { observations: Object.keys(definition.observations), laboratory: Object.entries(definition.laboratory).map(([id, { turnaroundS }]) => ({ id, turnaroundS })) } }) },
];

function withJson(json: unknown, run: (value: unknown) => Answer): Answer {
  if (json === null || json === undefined || json === '') return run(null);
  let value: unknown;
  try {
    value = JSON.parse(String(json));
  } catch {
    return no('参数不是有效的 JSON。', 'The argument is not valid JSON.');
  }
  return run(value);
}

type Fields = Readonly<Record<string, unknown>>;
function withFields(json: unknown, run: (value: Fields) => Answer): Answer {
  return withJson(json, (value) => {
    if (value === null) return run({});
    return typeof value === 'object' && !Array.isArray(value) ? run(value as Fields) : no('参数须是 JSON 对象。', 'The argument must be a JSON object.');
  });
}

function runToAlarm(session: SimulationSession, { limits = [], fast = false, withinS = ALARM_WITHIN_S }: Fields): Answer {
  const read = readLimits(limits, session.plant);
  if (!read.ok) return read;
  if (typeof fast !== 'boolean') return no('fast 是 true 或 false。', 'fast is true or false.');
  if (typeof withinS !== 'number' || !(withinS > 0 && withinS <= DAY_S)) return no(`withinS 须是大于 0 且不超过 ${DAY_S} 的数。`, `withinS must be a number above 0 and at most ${DAY_S}.`);
  session.runToAlarm(read.value, fast, withinS);
  return done;
}

/** `{"simTimeS": plant time}` or `{"atS": since the beginning}` or `{"forS": from now}`, with `"fast": true` as fast as the machine can */
function runTo(session: SimulationSession, { simTimeS, atS, forS, fast = false }: Fields): Answer {
  if (typeof fast !== 'boolean') return no('fast 是 true 或 false。', 'fast is true or false.');
  const { plant } = session;
  const timeS = typeof simTimeS === 'number' ? simTimeS : typeof atS === 'number' ? plant.machine.originS + atS : typeof forS === 'number' ? plant.timeS + forS : Number.NaN;
  return session.runTo(timeS, fast);
}

/**
 * `"together"`: further faults of the same cause. They are put on in one go, so that all of them begin at the same scan, by one draw; where one of them is
 * refused, none is.
 */
function inject(session: SimulationSession, id: string, options: unknown): Answer {
  if (typeof options !== 'object' || options === null || !('together' in options)) return session.plant.inject(id, options);
  const { together, ...own } = options;
  if (!Array.isArray(together) || together.length > TOGETHER_MAX || !together.every((each): each is string => typeof each === 'string')) return no(`together 是最多 ${TOGETHER_MAX} 个故障编号的列表。`, `together is a list of at most ${TOGETHER_MAX} ids of faults.`);
  const group = { group: `${id} +${together.length}`, ...own };
  const before = new Map(session.plant.upsets().faults.map((fault) => [fault.id, fault]));
  for (const [index, each] of [id, ...together].entries()) {
    const put = session.plant.inject(each, group);
    if (put.ok) continue;
    for (const gone of [id, ...together].slice(0, index)) if (!before.has(gone)) session.plant.clear(gone);
    return put;
  }
  return done;
}

/** `{"backS": by so many seconds}` or `{"toS": plant time}`, on the way that this branch has come or on another `branch`, or `{"node": number}` */
function backtrack(session: SimulationSession, { backS, toS, branch, node }: Fields): Answer {
  if (typeof node === 'number') return session.restoreSnapshot(node);
  if (typeof backS === 'number' && backS >= 0) return session.backtrack(session.plant.timeS - backS);
  return typeof toS === 'number' && (branch === undefined || typeof branch === 'number') ? session.backtrack(toS, branch) : no('请说明返回到哪里：{"backS"}、{"toS"} 或 {"node"}。', 'Say how far back: {"backS"}, {"toS"} or {"node"}.');
}

/** true or false stages it, null gives it back to the model, nothing asks what is seen now */
function observe(session: SimulationSession, id: string, present: unknown): Answer {
  if (present === 'model') return session.plant.stage(id, null);
  if (typeof present === 'boolean') return session.plant.stage(id, present);
  if (present !== null) return no('现象为 true、false、"model"（由模型决定），或不填以询问所见。', 'An observation is true, false, "model" (as the model says), or nothing to ask what is seen.');
  const seen = session.plant.observation(id);
  return seen.ok ? { ok: true, value: { observation: id, present: seen.value } } : seen;
}

/** a sample is taken now; the result is known to people only after its turnaround */
function laboratory(session: SimulationSession, id: string): Answer {
  const result = session.plant.laboratory(id);
  if (!result.ok) return result;
  session.plant.note('field', id, { zh: `取样 ${id}`, en: `Sample ${id} taken` });
  return { ok: true, value: { sample: id, value: result.value.value, takenS: session.plant.timeS, knownS: session.plant.timeS + result.value.turnaroundS } };
}

function order(session: SimulationSession, device: string, position: unknown): Answer {
  return position === null || typeof position === 'number' ? session.plant.order(device, position) : no('开度是 0 至 1 的数，或为 null（自动）。', 'A position is a number from 0 to 1, or null for automatic.');
}

function command(session: SimulationSession, name: string, value: string): Answer {
  if (value !== 'true' && value !== 'false') return no(`命令 ${name} 的值须是 "true" 或 "false"。`, `The value of command ${name} must be "true" or "false".`);
  const result = session.plant.command(name, value === 'true');
  // a momentary button springs back at once
  if (value === 'true' && session.plant.commands.some((c) => c.id === name && c.kind === 'momentary')) session.plant.command(name, false);
  return result;
}

function setTag(session: SimulationSession, tag: string, value: unknown): Answer {
  if (value !== null && typeof value !== 'number' && typeof value !== 'boolean') return no('位号的值须是数、true、false 或 null。', 'The value of a tag must be a number, true, false, or null.');
  return session.plant.setTag(tag, value);
}
