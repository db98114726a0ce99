/** `haven lint [PATH...]`: reads rules and procedures as the station would and says what is wrong, where. */
import { formatFinding } from '../packs/finding.ts';
import { lintSelection } from '../packs/selection.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { parsePackOptions } from './options.ts';

const HELP = `haven lint [PATH...] [--site ID] [--json]

Reads rules and procedures as the station would and checks everything that can be checked without a plant.
PATH is a file or a folder; without one, rules/ and procedures/ are read. A lone file is judged together with the
installed packs. Findings go to stderr as file:line:column: what is wrong; what is expected.

  --site ID      only this site of the plants (rules/<plant>/sites/); without it, every site is judged
  --json         one JSON document on stdout: {ok, files, findings: [{file, line, column, severity, message}]}
  --rules DIR, --procedures DIR   other folders than rules/ and procedures/, when no PATH is given

Exit: 0 no errors (warnings allowed), 1 errors, 2 wrong call or unreadable path.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const parsed = parsePackOptions(args);
  if ('wrong' in parsed) {
    io.stderr(`haven lint: ${parsed.wrong}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  const { json, help, rules, procedures, positionals, site, exportTags } = parsed.options;
  if (help) { io.stdout(HELP); return EXIT_DONE; }
  if (exportTags !== undefined) { io.stderr(`haven lint: --export-tags belongs to haven packs; expected ${HELP.split('\n')[0] ?? ''}\n`); return EXIT_WRONG_CALL; }
  const { files, findings, unreadable } = lintSelection(positionals.length > 0 ? positionals : [rules, procedures], io.cwd, site);
  if (unreadable.length > 0) {
    for (const finding of unreadable) io.stderr(`${formatFinding(finding)}\n`);
    if (json) io.stdout(`${JSON.stringify({ ok: false, files, findings: [...unreadable, ...findings] })}\n`);
    return EXIT_WRONG_CALL;
  }
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  for (const finding of findings) io.stderr(`${formatFinding(finding)}\n`);
  if (json) io.stdout(`${JSON.stringify({ ok: errors === 0, files, findings })}\n`);
  else io.stdout(`${files.length} files, ${errors} errors, ${findings.length - errors} warnings\n`);
  return errors === 0 ? EXIT_DONE : EXIT_FINDINGS;
}
