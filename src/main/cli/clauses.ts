/** `haven clauses`: each clause of the guideline, what carries it, and which tests name it. */
import path from 'node:path';
import { coverageOf, testTitles, uncoveredOf } from '../packs/coverage.ts';
import type { ClauseCoverage } from '../packs/coverage.ts';
import { formatFinding } from '../packs/finding.ts';
import { loadPacks } from '../packs/load.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { parsePackOptions } from './options.ts';

const HELP = `haven clauses [--json] [--rules DIR] [--procedures DIR]

For every clause in procedures/clauses.yaml: what carries it (conditions, procedures, prohibitions, interlocks, gates)
and which tests name it. A clause without a carrier, or without a test, is uncovered; what must be recognised (trigger)
or held (limit) needs a carrier that does something: a condition, an interlock, a gate, for a limit also a procedure.
In a copy without tests/ only the carriers count.

  --json   one JSON document on stdout: {clauses: [{id, kind, carriers, tests}], uncovered: [ids]}

Exit: 0 done, 1 the packs have errors, 2 wrong call or no register.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const parsed = parsePackOptions(args);
  if ('wrong' in parsed || parsed.options.positionals.length > 0) {
    io.stderr(`haven clauses: ${'wrong' in parsed ? parsed.wrong : `unexpected '${parsed.options.positionals[0] ?? ''}'`}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  const { json, help, rules, procedures } = parsed.options;
  if (help) { io.stdout(HELP); return EXIT_DONE; }
  const loaded = loadPacks({ rulesDir: path.resolve(io.cwd, rules), proceduresDir: path.resolve(io.cwd, procedures) });
  const errors = loaded.findings.filter((finding) => finding.severity === 'error');
  for (const finding of errors) io.stderr(`${formatFinding(finding)}\n`);
  if (loaded.clauses.length === 0) {
    io.stderr(`${path.join(procedures, 'clauses.yaml')}:1:1: there is no register of clauses; expected clauses.yaml beside the procedures\n`);
    return EXIT_WRONG_CALL;
  }
  const tests = testTitles(path.join(io.cwd, 'tests'), 'tests');
  const clauses = coverageOf(loaded, tests ?? []);
  const uncovered = uncoveredOf(clauses, tests !== null);
  io.stdout(json ? `${JSON.stringify({ clauses, uncovered })}\n` : table(clauses, uncovered));
  return errors.length === 0 ? EXIT_DONE : EXIT_FINDINGS;
}

function table(clauses: readonly ClauseCoverage[], uncovered: readonly string[]): string {
  const lines = clauses.map(({ id, kind, carriers, tests }) => `${id.padEnd(12)} ${kind.padEnd(8)} carried by ${String(carriers.length).padStart(3)}, tests ${String(tests.length).padStart(3)}`);
  return `${lines.join('\n')}\n\n${clauses.length - uncovered.length} of ${clauses.length} clauses covered; uncovered: ${uncovered.join(' ') || 'none'}\n`;
}
