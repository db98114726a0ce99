/** Station and plant side by side in one exercise, and everything that a person can do to either. */
import type { CommandName } from '../../contract/commands.ts';
import type { Response } from '../../contract/envelope.ts';
import type { TruthEvent } from '../../contract/drill.ts';
import { TRUTH_EVENT_KINDS } from '../../contract/drill.ts';
import type { SampleValue } from '../../domain/samples/sample.ts';
import { fact } from '../../domain/station/facts.ts';
import { USER_OF } from './crew-accounts.ts';
import type { Described, HeadlessPlant, PlantAnswer } from './headless-plant.ts';
import type { DrillStation } from './station.ts';
import { T0_MS } from './station.ts';

/** Most that is remembered of what happened on the plant. */
const EVENTS_MAX = 10_000;
/** More is one broken script. */
const COMPLAINTS_MAX = 20;

/** A sample on its way to the laboratory. */
interface Sampled { readonly lab: string; readonly value: number; readonly sampledMs: number; readonly dueMs: number }

export class World {
  readonly station: DrillStation;
  readonly plant: HeadlessPlant;
  readonly described: Described;
  /** What a person sees on the spot or at a camera, and since when. */
  readonly seen = new Map<string, { readonly present: boolean; readonly sinceMs: number }>();
  readonly samples: Sampled[] = [];
  readonly sampledMs = new Map<string, number>();
  readonly events: TruthEvent[] = [];
  /** Requests that came to nothing for another reason than a refusal. */
  readonly complaints: string[] = [];
  holds: ReadonlySet<string> = new Set();
  /** Plant time when the exercise began, s; null: not yet. */
  #beganS: number | null = null;
  #timeS = 0;
  /** Pressed by the station, and the plant was told. */
  pressed = 0;

  constructor(station: DrillStation, plant: HeadlessPlant, described: Described) {
    this.station = station;
    this.plant = plant;
    this.described = described;
  }

  /** Seconds since the exercise began. */
  get atS(): number {
    return this.#beganS === null ? 0 : this.#timeS - this.#beganS;
  }

  /** How long the plant has run since it was begun, s. */
  get plantS(): number {
    return this.#timeS;
  }

  get nowMs(): number {
    return this.station.clock.now;
  }

  begin(): void {
    this.#beganS = this.#timeS;
  }

  /** The plant's answer, taken in. */
  take(answer: PlantAnswer): void {
    this.#timeS = answer.timeS;
    const atMs = T0_MS + Math.round(answer.timeS * 1_000);
    for (const [id, present] of answer.seen) if (present || this.seen.has(id)) this.seen.set(id, { present, sinceMs: atMs });
    this.holds = new Set(answer.holds);
    for (const { atS, kind, subject, zh, en, clauses } of answer.events) {
      const known = TRUTH_EVENT_KINDS.find((each) => each === kind);
      if (known !== undefined && this.events.length < EVENTS_MAX) this.events.push({ atS: Math.max(0, atS), atMs, kind: known, subject: subject.slice(0, 80), text: { zh, en }, clauses: clauses.slice(0, 20) });
    }
    this.station.take(atMs, answer.changed);
  }

  /** Plant time goes on; buttons that the station has pressed in the meantime come first. */
  async step(seconds: number, truth: boolean): Promise<PlantAnswer> {
    for (const button of this.station.pressed.splice(0)) await this.press(this.described.buttons[button]);
    const answer = await this.plant.must({ do: 'step', seconds, truth });
    this.take(answer);
    return answer;
  }

  /** A refusal is an answer; what was no request at all is told at the end. */
  async ask(command: CommandName, input: unknown = {}, user: string = USER_OF.operator): Promise<Response> {
    const response = await this.station.ask(command, input, user);
    if (response.outcome === 'failed' && this.complaints.length < COMPLAINTS_MAX) this.complaints.push(`${String(Math.round(this.atS))} s ${command} ${JSON.stringify(input).slice(0, 200)}: ${response.problem.code}: ${response.problem.message}`);
    return response;
  }

  reading(tag: string): SampleValue {
    const reading = this.station.plant.engine.readingOf(tag);
    return reading === null || reading.quality !== 'good' ? null : reading.value;
  }

  // --- hands on the plant ---

  async order(device: string, position: number | null, by: string = USER_OF.operator): Promise<void> {
    await this.#hand({ do: 'order', device, position }, `order ${device} ${position === null ? 'auto' : String(position)}`, by);
  }

  async press(button: string): Promise<void> {
    this.pressed += 1;
    await this.#hand({ do: 'press', button }, null, null);
  }

  /** A button that nobody asked the station about: on record all the same, as the simulated DCS has it. */
  async pressByHand(button: string, by: string): Promise<void> {
    await this.#hand({ do: 'press', button }, `press ${button}`, by);
  }

  async key(interlock: string, on: boolean, by: string): Promise<void> {
    await this.#hand({ do: 'key', interlock, on }, `key ${interlock} ${on ? 'on' : 'off'}`, by);
  }

  async people(zone: string, count: number, by: string): Promise<void> {
    const tag = this.countTag(zone);
    await this.#hand({ do: 'people', zone: tag, count }, `people ${tag} ${String(count)}`, by);
  }

  async sample(lab: string): Promise<void> {
    const answer = await this.plant.must({ do: 'lab', id: lab });
    this.sampledMs.set(lab, this.nowMs);
    if (answer.lab !== undefined) this.samples.push({ lab, value: answer.lab.value, sampledMs: this.nowMs, dueMs: this.nowMs + answer.lab.turnaroundS * 1_000 });
  }

  /** A zone of the rules, or its count tag already. */
  countTag(zone: string): string {
    return this.station.plant.pack.zones.find(({ id }) => id === zone)?.countTag ?? zone;
  }

  zoneOf(zone: string): string {
    return this.station.plant.pack.zones.find(({ countTag }) => countTag === zone)?.id ?? zone;
  }

  async #hand(request: Readonly<Record<string, unknown>>, told: string | null, by: string | null): Promise<void> {
    // What the hands did stands in the journal, so that the run can be made a script again.
    if (told !== null) this.station.record([fact('training.instructed', this.nowMs, by, { command: told })]);
    this.take(await this.plant.must(request));
  }
}
