/**
 * The instructor's endpoint: methods on `s=Instructor` in `urn:haven:instructor`, behind a user name and a password.
 * It is a server of its own, so that a trainee's console never sees ground truth. A bad argument is answered with BadInvalidArgument and a sentence in both languages.
 */
import { no, wordsOf } from '../kernel/fault-envelope.ts';
import { timingSafeEqual } from 'node:crypto';
import type { CallMethodResultOptions, ISessionContext, OPCUAServer, Variant } from 'node-opcua';
import { DataType, StatusCodes } from 'node-opcua';
import type { Answer, MethodDefinition } from './methods.ts';
import { METHODS } from './methods.ts';
import type { SimulationSession } from './session.ts';

export const INSTRUCTOR_NAMESPACE = 'urn:haven:instructor';
export const INSTRUCTOR_USER = 'instructor';
const TEXT_LIMIT = 100_000;
/** one OPC UA message of ours is never longer */
const ANSWER_CHARACTERS = 8_000_000;

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
      inputArguments: definition.inputs.map(({ name, type }) => ({ name, dataType: type === 'text' ? DataType.String : DataType.Double, description: { text: name } })),
      outputArguments: [{ name: 'resultJson', dataType: DataType.String, description: { text: 'the result as JSON, or {"error": sentence, "zh": the same in Chinese}' } }],
    });
    method.bindMethod(async (inputs: Variant[], _context: ISessionContext): Promise<CallMethodResultOptions> => answer(definition, session, inputs, published));
  }
}

function answer(definition: MethodDefinition, session: SimulationSession, inputs: readonly Variant[], published: () => void): CallMethodResultOptions {
  const args = inputs.map((v) => v.value as unknown);
  const tooLong = args.some((a) => typeof a === 'string' && a.length > TEXT_LIMIT);
  let result: Answer;
  let reply: string;
  try {
    result = tooLong ? no(`有参数超过 ${TEXT_LIMIT} 个字符。`, `An argument is longer than ${TEXT_LIMIT} characters.`) : definition.run(session, args);
    reply = result.ok ? JSON.stringify(result.value ?? {}) : '';
    if (reply.length > ANSWER_CHARACTERS) result = no('回答过长：请少问一些。', 'The answer is too long: ask for less.');
  } catch (error) {
    result = no(`${definition.name} 出错：${error instanceof Error ? error.message : String(error)}`, `${definition.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    reply = '';
  }
  session.plant.events.stamp(Date.now());
  if (result.ok) published();
  if (!result.ok) reply = JSON.stringify({ error: result.message, zh: wordsOf(result).zh });
  return { statusCode: result.ok ? StatusCodes.Good : StatusCodes.BadInvalidArgument, outputArguments: [{ dataType: DataType.String, value: reply }] };
}
