/** A console without a screen: the same wire, the same messages, and the moment at which each one came. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WireValue } from '../../contract/envelope.ts';
import type { AlarmsDelta, View } from '../../contract/view.ts';

const OPEN_WITHIN_MS = 30_000;

/** What has come over the wire, as far as a benchmark looks at it. Sent by our own station in our own process tree: not checked again here. */
export interface Seen {
  readonly atMs: number;
  readonly sections: Partial<View>;
  /** Alarms that changed, in a push. */
  readonly alarms: AlarmsDelta | null;
  readonly values: Readonly<Record<string, WireValue>>;
}
interface Message {
  readonly kind?: string;
  readonly outcome?: string;
  readonly sections?: Partial<View>;
  readonly alarms?: AlarmsDelta;
  readonly values?: Record<string, WireValue>;
  readonly output?: { readonly view?: View; readonly values?: Record<string, WireValue> };
}

export class ConsoleProbe {
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(seen: Seen) => void>();
  #requests = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event) => this.#hear(String(event.data)));
  }

  /** Opens the address that `haven serve` printed. */
  static async open(url: string): Promise<ConsoleProbe> {
    if (typeof WebSocket === 'undefined') throw new Error('this benchmark needs Node 22 or newer (it has a WebSocket client)');
    // Node's own: a browser sends the page's origin by itself, and the station insists on it.
    const Dial = WebSocket as unknown as new (address: string, init: { protocols: string[]; headers: Record<string, string> }) => WebSocket;
    const { host, hash } = new URL(url);
    const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
    const socket = new Dial(`ws://${host}/ws`, { protocols: ['haven', token], headers: { origin: `http://${host}` } });
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`the station did not open a console's wire within ${OPEN_WITHIN_MS / 1_000} s`)), OPEN_WITHIN_MS);
      socket.addEventListener('open', () => { clearTimeout(timer); done(); }, { once: true });
      socket.addEventListener('error', () => { clearTimeout(timer); fail(new Error('the station refused the console, or is gone')); }, { once: true });
    });
    return new ConsoleProbe(socket);
  }

  request(command: string, input: Record<string, unknown> = {}): void {
    this.#requests += 1;
    this.#socket.send(JSON.stringify({ kind: 'request', id: `bench-${String(this.#requests).padStart(8, '0')}`, command, input }));
  }

  /** The first message that `pick` finds something in. Begin waiting before causing it. */
  async first<Found>(pick: (seen: Seen) => Found | undefined, withinMs: number, what: string): Promise<Found> {
    const found = Promise.withResolvers<Found>();
    const listener = (seen: Seen): void => {
      const picked = pick(seen);
      if (picked !== undefined) found.resolve(picked);
    };
    this.#listeners.add(listener);
    const over = new AbortController();
    try {
      const late = pause(withinMs, undefined, { signal: over.signal }).then(() => { throw new Error(`${what} did not arrive at the console within ${withinMs / 1_000} s`); });
      return await Promise.race([found.promise, late]);
    } finally {
      over.abort();
      this.#listeners.delete(listener);
    }
  }

  close(): void {
    this.#socket.close();
  }

  #hear(text: string): void {
    const atMs = Date.now();
    const message = JSON.parse(text) as Message;
    if (message.outcome === 'failed' || message.outcome === 'refused') throw new Error(`the station answered ${text.slice(0, 300)}`);
    const seen: Seen = { atMs, sections: message.sections ?? message.output?.view ?? {}, alarms: message.alarms ?? null, values: message.values ?? message.output?.values ?? {} };
    for (const listener of [...this.#listeners]) listener(seen);
  }
}

/** Says whether a message shows that any tag has a good value. */
export function firstGood({ values, atMs }: Seen): number | undefined {
  return Object.values(values).some(([, quality]) => quality === 'good') ? atMs : undefined;
}
