/**
 * The condition engine as one would write it for nobody in a hurry: every sample ever is kept, everything that reads a tag is worked out anew from all of them at every
 * sample, what is due is found by looking at everything, and there are no bands, buckets in rings, columns or queues. The engine must say the same (domain-conditions-plain.test.ts).
 */
import { childrenOf, inDependencyOrder, inputsOf } from '../../src/domain/conditions/compile.ts';
import type { NodeSpec } from '../../src/domain/conditions/compile.ts';
import type { ChannelSpec } from '../../src/domain/conditions/channels.ts';
import type { Measure } from '../../src/domain/packs/schema.ts';
import type { Sample, SampleValue } from '../../src/domain/samples/sample.ts';
import { severityOf, STATUS } from '../../src/domain/samples/sample.ts';

type Truth = true | false | 'unknown';
type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;
interface Point { readonly t: number; readonly v: number }

interface Tag {
  readonly spec: ChannelSpec;
  value: SampleValue;
  severity: 'good' | 'uncertain' | 'bad' | 'never' | 'waiting';
  isStale: boolean;
  sourceMs: number;
  receivedMs: number;
  proofMs: number;
  /** Every good number since the source's clock last stepped, and the stretches between two of them in which an outage lies. */
  points: Point[];
  outages: { afterMs: number; untilMs: number }[];
}

interface Node {
  readonly spec: NodeSpec;
  raised: boolean;
  known: boolean;
  everKnown: boolean;
  lastTrue: boolean;
  inDoubt: boolean;
  onSinceMs: number | null;
  offSinceMs: number | null;
  reviewMs: number | null;
  onsetMs: number;
  votes: boolean[];
  results: { atMs: number; beyond: boolean }[];
}

/** A change in one line. */
export interface PlainChange { readonly id: string; readonly state: string; readonly atMs: number }

const OWN: ReadonlySet<number> = new Set([STATUS.badNoCommunication, STATUS.badWaitingForInitialData, STATUS.badNodeIdUnknown, STATUS.uncertainLastUsable]);

export class PlainEngine {
  readonly #tags = new Map<string, Tag>();
  readonly #nodes: Node[];
  readonly #byId: Map<string, Node>;
  #nowMs = 0;
  #hasBegun = false;
  readonly changes: PlainChange[] = [];

  constructor(channels: readonly ChannelSpec[], specs: readonly NodeSpec[]) {
    for (const spec of channels) this.#tags.set(spec.id, { spec, value: null, severity: 'never', isStale: false, sourceMs: -1, receivedMs: 0, proofMs: 0, points: [], outages: [] });
    this.#nodes = inDependencyOrder(specs).map((spec) => ({ spec, raised: false, known: false, everKnown: false, lastTrue: false, inDoubt: false, onSinceMs: null, offSinceMs: null, reviewMs: null, onsetMs: -1, votes: [], results: [] }));
    this.#byId = new Map(this.#nodes.map((node) => [node.spec.id, node]));
  }

  truthOf(id: string): Truth {
    const node = this.#byId.get(id) as Node;
    return !node.known || node.inDoubt ? 'unknown' : node.raised;
  }

  push(sample: Sample): void {
    const tag = this.#tags.get(sample.tag);
    if (tag === undefined) return;
    this.advance(Math.max(sample.receivedMs, this.#nowMs));
    const wasGood = isGood(tag);
    const own = OWN.has(sample.status);
    const behindMs = own ? 0 : tag.sourceMs - sample.sourceMs;
    const isLate = behindMs > 0 && behindMs <= 10_000;
    const usable = sample.value !== null && (typeof sample.value !== 'number' || Number.isFinite(sample.value));
    const neverHeard = tag.severity === 'never' || tag.severity === 'waiting';
    const severity = neverHeard && sample.status === STATUS.badWaitingForInitialData ? 'waiting' : usable ? severityOf(sample.status) : 'bad';
    if (!isLate) {
      const same = sample.sourceMs === tag.sourceMs && Object.is(sample.value, tag.value) && severity === tag.severity;
      tag.proofMs = Math.max(tag.proofMs, sample.receivedMs);
      if (same && !tag.isStale) return;
      tag.isStale = false;
      if (!own) tag.sourceMs = sample.sourceMs;
      tag.receivedMs = sample.receivedMs;
      tag.severity = severity;
      if (usable) tag.value = sample.value === 0 ? 0 : sample.value;
    }
    if (behindMs > 10_000) [tag.points, tag.outages] = [[], []];
    if (usable && typeof sample.value === 'number' && severityOf(sample.status) === 'good') {
      const newest = Math.max(...tag.points.map((p) => p.t));
      if (tag.points.length > 0 && sample.sourceMs > newest && !(wasGood && behindMs <= 10_000)) tag.outages.push({ afterMs: newest, untilMs: sample.sourceMs });
      tag.points.push({ t: sample.sourceMs, v: sample.value });
    }
    for (const node of this.#readersOf(sample.tag)) {
      const { measure } = node.spec;
      if (measure.kind === 'lab' && !isLate && isGood(tag)) node.results.push({ atMs: this.#nowMs, beyond: within(measure, Number(tag.value), 0, false) === true });
      this.#evaluate(node);
    }
  }

  alive(atMs: number): void {
    this.advance(Math.max(atMs, this.#nowMs));
    const woken: Tag[] = [];
    for (const tag of this.#tags.values()) {
      if (tag.severity === 'never' || tag.severity === 'waiting' || tag.spec.scanMs === 0) continue;
      tag.proofMs = Math.max(tag.proofMs, atMs);
      if (tag.isStale) woken.push(tag);
      tag.isStale = false;
    }
    for (const tag of woken) for (const node of this.#readersOf(tag.spec.id)) this.#evaluate(node);
  }

  advance(nowMs: number): void {
    if (nowMs < this.#nowMs) return;
    for (;;) {
      const staleAt = (tag: Tag): number => (tag.spec.scanMs === 0 || tag.isStale || tag.severity === 'never' ? Infinity : tag.proofMs + 2 * tag.spec.scanMs);
      const next = [...this.#tags.values()].reduce<Tag | null>((first, tag) => (first === null || staleAt(tag) < staleAt(first) ? tag : first), null);
      if (next === null || staleAt(next) >= nowMs) break;
      this.#runTimers(Math.max(staleAt(next), this.#nowMs));
      if (next.severity === 'waiting') next.severity = 'bad';
      next.isStale = true;
      for (const node of this.#readersOf(next.spec.id)) this.#evaluate(node);
    }
    this.#runTimers(nowMs);
    if (!this.#hasBegun) for (const node of this.#nodes) if (node.spec.measure.kind === 'seen') this.#evaluate(node);
    this.#hasBegun = true;
  }

  #runTimers(untilMs: number): void {
    for (;;) {
      const next = this.#nodes.reduce<Node | null>((first, node) => (first === null || dueOf(node) < dueOf(first) ? node : first), null);
      if (next === null || dueOf(next) > untilMs) break;
      this.#nowMs = Math.max(this.#nowMs, dueOf(next));
      this.#evaluate(next);
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  #readersOf(tag: string): Node[] {
    return this.#nodes.filter(({ spec: { measure } }) => inputsOf(measure).includes(tag) || (measure.kind === 'not' && this.#observations(measure.of).includes(tag)));
  }

  #observations(id: string): readonly string[] {
    const { measure } = (this.#byId.get(id) as Node).spec;
    return measure.kind === 'seen' ? [measure.input] : childrenOf(measure).flatMap((child) => this.#observations(child));
  }

  #evaluate(node: Node): void {
    const before = this.truthOf(node.spec.id);
    node.reviewMs = null;
    const raw = this.#raw(node, node.spec.measure);
    if (raw === 'unknown') this.#lose(node);
    else this.#hear(node, raw);
    if (this.truthOf(node.spec.id) === before) return;
    for (const parent of this.#nodes) if (childrenOf(parent.spec.measure).includes(node.spec.id)) this.#evaluate(parent);
  }

  #lose(node: Node): void {
    node.offSinceMs = null;
    if (node.spec.isProof === true) {
      node.onSinceMs = null;
      node.inDoubt ||= node.raised;
      node.raised = false;
    }
    if (node.known) this.#tell(node, 'unknown');
    node.known = false;
  }

  #hear(node: Node, raw: boolean): void {
    const isNews = !node.known && node.everKnown;
    node.known = node.everKnown = true;
    node.lastTrue = raw;
    if (!raw) node.inDoubt = false;
    if (raw) node.offSinceMs = null;
    else node.onSinceMs = null;
    if (raw === node.raised) {
      node.onSinceMs = node.offSinceMs = null;
      if (isNews) this.#tell(node, raw ? 'raised' : 'cleared');
      return;
    }
    const sinceMs = (raw ? node.onSinceMs : node.offSinceMs) ?? this.#nowMs;
    const isOver = this.#nowMs - sinceMs >= (raw ? node.spec.onDelayMs : node.spec.offDelayMs);
    node.onSinceMs = raw && !isOver ? sinceMs : null;
    node.offSinceMs = !raw && !isOver ? sinceMs : null;
    if (isOver) {
      node.raised = raw;
      node.inDoubt = false;
      if (raw) node.onsetMs = this.#nowMs;
    }
    if (isOver || isNews) this.#tell(node, node.raised ? 'raised' : 'cleared');
  }

  #tell(node: Node, state: string): void {
    this.changes.push({ id: node.spec.id, state, atMs: this.#nowMs });
  }

  #raw(node: Node, m: Measure): Truth {
    const tags = inputsOf(m).map((id) => this.#tags.get(id) as Tag);
    const tag = tags[0] as Tag;
    const numbers = tags.map((each) => (isGood(each) && typeof each.value !== 'string' && each.value !== null ? Number(each.value) : Number.NaN));
    const [first = Number.NaN, second = Number.NaN] = numbers;
    switch (m.kind) {
      case 'limit': return within(m, first, m.deadband, node.lastTrue);
      case 'ratio': return second > m.minOver ? within(m, first / second, m.deadband, node.lastTrue) : 'unknown';
      case 'deviation': return within(m, m.absolute ? Math.abs(first - second) : first - second, m.deadband, node.lastTrue);
      case 'discrepancy': {
        const good = numbers.filter((n) => !Number.isNaN(n));
        if (good.length < 2) return 'unknown';
        const answer = within({ above: m.tolerance }, Math.max(...good) - Math.min(...good), m.deadband, node.lastTrue);
        return answer === false && node.lastTrue && good.length < numbers.length ? 'unknown' : answer;
      }
      case 'voted': {
        const answers = numbers.map((n, i) => within(m, n, m.deadband, node.votes[i] === true));
        answers.forEach((answer, i) => { if (answer !== 'unknown') node.votes[i] = answer; });
        const count = (truth: Truth): number => answers.filter((answer) => answer === truth).length;
        return count(true) >= m.need ? true : count(true) + count('unknown') < m.need ? false : 'unknown';
      }
      case 'state': return !isGood(tag) ? 'unknown' : [m.is].flat().includes(tag.value as string | boolean);
      case 'stale': return tags.some((each) => heard(each) && !isGood(each)) || (tags.every(heard) ? false : 'unknown');
      case 'badQuality': return tags.some((each) => heard(each) && each.severity !== 'good') || (tags.every(heard) ? false : 'unknown');
      case 'seen': return isGood(tag) ? Number(tag.value) === 1 : heard(tag) ? 'unknown' : false;
      case 'all': case 'any': {
        const parts = m.of.map((id) => this.truthOf(id));
        const decisive = m.kind === 'any';
        return parts.includes(decisive) ? decisive : parts.includes('unknown') ? 'unknown' : !decisive;
      }
      case 'not': { const part = this.truthOf(m.of); return part === 'unknown' || (part === false && this.#isUnspoken(m.of)) ? 'unknown' : !part; }
      case 'duration': {
        const part = this.#byId.get(m.of) as Node;
        if (!part.raised) return this.truthOf(m.of) === 'unknown' ? 'unknown' : false;
        if (this.#nowMs - part.onsetMs >= m.longerThan) return true;
        node.reviewMs = part.onsetMs + m.longerThan;
        return false;
      }
      case 'lab': return this.#lab(node, m);
      case 'rate': case 'trend': case 'swing': case 'notFalling': {
        for (const each of tags) this.#review(node, each, m.window);
        return this.#windowed(node, m, tags, numbers);
      }
    }
  }

  #isUnspoken(id: string): boolean {
    return this.#observations(id).some((observation) => !heard(this.#tags.get(observation) as Tag));
  }

  #review(node: Node, tag: Tag, windowMs: number): void {
    if (!isGood(tag) || Math.max(0, this.#nowMs - tag.receivedMs) > windowMs * 1.125) return;
    const atMs = this.#nowMs + Math.ceil(windowMs / 8);
    node.reviewMs = Math.min(node.reviewMs ?? Infinity, atMs);
  }

  #lab(node: Node, m: Of<'lab'>): Truth {
    const [last, before] = node.results.toReversed();
    if (last === undefined) return 'unknown';
    if (m.phase === 'suspected') return last.beyond;
    if (m.phase === 'confirmed') return last.beyond && before?.beyond === true;
    if (!last.beyond || before?.beyond === true) return false;
    if (this.#nowMs - last.atMs >= m.reanalyseWithin) return true;
    node.reviewMs = last.atMs + m.reanalyseWithin;
    return false;
  }

  #windowed(node: Node, m: Of<'rate' | 'trend' | 'swing' | 'notFalling'>, tags: readonly Tag[], numbers: readonly number[]): Truth {
    const tag = tags[0] as Tag;
    if (!isGood(tag)) return 'unknown';
    const nowOf = (each: Tag): number => each.sourceMs + Math.max(0, this.#nowMs - each.receivedMs);
    if (m.kind === 'rate') {
      const slope = slopeOf(tag, nowOf(tag), m.window);
      if (slope === null) return 'unknown';
      const rising = m.risingFasterThan !== undefined && within({ above: m.risingFasterThan }, slope, m.deadband, node.lastTrue) === true;
      return rising || (m.fallingFasterThan !== undefined && within({ above: m.fallingFasterThan }, -slope, m.deadband, node.lastTrue) === true);
    }
    let course = courseOf(tag, nowOf(tag), m.window);
    const covered = (): boolean => course.length > 0 && (course.at(-1)?.t ?? 0) - (course[0]?.t ?? 0) >= 0.8 * m.window;
    const change = (): number => (course.at(-1)?.v ?? 0) - (course[0]?.v ?? 0);
    if (m.kind === 'trend') {
      if (!covered()) return 'unknown';
      const sign = m.direction === 'rising' ? 1 : -1;
      const back = Math.max(...course.flatMap((a, i) => course.slice(i).map((b) => sign * (a.v - b.v))));
      return sign * change() >= m.minChange && back <= m.tolerance;
    }
    if (m.kind === 'notFalling') {
      const beyond = within({ above: m.above }, numbers[0] ?? Number.NaN, m.deadband, node.lastTrue);
      return beyond !== true ? beyond : !covered() ? 'unknown' : -change() < m.minFall;
    }
    if (m.over !== undefined) {
      const over = tags[1] as Tag;
      const least = m.minOver ?? 0;
      if (!((numbers[1] ?? Number.NaN) > least)) return 'unknown';
      const [ins, overs] = [course, courseOf(over, nowOf(over), m.window)];
      course = [...new Set([...ins, ...overs].map((p) => p.t))].sort((a, b) => a - b).flatMap((t) => {
        const [a, b] = [ins, overs].map((list) => list.filter((p) => p.t <= t).at(-1)?.v);
        return a !== undefined && b !== undefined && b > least ? [{ t, v: a / b }] : [];
      });
    }
    return turns(course.map((p) => p.v), m.amplitude) >= m.reversals ? true : covered() ? false : 'unknown';
  }
}

const isGood = (tag: Tag): boolean => tag.severity === 'good' && !tag.isStale;
const heard = (tag: Tag): boolean => tag.severity !== 'never' && tag.severity !== 'waiting';

function dueOf(node: Node): number {
  const delays = node.known ? [node.onSinceMs === null ? Infinity : node.onSinceMs + node.spec.onDelayMs, node.offSinceMs === null ? Infinity : node.offSinceMs + node.spec.offDelayMs] : [];
  return Math.min(node.reviewMs ?? Infinity, ...delays);
}

function within(m: { above?: number | undefined; atOrAbove?: number | undefined; below?: number | undefined; atOrBelow?: number | undefined }, value: number, deadband: number, last: boolean): Truth {
  if (Number.isNaN(value)) return 'unknown';
  const held = last ? deadband : 0;
  if (m.above !== undefined) return value > m.above || (last && value > m.above - held);
  if (m.atOrAbove !== undefined) return value >= m.atOrAbove - held;
  if (m.below !== undefined) return value < m.below || (last && value < m.below + held);
  return value <= (m.atOrBelow ?? Number.NaN) + held;
}

/** Least squares as in a textbook: one point for each 23rd of the window, its last sample, or the value that stood. */
function slopeOf(tag: Tag, untilMs: number, windowMs: number): number | null {
  const step = Math.max(1, Math.ceil(windowMs / 23));
  const bucket = (t: number): number => Math.floor(t / step);
  const isGap = (id: number): boolean => tag.outages.some((o) => id > bucket(o.afterMs) && id < bucket(o.untilMs) && !tag.points.some((p) => bucket(p.t) === id));
  const points: { t: number; v: number; start: number }[] = [];
  for (let id = bucket(untilMs) - 23; id <= bucket(untilMs); id += 1) {
    const before = tag.points.filter((p) => bucket(p.t) <= id);
    const last = before.reduce<Point | null>((a, b) => (a === null || b.t >= a.t ? b : a), null);
    if (last === null) continue;
    const holds = Array.from({ length: Math.min(60, id - bucket(last.t)) }, (_, k) => id - k);
    if (holds.some(isGap)) continue;
    const t = bucket(last.t) === id ? last.t : Math.min((id + 1) * step, untilMs);
    if (t >= untilMs - windowMs) points.push({ t, v: last.v, start: id * step });
  }
  const since = Math.min(...tag.points.map((p) => p.t));
  const covered = untilMs - Math.max(points[0]?.start ?? Infinity, since, untilMs - windowMs);
  if (points.length < 3 || covered < windowMs / 2) return null;
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const [t0, v0] = [mean(points.map((p) => p.t - untilMs)), mean(points.map((p) => p.v))];
  const over = points.reduce((sum, p) => sum + (p.t - untilMs - t0) * (p.v - v0), 0);
  const under = points.reduce((sum, p) => sum + (p.t - untilMs - t0) ** 2, 0);
  return under > 0 ? (over / under) * 60_000 : null;
}

/** Every sample of the window, after what stood when it began, and the last one carried on. */
function courseOf(tag: Tag, untilMs: number, windowMs: number): Point[] {
  const byTime = tag.points.toSorted((a, b) => a.t - b.t);
  const fromMs = untilMs - windowMs;
  const inside = byTime.filter((p) => p.t >= fromMs);
  const before = byTime.filter((p) => p.t < fromMs).at(-1);
  const brokenUntilMs = Math.max(-Infinity, ...tag.outages.map((o) => o.untilMs));
  const last = byTime.at(-1);
  const course = before !== undefined && before.t >= brokenUntilMs ? [{ t: fromMs, v: before.v }, ...inside] : inside;
  return course.length > 0 && last !== undefined && untilMs > last.t ? [...course, { t: untilMs, v: last.v }] : course;
}

/** Turns, counted by following the value from extreme to extreme. */
function turns(values: readonly number[], amplitude: number): number {
  const legs: number[] = [];
  let anchor: { low: number; high: number } | null = null;
  for (const v of values) {
    anchor = anchor === null ? { low: v, high: v } : { low: Math.min(anchor.low, v), high: Math.max(anchor.high, v) };
    const going = legs.at(-1);
    if (going !== -1 && anchor.high - v >= amplitude) [anchor, legs[legs.length]] = [{ low: v, high: v }, -1];
    else if (going !== 1 && v - anchor.low >= amplitude) [anchor, legs[legs.length]] = [{ low: v, high: v }, 1];
    else if (going === 1) anchor.low = v;
    else if (going === -1) anchor.high = v;
  }
  return Math.max(0, legs.length - 1);
}
