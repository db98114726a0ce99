/** The shipped plants for benchmarks of procedures: the peroxide plant with values at which nothing is abnormal, and a clock that is turned by hand. */
import { join } from 'node:path';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { Sample, SampleValue } from '../../domain/samples/sample.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import { formatFinding } from '../packs/finding.ts';
import { loadPacks } from '../packs/load.ts';
import type { LoadedPacks } from '../packs/load.ts';
import type { StationClock } from '../station/clock.ts';
import { ROOT } from './child-process.ts';

/** A day to stand on, ms since the epoch. */
export const T0 = 1_790_000_000_000;

export function shippedPacks(): LoadedPacks {
  const loaded = loadPacks({ rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures') });
  const error = loaded.findings.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`the shipped packs do not load: ${formatFinding(error)}`);
  return loaded;
}

export function packOf({ plants }: LoadedPacks, id: string): PlantPack {
  const pack = plants.find((plant) => plant.id === id);
  if (pack === undefined) throw new Error(`the shipped packs have no plant '${id}'`);
  return pack;
}

/** Where the middle of the range or its lower end would be abnormal in the peroxide plant. */
const SPECIAL: Readonly<Record<string, SampleValue>> = {
  'AI-4207': 4, 'AI-4307': 97, 'FI-4109': 600, 'FI-4902': 20, 'FI-4901': 3, 'FI-4213': 500, 'FI-4210': 8_000, 'FI-4105': 2_000, 'AI-4305A': 0.1, 'AI-4305B': 0.1, 'AI-4106A': 0.2, 'AI-4106B': 0.2, 'AI-4106C': 0.2,
  'XV-4101': 'open', 'XV-4203': 'open', 'XV-4301': 'open', 'XV-4302': 'open', 'ZS-4502': 'open', 'ZS-4211': 'open', 'ZS-4212': 'open',
};
const BY_UNIT: Readonly<Record<string, number>> = { 'degC': 45, 'MPa': 0.01, 'kPa': 1, '%': 50 };

export function calmValues(pack: PlantPack): Map<string, SampleValue> {
  const values = new Map<string, SampleValue>(pack.tags.map((tag) => {
    switch (tag.kind) {
      case 'boolean': return [tag.id, false];
      case 'discrete': return [tag.id, tag.states.includes('closed') ? 'closed' : 'running'];
      case 'count': return [tag.id, 0];
      case 'analog': return [tag.id, /^TI-4[78]/u.test(tag.id) ? 25 : (BY_UNIT[tag.unit] ?? 0)];
    }
  }));
  for (const [tag, value] of Object.entries(SPECIAL)) values.set(tag, value);
  return values;
}

export const sampleOf = (tag: string, value: SampleValue, atMs: number): Sample => ({ tag, value, status: STATUS.good, sourceMs: atMs, receivedMs: atMs });

/** Stands until it is turned, so that hours of a procedure cost no time. */
export class TurnedClock implements StationClock {
  now = T0;
  nowMs(): number { return this.now; }
  wallMs(): number { return this.now; }
  stepMs(): number { return 0; }
}
