/**
 * The instructor's endpoint: methods on `s=Instructor` in `urn:haven:instructor`, behind a user name and a password.
 * It is a server of its own, so that a trainee's console never sees ground truth. A bad argument is answered with BadInvalidArgument and a sentence.
 */
import { timingSafeEqual } from 'node:crypto';
import type { CallMethodResultOptions, ISessionContext, OPCUAServer, Variant } from 'node-opcua';
import { DataType, StatusCodes } from 'node-opcua';
import type { Checked } from '../kernel/fault-envelope.ts';
import { MALFUNCTION_KINDS } from '../kernel/sensor.ts';
import type { SimulationSession } from './session.ts';

export const INSTRUCTOR_NAMESPACE = 'urn:haven:instructor';
export const INSTRUCTOR_USER = 'instructor';
const TEXT_LIMIT = 10_000;

type Argument = { readonly name: string; readonly type: DataType };
type Answer = Checked<unknown>;
interface MethodDefinition { readonly name: string; readonly inputs: readonly Argument[]; readonly run: (session: SimulationSession, args: readonly unknown[]) => Answer }

const text = (name: string): Argument => ({ name, type: DataType.String });
const done: Answer = { ok: true, value: {} };

const METHODS: readonly MethodDefinition[] = [
  { name: 'Inject', inputs: [text('faultId'), text('optionsJson')], run: (s, [id, json]) => withJson(json, (options) => s.plant.inject(String(id), options)) },
  { name: 'Clear', inputs: [text('faultId')], run: (s, [id]) => s.plant.clear(String(id)) },
  { name: 'ClearAll', inputs: [], run: (s) => { s.plant.clearAll(); return done; } },
  { name: 'Freeze', inputs: [], run: (s) => { s.frozen = true; return done; } },
  { name: 'Resume', inputs: [], run: (s) => { s.frozen = s.plant.failure !== null; return done; } },
  { name: 'SetSpeed', inputs: [{ name: 'speed', type: DataType.Double }], run: (s, [speed]) => s.setSpeed(Number(speed)) },
  { name: 'Snapshot', inputs: [text('name')], run: (s, [name]) => s.takeSnapshot(String(name)) },
  { name: 'Restore', inputs: [text('name')], run: (s, [name]) => s.restoreSnapshot(String(name)) },
  { name: 'Command', inputs: [text('name'), text('value')], run: (s, [name, value]) => command(s, String(name), String(value)) },
  { name: 'FieldAction', inputs: [text('actionJson')], run: (s, [json]) => withJson(json, (action) => fieldAction(s, action)) },
  { name: 'ListFaults', inputs: [], run: ({ plant }) => ({ ok: true, value: plant.definition.faults.map(({ id, clause, zh, en, defaults }) => ({ id, clause, title: { zh, en }, defaults })) }) },
  { name: 'Status', inputs: [], run: (s) => ({ ok: true, value: s.status() }) },
  { name: 'SetTag', inputs: [text('tag'), text('value')], run: (s, [tag, value]) => withJson(value, (v) => setTag(s, String(tag), v)) },
];

export function userManagerFor(secret: string): { isValidUser: (user: string, password: string) => boolean } {
  const expected = Buffer.from(secret);
  return {
    isValidUser: (user, password) => {
      const given = Buffer.from(password);
      return user === INSTRUCTOR_USER && given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

export function addInstructor(server: OPCUAServer, session: SimulationSession, published: () => void): void {
  const addressSpace = server.engine.addressSpace;
  if (!addressSpace) throw new Error('The OPC UA server has no address space.');
  const namespace = addressSpace.registerNamespace(INSTRUCTOR_NAMESPACE);
  const instructor = namespace.addObject({ organizedBy: addressSpace.rootFolder.objects, browseName: 'Instructor', nodeId: 's=Instructor' });
  for (const definition of METHODS) {
    const method = namespace.addMethod(instructor, {
      browseName: definition.name, nodeId: `s=Instructor.${definition.name}`,
      inputArguments: definition.inputs.map((a) => ({ name: a.name, dataType: a.type, description: { text: a.name } })),
      outputArguments: [{ name: 'resultJson', dataType: DataType.String, description: { text: 'the result as JSON, or {"error": sentence}' } }],
    });
    method.bindMethod(async (inputs: Variant[], _context: ISessionContext): Promise<CallMethodResultOptions> => answer(definition, session, inputs, published));
  }
}

function answer(definition: MethodDefinition, session: SimulationSession, inputs: readonly Variant[], published: () => void): CallMethodResultOptions {
  const args = inputs.map((v) => v.value as unknown);
  const tooLong = args.some((a) => typeof a === 'string' && a.length > TEXT_LIMIT);
  let result: Answer;
  try {
    result = tooLong ? { ok: false, message: `An argument is longer than ${TEXT_LIMIT} characters.` } : definition.run(session, args);
  } catch (error) {
    result = { ok: false, message: `${definition.name} failed: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (result.ok) published();
  const reply = result.ok ? JSON.stringify(result.value ?? {}) : JSON.stringify({ error: result.message });
  return { statusCode: result.ok ? StatusCodes.Good : StatusCodes.BadInvalidArgument, outputArguments: [{ dataType: DataType.String, value: reply }] };
}

function withJson(json: unknown, run: (value: unknown) => Answer): Answer {
  if (json === null || json === undefined || json === '') return run(null);
  try {
    return run(JSON.parse(String(json)));
  } catch {
    return { ok: false, message: 'The argument is not valid JSON.' };
  }
}

function command(session: SimulationSession, name: string, value: string): Answer {
  if (value !== 'true' && value !== 'false') return { ok: false, message: `The value of command ${name} must be "true" or "false".` };
  const result = session.plant.command(name, value === 'true');
  // a momentary button springs back at once
  if (value === 'true' && session.plant.commands.some((c) => c.id === name && c.kind === 'momentary')) session.plant.command(name, false);
  return result;
}

function setTag(session: SimulationSession, tag: string, value: unknown): Answer {
  if (value !== null && typeof value !== 'number' && typeof value !== 'boolean') return { ok: false, message: 'The value of a tag must be a number, true, false, or null.' };
  return session.plant.setTag(tag, value);
}

/** {kind: people|sensor|stick|unstick, ...}: what people in the field and on the instrument do */
function fieldAction(session: SimulationSession, raw: unknown): Answer {
  if (typeof raw !== 'object' || raw === null) return { ok: false, message: 'A field action must be an object with a kind.' };
  const a = raw as Record<string, unknown>;
  switch (a['kind']) {
    case 'people': return session.plant.placePeople(String(a['zone']), Number(a['count']));
    case 'stick': return session.plant.setStuck(String(a['device']), true);
    case 'unstick': return session.plant.setStuck(String(a['device']), false);
    case 'sensor': {
      if (a['malfunction'] === null) return session.plant.setMalfunction(String(a['tag']), null);
      const kind = MALFUNCTION_KINDS.find((k) => k === a['malfunction']);
      const size = a['size'] ?? 0;
      if (!kind) return { ok: false, message: `A sensor malfunction must be one of ${MALFUNCTION_KINDS.join(', ')}, or null.` };
      if (typeof size !== 'number' || !Number.isFinite(size)) return { ok: false, message: 'The size of a sensor malfunction must be a number.' };
      return session.plant.setMalfunction(String(a['tag']), { kind, size });
    }
    default: return { ok: false, message: 'The kind of a field action must be people, sensor, stick or unstick.' };
  }
}
