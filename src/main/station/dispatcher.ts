/**
 * One dispatcher for MessagePort, WebSocket and tests: envelope parsed, command looked up (own properties only), input
 * parsed strictly, signature checked, decided, output parsed. Refusals and problems are values.
 *
 * Requests are idempotent by id: the same words under the same id get the same answer and do nothing twice. Retreat passes
 * no signature, no gate, no measure and no queue on its way: it is recognised before anything else is looked at.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { COMMANDS } from '../../contract/commands.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../contract/commands.ts';
import { MESSAGE_MAX_BYTES, requestSchema } from '../../contract/envelope.ts';
import type { Problem, Response } from '../../contract/envelope.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { RefusedAccess } from './access-log.ts';
import type { ConsoleSession } from './console-session.ts';
import { Intake } from './intake.ts';

/** Answers remembered for repeated requests. A console that is measured needs minutes to push one out. */
const ANSWERS_MAX = 10_000;
/** No request of direction retreat is longer: the words of a hand-raised procedure, each character escaped, and an envelope. */
const RETREAT_MAX_LENGTH = 4_096;

export type Answer<Output> =
  | { readonly outcome: 'done'; readonly output: Output }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'failed'; readonly problem: Problem };

/** A handler for every command; the type makes a forgotten one an error. */
export type Handlers = { readonly [N in CommandName]: (input: CommandInput<N>, session: ConsoleSession) => Answer<CommandOutput<N>> | Promise<Answer<CommandOutput<N>>> };

/** What each command does, for one asker. */
export type Deeds = { readonly [N in CommandName]: (input: CommandInput<N>) => Answer<CommandOutput<N>> | Promise<Answer<CommandOutput<N>>> };

export interface DispatcherParts {
  /** A steady clock for the measure of requests. */
  readonly nowMs?: () => number;
  /** Told of everything that was not let in. */
  readonly access?: { refused(access: RefusedAccess): void };
  /** Told of a command that a person gave, after which the console is not idle. */
  readonly onAsked?: (session: ConsoleSession) => void;
}

export class Dispatcher {
  readonly #handlers: Handlers;
  readonly #parts: DispatcherParts;
  readonly #nowMs: () => number;
  readonly #answers = new Map<string, Promise<string>>();
  readonly #intakes = new WeakMap<ConsoleSession, Intake>();
  /** What is remembered of a request must not give away the secret in it. */
  readonly #memoryKey = randomBytes(32);

  constructor(handlers: Handlers, parts: DispatcherParts = {}) {
    this.#handlers = handlers;
    this.#parts = parts;
    this.#nowMs = parts.nowMs ?? ((): number => performance.now());
  }

  /** Takes one message of a console and gives the answer's text. Never throws. */
  async handle(text: string, session: ConsoleSession): Promise<string> {
    const intake = this.#intakeOf(session);
    // Beyond its measure, a console's long messages are not even read: none of them can be a retreat.
    if (text.length > RETREAT_MAX_LENGTH && !intake.hasRoom(this.#nowMs())) return this.#refuse('unreadable', null, TOO_MANY, 'flood');
    const envelope = parseEnvelope(text);
    if (envelope.ok && isRetreat(envelope.request.command)) return this.#once(text, envelope.request, session);
    const id = envelope.ok ? envelope.request.id : 'unreadable';
    if (!intake.take(this.#nowMs())) return this.#refuse(id, null, TOO_MANY, 'flood');
    if (!envelope.ok) return this.#refuse(id, null, envelope.problem);
    if (!Object.hasOwn(COMMANDS, envelope.request.command)) return this.#refuse(id, null, { code: 'unknown-command', message: `there is no command '${envelope.request.command.slice(0, 80)}'` });
    intake.begin();
    try {
      return ANSWERED_ANEW.has(envelope.request.command) ? (await this.#run(envelope.request, session)).answer : await this.#once(text, envelope.request, session);
    } finally {
      intake.end();
    }
  }

  #intakeOf(session: ConsoleSession): Intake {
    const known = this.#intakes.get(session) ?? new Intake();
    this.#intakes.set(session, known);
    return known;
  }

  #refuse(id: string, command: CommandName | null, problem: Problem, code: string = problem.code): string {
    this.#tell({ command, code });
    return JSON.stringify(failed(id, problem));
  }

  /** A record that breaks must not break the answer. */
  #tell(access: RefusedAccess): void {
    try {
      this.#parts.access?.refused(access);
    } catch {
      // What cannot be put on record now is not worth a console's answer, least of all that of a retreat.
    }
  }

  /** By its words, id and command among them: an emergency stop is never swallowed by the id of something else, nor an answer given to other words. */
  #once(words: string, request: Asked, session: ConsoleSession): Promise<string> {
    const key = createHmac('sha256', this.#memoryKey).update(words).digest('base64url');
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#run(request, session).then(({ answer: said, isSettled }) => {
      // Nothing was done: the same words may try again once the disk is free, the queue short, the secret right.
      if (!isSettled) this.#answers.delete(key);
      return said;
    });
    this.#answers.set(key, answer);
    if (this.#answers.size > ANSWERS_MAX) this.#answers.delete(this.#answers.keys().next().value as string);
    return answer;
  }

  async #run(request: Asked, session: ConsoleSession): Promise<{ answer: string; isSettled: boolean }> {
    const { id, input } = request;
    const command = request.command as CommandName; // Looked up by the caller.
    try {
      const answer = await this.#answer(id, command, input, session);
      return { answer: JSON.stringify(answer), isSettled: answer.outcome !== 'failed' };
    } catch (error) {
      // What broke may have acted first: asked again, it is told again. A retreat is tried again.
      return { answer: JSON.stringify(failed(id, { code: 'internal', message: (error instanceof Error ? error.message : String(error)).slice(0, 2_000) })), isSettled: !isRetreat(command) };
    }
  }

  async #answer<N extends CommandName>(id: string, command: N, input: unknown, session: ConsoleSession): Promise<Response> {
    const spec = COMMANDS[command];
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) {
      this.#tell({ command, code: 'bad-input', isCounted: true });
      const issue = parsed.error.issues[0];
      return failed(id, { code: 'bad-input', message: issue?.message ?? 'the input is not of the form that this command takes', path: issue?.path.join('.') ?? '' });
    }
    const answer = await this.#handlers[command](parsed.data as CommandInput<N>, session);
    if (isGiven(command) && answer.outcome !== 'failed') this.#parts.onAsked?.(session);
    switch (answer.outcome) {
      case 'done': return { kind: 'response', id, outcome: 'done', output: spec.output.parse(answer.output) };
      case 'refused': return { kind: 'response', id, outcome: 'refused', refusal: answer.refusal };
      case 'failed': {
        const user = signerIn(parsed.data);
        this.#tell({ command, code: answer.problem.code, user, isCounted: user === undefined && MISTAKES.has(answer.problem.code) });
        return failed(id, answer.problem);
      }
    }
  }
}

const TOO_MANY: Problem = { code: 'busy', message: 'this console asks too much at once; try again in a moment. Retreat is not measured.' };

/** What a form gets wrong when nobody has signed it. The journal is not its critic. */
const MISTAKES: ReadonlySet<string> = new Set<Problem['code']>(['bad-input', 'not-found', 'not-in-this-mode', 'journal-failed', 'busy', 'internal']);

/** Commands that only read. */
const LOOKING: ReadonlySet<string> = new Set<CommandName>([
  'view.snapshot', 'history.read', 'alarm.history', 'incident.list', 'incident.events', 'report.read', 'journal.verify', 'procedure.advice', 'procedure.page',
  'training.devices', 'training.aheadResult', 'training.debrief', 'training.records', 'training.export', 'instructor.catalogue', 'instructor.tree', 'instructor.overlay', 'instructor.truth', 'instructor.score',
]);

/**
 * Their answers belong to the console that asks and to the moment: looking changes nothing, and a ticket must not be had by asking with
 * another's id. The training commands act, and are remembered like all that do.
 */
const ANSWERED_ANEW: ReadonlySet<string> = new Set<string>([...LOOKING, ...(['session.logOn', 'session.resume', 'session.logOff', 'session.changeSecret'] satisfies CommandName[])]);

/** Given by a person: it keeps a console from locking. What the page asks by itself does not; a retreat has nothing to do with log-ons. */
const isGiven = (command: CommandName): boolean => !LOOKING.has(command) && command !== 'session.resume' && !isRetreat(command);

const isRetreat = (command: string): boolean => Object.hasOwn(COMMANDS, command) && COMMANDS[command as CommandName].direction === 'retreat';

/** Whose name stands on it, in a signature or at the log-on. */
function signerIn(input: unknown): string | undefined {
  const { user, signature } = input as { user?: unknown; signature?: { user?: unknown } };
  const name = signature?.user ?? user;
  return typeof name === 'string' ? name : undefined;
}

interface Asked { readonly id: string; readonly command: string; readonly input?: unknown }
type Envelope = { readonly ok: true; readonly request: Asked } | { readonly ok: false; readonly problem: Problem };

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
