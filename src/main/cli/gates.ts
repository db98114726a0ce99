/** `haven gates`: what the product refuses, printed from the tables that decide. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gatesPage, printedGates } from '../../domain/gates/printed.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven gates [--json] [--out FILE]

Every operation that may be refused, every rule that refuses it, with clause and who can change it. Without options as
Markdown on stdout (docs/gates.md is this page).

  --json       one JSON document on stdout: {operations: [{id, direction, title, rules, why}], rules: [{id, clause, directions, looksAt, whoCanChange}]}
  --out FILE   writes the page to FILE

Exit: 0 done, 2 wrong call or the file cannot be written.
`;

export function run(args: readonly string[], io: CommandIo): Promise<number> {
  return Promise.resolve(print(args, io));
}

function print(args: readonly string[], io: CommandIo): number {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], strict: true, options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false }, out: { type: 'string' } } });
  } catch (error) {
    io.stderr(`haven gates: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong arguments'}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  const { help, json, out } = parsed.values;
  if (help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  if (out !== undefined) {
    try {
      writeFileSync(path.resolve(io.cwd, out), gatesPage());
    } catch (error) {
      io.stderr(`${out}:1:1: cannot be written: ${error instanceof Error ? error.message : String(error)}; expected a file in a folder that exists\n`);
      return EXIT_WRONG_CALL;
    }
  }
  if (json) io.stdout(`${JSON.stringify(printedGates())}\n`);
  else if (out === undefined) io.stdout(gatesPage());
  return EXIT_DONE;
}
