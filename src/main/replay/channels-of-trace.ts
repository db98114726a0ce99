/** What the fields of a trace may be about, and how a field becomes a value: the vocabulary of one plant. */
import type { PlantPack, TagDef } from '../../domain/packs/schema.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import type { Sample, SampleValue } from '../../domain/samples/sample.ts';
import type { TraceSamples } from './instant.ts';

/** How the number of a sample is to be read. `none`: quality without a value. */
export const KIND = { number: 0, truth: 1, word: 2, none: 3 } as const;

export interface TraceChannel {
  readonly id: string;
  /** Null for laboratory results and observations. */
  readonly tag: TagDef | null;
  /** A plain number in a field is its value, without further ado. */
  readonly isNumeric: boolean;
  /** Comes from an instrument by itself, at a cadence, and not from people. */
  readonly isMeasured: boolean;
  readonly states: readonly string[];
}

/** One field, understood: what an Instant keeps of a sample. */
export interface FieldValue {
  readonly kind: number;
  readonly number: number;
  readonly status: number;
}

/** Why a field could not be understood. */
export interface FieldProblem {
  readonly problem: string;
  /** The field at fault is the one with the quality. */
  readonly inQuality?: true;
}

/** All channels, in the order in which the engine numbers them: tags, laboratory results, observations. */
export function channelsOfTrace(pack: PlantPack): TraceChannel[] {
  return [
    ...pack.tags.map((tag): TraceChannel => ({ id: tag.id, tag, isNumeric: isNumber(tag), isMeasured: isNumber(tag), states: tag.kind === 'discrete' ? tag.states : [] })),
    ...pack.labs.map(({ id }): TraceChannel => ({ id: `lab:${id}`, tag: null, isNumeric: true, isMeasured: false, states: [] })),
    ...pack.observations.map(({ id }): TraceChannel => ({ id: `seen:${id}`, tag: null, isNumeric: false, isMeasured: false, states: [] })),
  ];
}

const isNumber = (tag: TagDef): boolean => tag.kind === 'analog' || tag.kind === 'count';

/** Sample number `i` of an instant, as the engine takes it. */
export function sampleAt(channels: readonly TraceChannel[], at: TraceSamples, i: number): Sample {
  const channel = channels[at.channels[i] as number] as TraceChannel;
  return { tag: channel.id, value: valueAt(channel, at, i), status: at.statuses[i] as number, sourceMs: at.atMs, receivedMs: at.atMs };
}

function valueAt(channel: TraceChannel, at: TraceSamples, i: number): SampleValue {
  const number = at.numbers[i] as number;
  switch (at.kinds[i]) {
    case KIND.number: return number;
    case KIND.truth: return number === 1;
    case KIND.word: return channel.states[number] ?? null;
    default: return null;
  }
}

/** A field and its quality (empty in wide traces) become a value; both are trimmed, and not both empty. */
export function understand(channel: TraceChannel, field: string, quality: string): FieldValue | FieldProblem {
  const status = field === '!bad' ? STATUS.bad : field === '!uncertain' ? STATUS.uncertain : qualityStatus(quality);
  if (status === null) return { problem: `'${quality}' is not a quality; expected good, uncertain, bad or an OPC UA status code`, inQuality: true };
  if (field.startsWith('!') || field === '') {
    if (field !== '' && field !== '!bad' && field !== '!uncertain') return { problem: `'${field}' is not a quality; expected !bad or !uncertain` };
    return { kind: KIND.none, number: Number.NaN, status };
  }
  const value = valueOf(channel, field);
  return value === null ? { problem: `'${field}' is no value of ${channel.id}; expected ${expectation(channel)}` } : { ...value, status };
}

export function qualityStatus(quality: string): number | null {
  switch (quality.toLowerCase()) {
    case '': case 'good': return STATUS.good;
    case 'uncertain': case '!uncertain': return STATUS.uncertain;
    case 'bad': case '!bad': return STATUS.bad;
    default: {
      const code = /^(?:0x[\da-f]{1,8}|\d{1,10})$/iu.test(quality) ? Number(quality) : Number.NaN;
      return Number.isInteger(code) && code <= 0xffffffff ? code : null;
    }
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
/** What instruments write when they have no number: taken as a number that is not one, which is never good. */
const NOT_A_NUMBER = /^[+-]?(?:nan|inf|infinity)$/iu;

function valueOf({ id, tag, isNumeric }: TraceChannel, field: string): { kind: number; number: number } | null {
  if (isNumeric) return NUMBER.test(field) ? { kind: KIND.number, number: Number(field) } : NOT_A_NUMBER.test(field) ? { kind: KIND.number, number: Number.NaN } : null;
  if (tag?.kind === 'boolean' || id.startsWith('seen:')) {
    const word = field.toLowerCase();
    return word === 'true' || word === '1' ? { kind: KIND.truth, number: 1 } : word === 'false' || word === '0' ? { kind: KIND.truth, number: 0 } : null;
  }
  const states = tag?.kind === 'discrete' ? tag.states : [];
  const number = states.includes(field) ? states.indexOf(field) : NUMBER.test(field) ? Number(field) : -1;
  return states[number] === undefined ? null : { kind: KIND.word, number };
}

function expectation({ id, tag }: TraceChannel): string {
  if (tag === null) return id.startsWith('seen:') ? 'true or false' : 'a number';
  switch (tag.kind) {
    case 'boolean': return 'true or false';
    case 'discrete': return tag.states.join(', ');
    case 'analog': case 'count': return 'a number';
  }
}
