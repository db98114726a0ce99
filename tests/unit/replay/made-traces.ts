/** Traces of a real plant, made up from a seed: steady and noisy, dense and sparse, bad values, words, late rows, outages. */
import type { PlantPack, TagDef } from '../../../src/domain/packs/schema.ts';

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface MadeTrace {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly time: string; readonly fields: readonly string[] }[];
}

export function madeTrace(pack: PlantPack, seed: number, maxRows = 250): MadeTrace {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
  const share = pick([0.05, 0.2, 0.6]);
  const tags = pack.tags.filter(() => random() < share);
  const [stepS, empty, noise] = [pick([0.1, 1, 1, 1, 7, 30, 120]), pick([0, 0.3, 0.9]), pick([0, 0.02, 0.2])];
  const level = new Map(tags.map(({ id }) => [id, random()]));
  const field = (tag: TagDef): string => {
    if (random() < empty) return '';
    const luck = random();
    if (luck < noise * 0.2) return '!bad';
    if (luck < noise * 0.3) return '!uncertain';
    if (tag.kind === 'boolean') return random() < 0.03 ? 'true' : 'false';
    if (tag.kind === 'discrete') return (random() < 0.05 ? tag.states[Math.floor(random() * tag.states.length)] : tag.states[0]) ?? '';
    if (luck < noise * 0.4) return 'NaN';
    if (random() < 0.05) level.set(tag.id, random() * 1.1 - 0.05);
    const value = tag.low + (tag.high - tag.low) * (level.get(tag.id) ?? 0);
    return tag.kind === 'count' ? String(Math.round(value)) : (value + noise * random()).toFixed(3);
  };
  const rows: { time: string; fields: string[] }[] = [];
  let seconds = 0;
  // Between rows time goes by in steps of a second: what lasts long has few rows.
  const count = 20 + random() * (maxRows - 20) * Math.min(1, 10 / stepS);
  for (let i = 0; i < count; i += 1) {
    seconds += stepS * (random() < 0.02 && stepS < 60 ? 30 : 1);
    rows.push({ time: seconds.toFixed(3), fields: [...tags.map(field), random() < 0.03 ? (0.28 + random() * 0.06).toFixed(2) : '', random() < 0.01 ? pick(['true', 'false']) : ''] });
  }
  if (random() < 0.5) makeLate(rows, random);
  return { columns: [...tags.map(({ id }) => id), `lab:${pack.labs[0]?.id ?? ''}`, `seen:${pack.observations[0]?.id ?? ''}`], rows };
}

/** Some rows change places with their neighbour, where the file may do so. The first one stays: time counts from it. */
function makeLate(rows: { time: string; fields: string[] }[], random: () => number): void {
  for (let i = 1; i < rows.length - 1; i += 1) {
    const [a, b] = [rows[i], rows[i + 1]];
    if (a === undefined || b === undefined || random() > 0.1 || Number(b.time) - Number(a.time) > 9) continue;
    [rows[i], rows[i + 1]] = [b, a];
    i += 1;
  }
}

export const wideText = ({ columns, rows }: MadeTrace): string => `time,${columns.join(',')}\n${rows.map(({ time, fields }) => `${time},${fields.join(',')}\n`).join('')}`;

/** The same samples, one in a row; moments without any are rows without a value. */
export function longText({ columns, rows }: MadeTrace): string {
  const lines = rows.flatMap(({ time, fields }) => {
    const samples = fields.flatMap((field, i) => (field === '' ? [] : [`${time},${columns[i] ?? ''},${field}`]));
    return samples.length > 0 ? samples : [`${time},${columns[0] ?? ''},`];
  });
  return `time,tag,value\n${lines.join('\n')}\n`;
}
