/** The command line of the simulator: every option checked, one clear sentence for each mistake. */
import { parseArgs } from 'node:util';
import type { PlantId } from '../machine/definition.ts';
import { PLANT_IDS } from '../machine/definition.ts';

export interface ServerOptions {
  readonly plant: PlantId;
  /** a design of the plant (`h2o2`: co-current, counter-current); undefined = as it is */
  readonly design: string | undefined;
  readonly port: number;
  readonly instructorPort: number;
  readonly pkiFolder: string;
  readonly speed: number;
  readonly seed: number;
  readonly extraTags: number;
  readonly exitWithParent: boolean;
  /** where runs are kept; undefined = they are gone with the process */
  readonly runsFolder: string | undefined;
}

export const SPEED_LOW = 0.1;
export const SPEED_HIGH = 50;
const EXTRA_TAGS_HIGH = 100_000;

export type OptionsResult = { readonly ok: true; readonly value: ServerOptions } | { readonly ok: false; readonly message: string };

export function readOptions(argv: readonly string[]): OptionsResult {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        plant: { type: 'string', default: 'h2o2' }, design: { type: 'string' }, port: { type: 'string', default: '48404' }, 'instructor-port': { type: 'string', default: '48454' },
        pki: { type: 'string' }, runs: { type: 'string' }, speed: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, 'extra-tags': { type: 'string', default: '0' },
        'exit-with-parent': { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  const plant = PLANT_IDS.find((id) => id === values['plant']);
  if (plant === undefined) return { ok: false, message: `There is no plant "${String(values['plant'])}"; this simulator has ${PLANT_IDS.join(', ')}.` };
  if (typeof values['pki'] !== 'string' || values['pki'] === '') return { ok: false, message: 'Option --pki is missing: name the folder for the certificates of the simulator.' };
  if (values['runs'] === '') return { ok: false, message: 'Option --runs names the folder in which runs are kept; without it they are gone with the process.' };
  const numbers: readonly [string, number, number, boolean][] = [
    ['port', 1, 65_535, true], ['instructor-port', 1, 65_535, true], ['speed', SPEED_LOW, SPEED_HIGH, false], ['seed', 0, 2 ** 32 - 1, true], ['extra-tags', 0, EXTRA_TAGS_HIGH, true],
  ];
  const read: Record<string, number> = {};
  for (const [name, low, high, whole] of numbers) {
    const value = Number(values[name]);
    if (values[name] === '' || !(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
      return { ok: false, message: `Option --${name} must be a ${whole ? 'whole ' : ''}number from ${low} to ${high}, not "${String(values[name])}".` };
    }
    read[name] = value;
  }
  if (read['port'] === read['instructor-port']) return { ok: false, message: 'Options --port and --instructor-port must differ.' };
  return {
    ok: true,
    value: {
      plant, design: typeof values['design'] === 'string' ? values['design'] : undefined, port: read['port']!, instructorPort: read['instructor-port']!, pkiFolder: values['pki'], speed: read['speed']!, seed: read['seed']!,
      extraTags: read['extra-tags']!, exitWithParent: values['exit-with-parent'] === true, runsFolder: typeof values['runs'] === 'string' ? values['runs'] : undefined,
    },
  };
}
