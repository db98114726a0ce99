/**
 * One dispatcher for MessagePort, WebSocket and tests: envelope parsed, command looked up (own properties only), input
 * parsed strictly, signature checked, decided, output parsed. Refusals and problems are values.
 *
 * Requests are idempotent by id: the same id again gets the same answer and does nothing twice. Retreat passes no
 * signature, no gate and no queue on its way.
 */
import { COMMANDS } from '../../contract/commands.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../contract/commands.ts';
import { MESSAGE_MAX_BYTES, requestSchema } from '../../contract/envelope.ts';
import type { Problem, Response } from '../../contract/envelope.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { ConsoleSession } from './console-session.ts';

/** Problems after which nothing has changed and the same request may succeed later. */
const NOTHING_DONE: readonly Problem['code'][] = ['journal-failed', 'busy'];

/** Answers remembered for repeated requests. */
const ANSWERS_MAX = 1_000;

export type Answer<Output> =
  | { readonly outcome: 'done'; readonly output: Output }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'failed'; readonly problem: Problem };

/** A handler for every command; the type makes a forgotten one an error. */
export type Handlers = { readonly [N in CommandName]: (input: CommandInput<N>, session: ConsoleSession) => Answer<CommandOutput<N>> | Promise<Answer<CommandOutput<N>>> };

export class Dispatcher {
  readonly #handlers: Handlers;
  readonly #answers = new Map<string, Promise<string>>();

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  /** Takes one message of a console and gives the answer's text. Never throws. */
  async handle(text: string, session: ConsoleSession): Promise<string> {
    const envelope = parseEnvelope(text);
    if (!envelope.ok) return JSON.stringify(failed('unreadable', envelope.problem));
    const { id } = envelope.request;
    // Looking changes nothing and is answered anew: its answer belongs to the session that asks and to the moment.
    if (isLooking(envelope.request.command)) return this.#run(envelope.request, session);
    // By id and command: an emergency stop is never swallowed by the id of something else.
    const key = `${id} ${envelope.request.command}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#run(envelope.request, session).then((said) => {
      // Nothing was done: the same id may try again once the disk is free or the queue is short.
      if (NOTHING_DONE.some((code) => said.includes(`"code":"${code}"`))) this.#answers.delete(key);
      return said;
    });
    this.#answers.set(key, answer);
    if (this.#answers.size > ANSWERS_MAX) this.#answers.delete(this.#answers.keys().next().value as string);
    return answer;
  }

  async #run(request: { id: string; command: string; input?: unknown }, session: ConsoleSession): Promise<string> {
    const { id, command, input } = request;
    if (!Object.hasOwn(COMMANDS, command)) return JSON.stringify(failed(id, { code: 'unknown-command', message: `there is no command '${command.slice(0, 80)}'` }));
    try {
      return JSON.stringify(await this.#answer(id, command as CommandName, input, session));
    } catch (error) {
      return JSON.stringify(failed(id, { code: 'internal', message: (error instanceof Error ? error.message : String(error)).slice(0, 2_000) }));
    }
  }

  async #answer<N extends CommandName>(id: string, command: N, input: unknown, session: ConsoleSession): Promise<Response> {
    const spec = COMMANDS[command];
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return failed(id, { code: 'bad-input', message: issue?.message ?? 'the input is not of the form that this command takes', path: issue?.path.join('.') ?? '' });
    }
    const answer = await this.#handlers[command](parsed.data as CommandInput<N>, session);
    switch (answer.outcome) {
      case 'done': return { kind: 'response', id, outcome: 'done', output: spec.output.parse(answer.output) };
      case 'refused': return { kind: 'response', id, outcome: 'refused', refusal: answer.refusal };
      case 'failed': return failed(id, answer.problem);
    }
  }
}

/** Commands that only read; the training commands act, and are remembered like all that do. */
const LOOKING: ReadonlySet<string> = new Set<CommandName>(['view.snapshot', 'history.read', 'alarm.history', 'journal.verify']);

function isLooking(command: string): boolean {
  return LOOKING.has(command);
}

type Envelope = { readonly ok: true; readonly request: { id: string; command: string; input?: unknown } } | { readonly ok: false; readonly problem: Problem };

function parseEnvelope(text: string): Envelope {
  if (Buffer.byteLength(text) > MESSAGE_MAX_BYTES) return { ok: false, problem: { code: 'bad-envelope', message: `the message is longer than ${MESSAGE_MAX_BYTES} bytes` } };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: { code: 'bad-envelope', message: 'the message is not JSON' } };
  }
  const parsed = requestSchema.safeParse(json);
  if (!parsed.success) return { ok: false, problem: { code: 'bad-envelope', message: parsed.error.issues[0]?.message ?? 'not a request', path: parsed.error.issues[0]?.path.join('.') ?? '' } };
  return { ok: true, request: parsed.data };
}

function failed(id: string, problem: Problem): Response {
  return { kind: 'response', id, outcome: 'failed', problem };
}
