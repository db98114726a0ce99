/** Options common to the commands about packs: `--json`, `--help`, and the folders. */
import { parseArgs } from 'node:util';

export interface PackOptions {
  readonly json: boolean;
  readonly help: boolean;
  readonly rules: string;
  readonly procedures: string;
  /** The site whose figures are asked for. */
  readonly site?: string | undefined;
  readonly exportTags?: string | undefined;
  readonly positionals: readonly string[];
}

export type ParsedOptions = { readonly options: PackOptions } | { readonly wrong: string };

/** Limit on everything. */
const MAX_ARGUMENTS = 1_000;

export function parsePackOptions(args: readonly string[]): ParsedOptions {
  if (args.length > MAX_ARGUMENTS) return { wrong: `${args.length} arguments; expected at most ${MAX_ARGUMENTS}` };
  try {
    const { values: { 'export-tags': exportTags, ...values }, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        rules: { type: 'string', default: 'rules' },
        procedures: { type: 'string', default: 'procedures' },
        'site': { type: 'string' },
        'export-tags': { type: 'string' },
      },
    });
    return { options: { ...values, exportTags, positionals } };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}
