/** `haven packs`: what is loaded. */
import path from 'node:path';
import { formatFinding } from '../packs/finding.ts';
import type { Finding } from '../packs/finding.ts';
import { plantListing, procedureListing } from '../packs/listing.ts';
import { loadPacks } from '../packs/load.ts';
import type { LoadedPacks } from '../packs/load.ts';
import { writeTagList } from '../packs/tag-list.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { parsePackOptions } from './options.ts';

const HELP = `haven packs [--site ID] [--export-tags PLANT] [--json] [--rules DIR] [--procedures DIR]

Says which plants, conditions, interlocks and procedures are loaded. A file with an error is not loaded; its errors go
to stderr as file:line:column: what is wrong; what is expected.

  --site ID            the plants with this site's figures (rules/<plant>/sites/); a refused site leaves the plant's own
  --export-tags PLANT  the tags of this plant as CSV on stdout, in the columns that rules/<plant>/tags*.csv is read with
  --json               one JSON document on stdout: {plants: [...], procedures: [...], sites: [...]}

Exit: 0 everything loaded, 1 errors, 2 wrong call or unreadable folder.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const parsed = parsePackOptions(args);
  if ('wrong' in parsed || parsed.options.positionals.length > 0) {
    io.stderr(`haven packs: ${'wrong' in parsed ? parsed.wrong : `unexpected '${parsed.options.positionals[0] ?? ''}'`}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  const { json, help, rules, procedures, site, exportTags } = parsed.options;
  if (help) { io.stdout(HELP); return EXIT_DONE; }
  const loaded = loadPacks({ rulesDir: path.resolve(io.cwd, rules), proceduresDir: path.resolve(io.cwd, procedures), site });
  const errors = [...loaded.findings, ...loaded.sites.flatMap((outcome) => outcome.findings)].filter((finding) => finding.severity === 'error');
  for (const finding of errors) io.stderr(`${formatFinding(nearCwd(finding, io.cwd))}\n`);
  if (loaded.files.length === 0) return EXIT_WRONG_CALL;
  if (exportTags !== undefined) return exportTagList(exportTags, loaded, io);
  io.stdout(json ? `${JSON.stringify(listing(loaded))}\n` : summary(loaded));
  return errors.length === 0 ? EXIT_DONE : EXIT_FINDINGS;
}

/** Exit 1 when a part of a tag has no column: what is written then says less than what was read. */
function exportTagList(plant: string, loaded: LoadedPacks, io: CommandIo): number {
  const pack = loaded.plants.find((one) => one.id === plant);
  if (pack === undefined) {
    io.stderr(`haven packs: there is no plant '${plant}'; expected one of ${loaded.plants.map((one) => one.id).join(', ') || 'none'}\n`);
    return EXIT_WRONG_CALL;
  }
  io.stdout(writeTagList(pack.tags));
  const withCards = pack.tags.filter((tag) => tag.card !== undefined);
  for (const tag of withCards) io.stderr(`haven packs: the response card of tag ${tag.id} has no column and is left out; expected it to be kept in YAML\n`);
  return withCards.length === 0 ? EXIT_DONE : EXIT_FINDINGS;
}

function listing(loaded: LoadedPacks): object {
  return {
    plants: loaded.plants.map(plantListing),
    sites: loaded.sites.map(({ id, plant, title, applied }) => ({ id, plant, title, applied })),
    procedures: loaded.plants.flatMap((plant) => plant.procedures.map((procedure) => procedureListing(procedure, plant.sourceHashes[procedure.id]))),
  };
}

function summary(loaded: LoadedPacks): string {
  const lines = loaded.plants.flatMap((plant) => [
    `${plant.id}  ${plant.title.zh}  ${plant.title.en}`,
    ...(plant.site === undefined ? [] : [`  ${plant.site.applied ? 'with the figures of site' : "with the plant's own figures; refused: site"} ${plant.site.id}  ${plant.site.title.zh}  ${plant.site.title.en}`]),
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
