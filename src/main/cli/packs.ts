/** `haven packs`: what is loaded. */
import path from 'node:path';
import { formatFinding } from '../packs/finding.ts';
import type { Finding } from '../packs/finding.ts';
import { plantListing, procedureListing } from '../packs/listing.ts';
import { loadPacks } from '../packs/load.ts';
import type { LoadedPacks } from '../packs/load.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { parsePackOptions } from './options.ts';

const HELP = `haven packs [--json] [--rules DIR] [--procedures DIR]

Says which plants, conditions, interlocks and procedures are loaded. A file with an error is not loaded; its errors go
to stderr as file:line:column: what is wrong; what is expected.

  --json   one JSON document on stdout: {plants: [...], procedures: [...]}

Exit: 0 everything loaded, 1 errors, 2 wrong call or unreadable folder.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const parsed = parsePackOptions(args);
  if ('wrong' in parsed || parsed.options.positionals.length > 0) {
    io.stderr(`haven packs: ${'wrong' in parsed ? parsed.wrong : `unexpected '${parsed.options.positionals[0] ?? ''}'`}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  const { json, help, rules, procedures } = parsed.options;
  if (help) { io.stdout(HELP); return EXIT_DONE; }
  const loaded = loadPacks({ rulesDir: path.resolve(io.cwd, rules), proceduresDir: path.resolve(io.cwd, procedures) });
  const errors = loaded.findings.filter((finding) => finding.severity === 'error');
  for (const finding of errors) io.stderr(`${formatFinding(nearCwd(finding, io.cwd))}\n`);
  if (loaded.files.length === 0) return EXIT_WRONG_CALL;
  io.stdout(json ? `${JSON.stringify(listing(loaded))}\n` : summary(loaded));
  return errors.length === 0 ? EXIT_DONE : EXIT_FINDINGS;
}

function listing(loaded: LoadedPacks): object {
  return {
    plants: loaded.plants.map(plantListing),
    procedures: loaded.plants.flatMap((plant) => plant.procedures.map((procedure) => procedureListing(procedure, plant.sourceHashes[procedure.id]))),
  };
}

function summary(loaded: LoadedPacks): string {
  const lines = loaded.plants.flatMap((plant) => [
    `${plant.id}  ${plant.title.zh}  ${plant.title.en}`,
    `  ${plant.tags.length} tags, ${plant.conditions.length} conditions, ${plant.interlocks.length} interlocks, ${plant.zones.length} zones, ${plant.procedures.length} procedures`,
    ...plant.procedures.map((procedure) => `  ${procedure.id}  v${procedure.version}  ${procedure.title.zh}  ${procedure.title.en}`),
  ]);
  return `${lines.join('\n')}\n`;
}

/** Messages name files as a person in this folder would. */
function nearCwd(finding: Finding, cwd: string): Finding {
  const near = path.relative(cwd, finding.file);
  return near.startsWith('..') ? finding : { ...finding, file: near };
}
