/** `haven users`: accounts of the people who sign, for OPERATION. A secret comes on standard input, never as an argument. */
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { roleSchema } from '../../contract/refusal.ts';
import type { Role } from '../../contract/refusal.ts';
import { openUsers } from '../users/users.ts';
import type { Account, AccountRow, Result, Users } from '../users/users.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven users list
haven users add USER --name NAME --role ROLE[,ROLE]
haven users reset USER
haven users disable USER | enable USER
haven users roles USER --role ROLE[,ROLE]      (each with [--data DIR] [--json])

Accounts of the people who sign in OPERATION. \`add\` and \`reset\` read the secret from standard input; whoever gets it can do nothing with it
but choose their own at the console. A disabled account neither signs nor logs on, at once.
ROLE: operator, supervisor, engineer, instructor, investigator.

Exit: 0 done, 1 refused, 2 wrong call.
`;

interface Call {
  readonly user: string;
  readonly name: string | undefined;
  readonly roles: readonly Role[] | null;
}

interface Deed {
  readonly needs: readonly ('name' | 'roles')[];
  readonly done: string;
  readonly act: (users: Users, call: Call) => Promise<Result<Account>>;
}

const secretGiven = (): string => readFileSync(0, 'utf8').replace(/\r?\n$/u, '');

const DEEDS: Readonly<Record<string, Deed>> = {
  add: { needs: ['name', 'roles'], done: 'added', act: (users, { user, name, roles }) => users.add({ user, name: name ?? '', roles: [...(roles ?? [])], secret: secretGiven(), mustChange: true }) },
  reset: { needs: [], done: 'reset', act: (users, { user }) => users.resetSecret(user, secretGiven()) },
  disable: { needs: [], done: 'disabled', act: (users, { user }) => users.setDisabled(user, true) },
  enable: { needs: [], done: 'enabled', act: (users, { user }) => users.setDisabled(user, false) },
  roles: { needs: ['roles'], done: 'changed the roles of', act: (users, { user, roles }) => users.setRoles(user, [...(roles ?? [])]) },
};

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
  const [verb = '', user] = positionals;
  const isList = verb === 'list' && positionals.length === 1;
  const deed = Object.hasOwn(DEEDS, verb) ? DEEDS[verb] : undefined;
  if (!isList && (deed === undefined || user === undefined || positionals.length !== 2)) return wrong(`'${positionals.join(' ')}' is not a call`);
  const roles = values.role === undefined ? null : values.role.split(',').map((role) => roleSchema.safeParse(role.trim()));
  if (roles !== null && !roles.every((role) => role.success)) return wrong(`--role ${values.role ?? ''} is not a list of roles`);
  const call: Call = { user: user ?? '', name: values.name, roles: roles?.flatMap((role) => role.data ?? []) ?? null };
  if (deed?.needs.some((need) => (need === 'name' ? call.name === undefined : call.roles === null)) === true) return wrong(`'${positionals.join(' ')}' needs ${deed.needs.map((need) => (need === 'name' ? '--name' : '--role')).join(' and ')}`);
  const users = await openUsers({ dir: path.resolve(io.cwd, values.data, 'operation'), mode: 'OPERATION' });
  if (!users.ok) {
    io.stderr(`haven users: ${users.problem.message.en}\n`);
    return EXIT_FINDINGS;
  }
  if (deed === undefined) {
    const rows = users.value.rows();
    io.stdout(values.json ? `${JSON.stringify({ users: rows })}\n` : rows.map(lineOf).join('') || 'no accounts yet\n');
    return EXIT_DONE;
  }
  const answer = await deed.act(users.value, call);
  if (answer.ok) io.stdout(values.json ? `${JSON.stringify({ user: answer.value })}\n` : `${deed.done} ${answer.value.user}\n`);
  else io.stderr(`haven users: ${answer.problem.message.en}\n`);
  return answer.ok ? EXIT_DONE : EXIT_FINDINGS;
}

function lineOf({ user, name, roles, mustChange, disabled }: AccountRow): string {
  return `${user}  ${name}  ${roles.join(', ')}${mustChange ? '  (must change the secret)' : ''}${disabled ? '  (disabled)' : ''}\n`;
}
