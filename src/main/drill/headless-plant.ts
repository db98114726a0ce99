/**
 * The simulated plant in a process of its own, asked line by line (simulators/headless.ts). The product holds no model of a plant; where none is
 * installed, that is said. One request at a time, in order.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** Beside the program, where its simulators are. */
export const HEADLESS = join(import.meta.dirname, '../../../simulators/headless.ts');
const COMPLAINT_MAX_LENGTH = 2_000;

const figures = z.record(z.string(), z.number());
const named = { zh: z.string(), en: z.string() };
const clauses = z.array(z.string());
const eventSchema = z.strictObject({ atS: z.number(), kind: z.string(), subject: z.string(), ...named, clauses });
const truthSchema = z.strictObject({ truth: figures, margins: figures, lost: z.array(z.string()), people: figures });
const describedSchema = z.strictObject({
  tags: z.array(z.strictObject({ id: z.string(), kind: z.string(), unit: z.string(), ...named })), devices: z.array(z.string()), buttons: z.strictObject({ stop: z.string(), evacuate: z.string(), reset: z.string(), forcedReset: z.string(), restart: z.string() }), zones: z.array(z.string()), functions: z.array(z.string()), observations: z.array(z.string()),
  laboratory: z.array(z.strictObject({ id: z.string(), turnaroundS: z.number() })), faults: z.array(z.strictObject({ id: z.string(), clause: z.string() })),
  margins: z.array(z.strictObject({ id: z.string(), ...named, unit: z.string(), clauses, side: z.enum(['above', 'below']), lostAt: z.number() })),
});
export type Described = z.infer<typeof describedSchema>;
export type PlantEvent = z.infer<typeof eventSchema>;

const value = z.union([z.number(), z.boolean(), z.string()]);
const answerSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true), timeS: z.number(), atS: z.number().nullable(), changed: z.array(z.tuple([z.string(), value, z.literal(0).optional()])), seen: z.array(z.tuple([z.string(), z.boolean()])), holds: z.array(z.string()),
    events: z.array(eventSchema), truth: truthSchema.optional(), described: describedSchema.optional(), lab: z.strictObject({ value: z.number(), turnaroundS: z.number() }).optional(),
  }),
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
export type PlantReply = z.infer<typeof answerSchema>;
export type PlantAnswer = Extract<PlantReply, { ok: true }>;

/** The simulator said no, or is gone: the run ends. */
export class PlantFailed extends Error {}

export class HeadlessPlant {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = [];
  #complaint = '';
  #gone: Error | null = null;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line));
    child.stderr.on('data', (part: Buffer) => { this.#complaint = `${this.#complaint}${part.toString('utf8')}`.slice(-COMPLAINT_MAX_LENGTH); });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#lose(new PlantFailed(`the simulator cannot be started: ${error.message}`)));
    child.on('close', (code) => this.#lose(new PlantFailed(`the simulator has ended (${String(code)})${this.#complaint === '' ? '' : `: ${this.#complaint.trim()}`}`)));
  }

  /** @param program the simulator's program; default the one beside this program */
  static start(program: string = HEADLESS): HeadlessPlant {
    if (!existsSync(program)) throw new PlantFailed(`there is no simulator at ${program}`);
    return new HeadlessPlant(spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  async ask(request: Readonly<Record<string, unknown>>): Promise<PlantReply> {
    if (this.#gone !== null) throw this.#gone;
    const line = await new Promise<string>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    const read = answerSchema.safeParse(JSON.parse(line));
    if (!read.success) throw new PlantFailed(`the simulator's answer is not understood at ${read.error.issues[0]?.path.map(String).join('.') ?? ''}`);
    return read.data;
  }

  /** As `ask`; a "no" ends the run. */
  async must(request: Readonly<Record<string, unknown>>): Promise<PlantAnswer> {
    const reply = await this.ask(request);
    if (!reply.ok) throw new PlantFailed(reply.message);
    return reply;
  }

  close(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  #lose(error: Error): void {
    this.#gone ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
