/** `haven journal verify PATH`: chain, signatures and checkpoints of a journal or of a copy of one. `haven journal rotate-key DIR`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROTATION_REASON_MAX_LENGTH } from '../../domain/journal/record.ts';
import { rotateKey } from '../journal/rotate-key.ts';
import { verifyJournal } from '../journal/verify.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven journal verify PATH [--from-segment N] [--checkpoints FILE] [--json]
haven journal rotate-key DIR --reason TEXT [--keep-old] [--json]

verify: checks chain, signatures and checkpoints. PATH is a journal's folder, its journal.sqlite (the sealed segments beside it
are found) or one sealed segment, which is looked at alone; checkpoints.ndjson beside it is read by default. Verdicts: sound,
altered, truncated, rewritten, unreadable. Segments that are in an archive are named as missing; --from-segment begins behind them.

rotate-key: with the station stopped, makes a new signing key for the journal in DIR, and puts that on record, signed by the old key and the
new. The old private key is destroyed, because whoever finds it could sign another past; --keep-old keeps it in DIR/keys.

Exit: 0 sound or done, 1 not sound, 2 wrong call or refused.
`;

const OPTIONS = {
  'help': { type: 'boolean', short: 'h', default: false }, 'json': { type: 'boolean', default: false }, 'checkpoints': { type: 'string' }, 'from-segment': { type: 'string' },
  'reason': { type: 'string' }, 'keep-old': { type: 'boolean', default: false },
} as const;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven journal: ${what}; expected ${HELP.split('\n\n')[0]?.replace('\n', ' or ') ?? ''}\n`);
    return EXIT_WRONG_CALL;
  };
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: OPTIONS });
    if (values.help) {
      io.stdout(HELP);
      return EXIT_DONE;
    }
    const [verb, given, ...more] = positionals;
    if ((verb !== 'verify' && verb !== 'rotate-key') || given === undefined || more.length > 0) return wrong(`'${positionals.join(' ')}' is not a call`);
    const target = path.resolve(io.cwd, given);
    return verb === 'verify' ? verify(target, values, io, wrong) : rotate(target, values, io, wrong);
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments');
  }
}

interface Values {
  readonly 'json': boolean;
  readonly 'checkpoints'?: string | undefined;
  readonly 'from-segment'?: string | undefined;
  readonly 'reason'?: string | undefined;
  readonly 'keep-old': boolean;
}
type Wrong = (what: string) => number;

function verify(target: string, { json, checkpoints, 'from-segment': from }: Values, io: CommandIo, wrong: Wrong): number {
  if (from !== undefined && !/^[1-9]\d{0,5}$/u.test(from)) return wrong(`--from-segment ${from} is not the number of a segment; expected 1, 2, 3 ...`);
  const result = verifyJournal(target, { ...(checkpoints === undefined ? {} : { checkpointsFile: path.resolve(io.cwd, checkpoints) }), ...(from === undefined ? {} : { fromSegment: Number(from) }) });
  io.stdout(json ? `${JSON.stringify(result)}\n` : `${result.verdict}: ${result.records} records${result.firstBad === undefined ? '' : `, first bad ${result.firstBad}`}. ${result.detail}\n`);
  return result.verdict === 'sound' ? EXIT_DONE : EXIT_FINDINGS;
}

function rotate(dir: string, { json, reason, 'keep-old': keepOld }: Values, io: CommandIo, wrong: Wrong): number {
  if (reason === undefined || reason.trim() === '' || reason.length > ROTATION_REASON_MAX_LENGTH) return wrong(`--reason is not given, or longer than ${ROTATION_REASON_MAX_LENGTH} characters; it goes on record`);
  const rotated = rotateKey({ dir, reason: reason.trim(), keepOld, nowMs: Date.now() });
  if (!rotated.ok) {
    io.stderr(`haven journal: ${rotated.problem.message.en}\n`);
    return EXIT_WRONG_CALL;
  }
  const { n, newPublicKey, keptAs } = rotated.value;
  io.stdout(json ? `${JSON.stringify(rotated.value)}\n` : `A new key signs from record ${n} on. ${keptAs === undefined ? 'The old private key is destroyed.' : `The old private key is kept as keys/${keptAs}.`}\nPublic key, to be noted on paper: ${newPublicKey}\n`);
  return EXIT_DONE;
}
