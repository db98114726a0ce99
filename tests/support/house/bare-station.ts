/**
 * Core, dispatcher and handlers over a real journal and real accounts, at a standing time: for tests of what one command answers over the
 * wire. A house whose clock turns, with log-ons and the record of refused access: house.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { responseSchema } from '../../../src/contract/envelope.ts';
import type { Role } from '../../../src/contract/refusal.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { Journal } from '../../../src/main/journal/journal.ts';
import { ConsoleSession } from '../../../src/main/station/console-session.ts';
import { StationCore } from '../../../src/main/station/core.ts';
import { Dispatcher } from '../../../src/main/station/dispatcher.ts';
import { makeHandlers } from '../../../src/main/station/handlers.ts';
import { SampleHistory } from '../../../src/main/station/sample-history.ts';
import { openUsers, TRAINING_SECRET } from '../../../src/main/users/users.ts';
import type { Users } from '../../../src/main/users/users.ts';
import { T0 } from '../../unit/domain/bench.ts';

export class BareStation {
  readonly users: Users;
  readonly #journal: Journal;
  readonly #dir: string;
  readonly #session = new ConsoleSession({ send: () => undefined, onMessage: () => undefined, onClose: () => undefined });
  #core: StationCore;
  #dispatcher: Dispatcher;
  #count = 0;

  private constructor(dir: string, journal: Journal, users: Users, pack: PlantPack) {
    [this.#dir, this.#journal, this.users] = [dir, journal, users];
    [this.#core, this.#dispatcher] = this.#made(pack);
  }

  static async open(pack: PlantPack): Promise<BareStation> {
    const dir = mkdtempSync(join(tmpdir(), 'haven-bare-'));
    const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => T0 });
    const accounts = await openUsers({ dir, mode: 'TRAINING' });
    if (!opened.ok || !accounts.ok) throw new Error('the journal or the accounts do not open');
    return new BareStation(dir, opened.value, accounts.value, pack);
  }

  #made(pack: PlantPack): [StationCore, Dispatcher] {
    const core = new StationCore({ plant: makePlant(pack), journal: this.#journal, clock: { nowMs: () => T0, wallMs: () => T0, stepMs: () => 0 }, onFacts: () => undefined });
    const dispatcher = new Dispatcher(makeHandlers({
      core, users: this.users, training: null, dcs: { trustServer: () => Promise.resolve({ ok: true }) } as never, history: new SampleHistory(), nowMs: () => T0,
      publish: () => { throw new Error('no view in this test'); }, alarmHistory: () => ({ events: [], next: null }), verifyJournal: () => Promise.resolve({ verdict: 'sound', records: 1 } as never), actOnSimulator: () => undefined,
    }));
    return [core, dispatcher];
  }

  /** A station that has just begun, over the same journal and accounts. */
  beginAnew(pack: PlantPack): void {
    [this.#core, this.#dispatcher] = this.#made(pack);
  }

  get core(): StationCore {
    return this.#core;
  }

  close(): void {
    this.#journal.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** The answer, of the form that the contract promises. */
  async send<Answer>(command: string, input: unknown): Promise<Answer> {
    const answer: unknown = JSON.parse(await this.#dispatcher.handle(JSON.stringify({ kind: 'request', id: `request-${String((this.#count += 1))}`, command, input }), this.#session));
    expect(responseSchema.safeParse(answer).error).toBeUndefined();
    return answer as Answer;
  }

  /** Somebody of a role, but not this one. */
  userOf(role: Role, not = ''): string {
    return this.users.list().find(({ user, roles }) => roles.includes(role) && user !== not)?.user ?? '';
  }

  of(role: Role, secret: string = TRAINING_SECRET): { user: string; secret: string } {
    return { user: this.userOf(role), secret };
  }
}
