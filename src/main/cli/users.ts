/** `haven users`: accounts of the people who sign, for OPERATION. The secret comes on standard input, never as an argument. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { roleSchema } from '../../contract/refusal.ts';
import { openUsers } from '../users/users.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven users list [--data DIR] | haven users add USER --name NAME --role ROLE[,ROLE] [--data DIR]

Accounts of the people who sign in OPERATION. \`add\` reads the secret from standard input.
ROLE: operator, supervisor, engineer, instructor, investigator.

Exit: 0 done, 1 refused, 2 wrong call.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven users: ${what}\n${HELP}`);
    return EXIT_WRONG_CALL;
  };
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false }, data: { type: 'string', default: '.haven' }, name: { type: 'string' }, role: { type: 'string' } } });
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong arguments');
  }
  const { values, positionals } = parsed;
  if (values.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  const users = await openUsers({ dir: path.resolve(io.cwd, values.data, 'operation'), mode: 'OPERATION' });
  if (!users.ok) {
    io.stderr(`haven users: ${users.problem.message.en}\n`);
    return EXIT_FINDINGS;
  }
  if (positionals[0] === 'list' && positionals.length === 1) {
    const accounts = users.value.list();
    io.stdout(values.json ? `${JSON.stringify({ users: accounts })}\n` : accounts.map((a) => `${a.user}  ${a.name}  ${a.roles.join(', ')}\n`).join('') || 'no accounts yet\n');
    return EXIT_DONE;
  }
  const roles = (values.role ?? '').split(',').map((role) => roleSchema.safeParse(role.trim()));
  if (positionals[0] !== 'add' || positionals.length !== 2 || values.name === undefined) return wrong(`'${positionals.join(' ')}' is not a call`);
  if (!roles.every((role) => role.success)) return wrong(`--role ${values.role ?? ''} is not a list of roles`);
  const added = await users.value.add({ user: positionals[1] ?? '', name: values.name, roles: roles.map((role) => role.data), secret: readFileSync(0, 'utf8').replace(/\r?\n$/u, '') });
  if (added.ok) io.stdout(values.json ? `${JSON.stringify({ user: added.value })}\n` : `added ${added.value.user}\n`);
  else io.stderr(`haven users: ${added.problem.message.en}\n`);
  return added.ok ? EXIT_DONE : EXIT_FINDINGS;
}
