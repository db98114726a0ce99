/** A console of a station in the same process, by the commands alone. */
import type { CommandInput, CommandName, CommandOutput } from '../../../src/contract/commands.ts';
import { responseSchema } from '../../../src/contract/envelope.ts';
import type { Debrief } from '../../../src/contract/drill.ts';
import type { Response } from '../../../src/contract/envelope.ts';
import type { Station } from '../../../src/main/station/index.ts';
import { until } from '../platform/platform.ts';

/** One connection; every answer is held against the contract. */
export class Desk {
  #hear: (text: string) => void = () => undefined;
  readonly #heard = new Map<string, Response>();
  #asked = 0;
  readonly #name: string;

  constructor(name: string, to: Station) {
    this.#name = name;
    to.connect({
      send: (text) => { const message: unknown = JSON.parse(text); const read = responseSchema.safeParse(message); if (read.success) this.#heard.set(read.data.id, read.data); },
      onMessage: (callback) => { this.#hear = callback; }, onClose: () => undefined,
    });
  }

  async ask<N extends CommandName>(command: N, input: CommandInput<N>): Promise<Response> {
    const id = `${this.#name}-request-${String((this.#asked += 1))}`;
    this.#hear(JSON.stringify({ kind: 'request', id, command, input }));
    await until(`${command} is answered`, () => this.#heard.has(id), 20_000);
    return this.#heard.get(id) as Response;
  }

  async done<N extends CommandName>(command: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const answer = await this.ask(command, input);
    if (answer.outcome !== 'done') throw new Error(`${command}: ${JSON.stringify(answer)}`);
    return answer.output as CommandOutput<N>;
  }

  async section(): Promise<CommandOutput<'view.snapshot'>['view']['training']> {
    return (await this.done('view.snapshot', {})).view.training;
  }

  async until(what: string, holds: (section: Awaited<ReturnType<Desk['section']>>) => boolean): Promise<void> {
    for (let i = 0; i < 120; i += 1) {
      if (holds(await this.section())) return;
      await new Promise((resume) => setTimeout(resume, 250));
    }
    throw new Error(`${what}: it did not come`);
  }

  /** Scored, debriefed and run again: whole. */
  async debriefOf(exercise: string): Promise<Debrief> {
    for (let i = 0; i < 480; i += 1) {
      const { debrief } = await this.done('training.debrief', { exercise });
      if (debrief !== null && (debrief.counterfactuals.length > 0 || !/being run/u.test(debrief.noCounterfactuals?.en ?? ''))) return debrief;
      await new Promise((resume) => setTimeout(resume, 250));
    }
    throw new Error(`${exercise} has no debrief`);
  }
}
