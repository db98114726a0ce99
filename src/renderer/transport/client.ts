/**
 * Talks to the station: reconnects by itself, asks for a snapshot after a gap, and never loses a call for retreat.
 *
 * After a reconnect it shows the ticket of the log-on, which it keeps in its memory and nowhere else. A retreat goes out before that.
 *
 * Every request has an id made once; after a reconnect the same request goes out again with the SAME id, so nothing is
 * done twice. Ordinary requests give up after 10 s with a clear problem; retreat requests stay queued until answered.
 * An open channel that says nothing is asked; if it stays silent it counts as lost (a dead station looks exactly like that).
 */
import { COMMANDS } from '../../contract/commands.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../contract/commands.ts';
import { MESSAGE_MAX_BYTES, pushSchema, responseSchema } from '../../contract/envelope.ts';
import type { Problem, Push, Response } from '../../contract/envelope.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { Channel, OpenChannel } from './channel.ts';

export const REQUEST_TIMEOUT_MS = 10_000;
export const BACKOFF_FIRST_MS = 250;
export const BACKOFF_LAST_MS = 2_000;
/** Silence on an open channel after which the console asks, and how long it waits for the answer. */
export const QUIET_MS = 3_000;
export const QUIET_ANSWER_MS = 2_000;
/** Calls kept for a station that does not answer: nobody needs more; a limit on everything. */
export const PENDING_MAX = 200;

export type ClientProblem = { code: Problem['code'] | 'timeout' | 'unreadable' | 'too-large'; message: string; path?: string | undefined };
export type Outcome<N extends CommandName> =
  | { outcome: 'done'; output: CommandOutput<N> }
  | { outcome: 'refused'; refusal: Refusal }
  | { outcome: 'failed'; problem: ClientProblem; id: string };

export type ClientEvents = {
  onSnapshot(snapshot: CommandOutput<'view.snapshot'>): void;
  /** True: the push does not stand on what the console knows; ask for a snapshot. */
  onPush(push: Push): boolean | undefined;
  onConnected(connected: boolean): void;
};

type Pending = { json: string; command: CommandName; settle(response: Response | ClientProblem): void; timer: ReturnType<typeof setTimeout> | null };

/** 250 ms, 500 ms, 1 s, 2 s, 2 s ... */
export const backoffMs = (attempt: number): number => Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** attempt);

export class StationClient {
  private channel: Channel | null = null;
  private open = false;
  private stopped = false;
  private attempt = 0;
  private lastSeq: number | null = null;
  private snapshotAsked = false;
  private quietTimer: ReturnType<typeof setTimeout> | null = null;
  /** What lets this page go on as the person who logged on here. */
  private ticket: string | null = null;
  private readonly pending = new Map<string, Pending>();
  private readonly openChannel: OpenChannel;
  private readonly events: ClientEvents;

  constructor(openChannel: OpenChannel, events: ClientEvents) {
    this.openChannel = openChannel;
    this.events = events;
  }

  start(): void {
    if (this.stopped) return;
    // Events of a channel that was given up must not touch its successor.
    const channel: Channel = this.openChannel({
      onOpen: () => { if (this.channel === channel || this.channel === null) this.opened(); },
      onMessage: (json) => { if (this.channel === channel) this.received(json); },
      onClose: () => { if (this.channel === channel) this.lost(); },
    });
    this.channel = channel;
    // A connection attempt that neither opens nor fails is given up like a silent channel.
    this.clearQuiet();
    this.quietTimer = setTimeout(() => this.giveUpChannel(), REQUEST_TIMEOUT_MS);
  }

  stop(): void {
    this.stopped = true;
    this.clearQuiet();
    this.channel?.close();
    this.channel = null;
  }

  /** `untilAnswered` is for retreat: no time-out, queued through any number of reconnects. */
  request<N extends CommandName>(command: N, input: CommandInput<N>, options: { untilAnswered?: boolean; id?: string | undefined } = {}): Promise<Outcome<N>> {
    const id = options.id ?? crypto.randomUUID();
    const json = JSON.stringify({ kind: 'request', id, command, input });
    return new Promise((resolve) => {
      if (new TextEncoder().encode(json).length > MESSAGE_MAX_BYTES) { resolve({ outcome: 'failed', id, problem: { code: 'too-large', message: '' } }); return; }
      if (this.pending.size >= PENDING_MAX && options.untilAnswered !== true) { resolve({ outcome: 'failed', id, problem: { code: 'busy', message: '' } }); return; }
      const settle = (response: Response | ClientProblem): void => {
        const pending = this.pending.get(id);
        if (pending?.timer) clearTimeout(pending.timer);
        this.pending.delete(id);
        const outcome = outcomeOf(command, id, response);
        this.keepTicket(command, outcome);
        resolve(outcome);
      };
      const timer = options.untilAnswered === true ? null : setTimeout(() => settle({ code: 'timeout', message: '' }), REQUEST_TIMEOUT_MS);
      this.pending.set(id, { json, command, settle, timer });
      if (this.open) this.channel?.send(json);
    });
  }

  private opened(): void {
    this.open = true;
    // Calls that waited go first: a stop must not wait behind a snapshot, nor behind the log-on that the others need.
    const waiting = [...this.pending.values()];
    const isRetreat = ({ command }: Pending): boolean => COMMANDS[command].direction === 'retreat';
    for (const pending of waiting.filter(isRetreat)) this.channel?.send(pending.json);
    if (this.ticket !== null) void this.request('session.resume', { ticket: this.ticket });
    for (const pending of waiting.filter((each) => !isRetreat(each))) this.channel?.send(pending.json);
    this.lastSeq = null;
    this.snapshotAsked = false;
    this.askSnapshot();
    this.heard();
  }

  private keepTicket(command: CommandName, outcome: Outcome<CommandName>): void {
    if (command === 'session.logOn' && outcome.outcome === 'done') this.ticket = (outcome.output as CommandOutput<'session.logOn'>).ticket;
    if (command === 'session.logOff' && outcome.outcome === 'done') this.ticket = null;
    if (command === 'session.resume' && outcome.outcome === 'failed' && outcome.problem.code === 'log-on-ended') this.ticket = null;
  }

  private lost(): void {
    this.clearQuiet();
    this.channel = null;
    if (this.open) { this.open = false; this.events.onConnected(false); }
    if (this.stopped) return;
    setTimeout(() => this.start(), backoffMs(this.attempt));
    this.attempt += 1;
  }

  private giveUpChannel(): void {
    const channel = this.channel;
    this.lost();
    channel?.close();
  }

  private askSnapshot(): void {
    if (this.snapshotAsked) return;
    this.snapshotAsked = true;
    void this.request('view.snapshot', {}).then((answer) => {
      this.snapshotAsked = false;
      if (answer.outcome !== 'done') { if (this.open) this.giveUpChannel(); return; }
      // Pushes that overtook this snapshot are newer than it: ask again rather than step back.
      if (this.lastSeq !== null && answer.output.seq < this.lastSeq) { this.askSnapshot(); return; }
      this.lastSeq = answer.output.seq;
      this.attempt = 0;
      this.events.onSnapshot(answer.output);
      this.events.onConnected(true);
    });
  }

  private received(json: string): void {
    this.heard();
    const message = readJson(json);
    const response = responseSchema.safeParse(message);
    if (response.success) { this.pending.get(response.data.id)?.settle(response.data); return; }
    const push = pushSchema.safeParse(message);
    if (push.success) this.pushed(push.data);
    else this.askSnapshot();
  }

  private pushed(push: Push): void {
    if (this.lastSeq === null) return;
    if (push.seq <= this.lastSeq) return;
    const gap = push.seq !== this.lastSeq + 1;
    this.lastSeq = push.seq;
    const lost = this.events.onPush(push) === true;
    if (gap || lost) this.askSnapshot();
  }

  /** Watches for an open channel that has gone silent. */
  private heard(): void {
    this.clearQuiet();
    this.quietTimer = setTimeout(() => {
      this.channel?.send(JSON.stringify({ kind: 'request', id: crypto.randomUUID(), command: 'view.snapshot', input: {} }));
      this.quietTimer = setTimeout(() => this.giveUpChannel(), QUIET_ANSWER_MS);
    }, QUIET_MS);
  }

  private clearQuiet(): void {
    if (this.quietTimer) clearTimeout(this.quietTimer);
    this.quietTimer = null;
  }
}

function readJson(json: string): unknown {
  try { return JSON.parse(json); } catch { return null; }
}

function outcomeOf<N extends CommandName>(command: N, id: string, response: Response | ClientProblem): Outcome<N> {
  if (!('kind' in response)) return { outcome: 'failed', id, problem: response };
  switch (response.outcome) {
    case 'refused': return { outcome: 'refused', refusal: response.refusal };
    case 'failed': return { outcome: 'failed', id, problem: response.problem };
    case 'done': {
      const output = COMMANDS[command].output.safeParse(response.output);
      // The table pairs each command with its own output schema; TypeScript cannot follow the pair through an index.
      return output.success ? { outcome: 'done', output: output.data as CommandOutput<N> } : { outcome: 'failed', id, problem: { code: 'unreadable', message: output.error.issues[0]?.message ?? '', path: output.error.issues[0]?.path.join('.') } };
    }
  }
}
