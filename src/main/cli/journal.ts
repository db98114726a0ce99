/** `haven journal verify FILE`: chain, signatures and checkpoints of a journal or of a copy of one. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { verifyJournal } from '../journal/verify.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven journal verify FILE [--checkpoints FILE] [--json]

Checks chain, signatures and checkpoints. FILE is a journal.sqlite or a copy of one; checkpoints.ndjson beside it is
read by default. Verdicts: sound, altered, truncated, rewritten, unreadable.

Exit: 0 sound, 1 not sound, 2 wrong call.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven journal: ${what}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  };
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false }, checkpoints: { type: 'string' } } });
    if (values.help) {
      io.stdout(HELP);
      return EXIT_DONE;
    }
    const [verb, file, ...more] = positionals;
    if (verb !== 'verify' || file === undefined || more.length > 0) return wrong(`'${positionals.join(' ')}' is not a call`);
    const result = verifyJournal(path.resolve(io.cwd, file), values.checkpoints === undefined ? {} : { checkpointsFile: path.resolve(io.cwd, values.checkpoints) });
    io.stdout(values.json ? `${JSON.stringify(result)}\n` : `${result.verdict}: ${result.records} records${result.firstBad === undefined ? '' : `, first bad ${result.firstBad}`}. ${result.detail}\n`);
    return result.verdict === 'sound' ? EXIT_DONE : EXIT_FINDINGS;
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments');
  }
}
