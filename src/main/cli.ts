/** `haven COMMAND ...`: looks the command up and runs it. Each command is a file of its own and is loaded only when called. */
import { once } from 'node:events';
import type { CommandIo } from './cli/io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './cli/io.ts';
import { unforeseen } from './cli/unforeseen.ts';

type Run = (args: readonly string[], io: CommandIo) => Promise<number>;

const COMMANDS: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<{ run: Run }> }>> = {
  lint: { about: 'check rules and procedures', load: () => import('./cli/lint.ts') },
  packs: { about: 'say what is loaded', load: () => import('./cli/packs.ts') },
  clauses: { about: "coverage of the guideline's clauses", load: () => import('./cli/clauses.ts') },
  gates: { about: 'what the product refuses, by rule and operation', load: () => import('./cli/gates.ts') },
  prove: { about: 'explore every procedure and check the laws', load: () => import('./cli/prove.ts') },
  replay: { about: 'feed a recorded trace through conditions, alarms and procedures', load: () => import('./cli/replay.ts') },
  report: { about: 'the post-incident report, from a journal', load: () => import('./cli/report.ts') },
  debrief: { about: 'the debrief of an exercise, from a journal of TRAINING', load: () => import('./cli/debrief.ts') },
  competence: { about: 'what each person has shown in exercises (H.2)', load: () => import('./cli/competence.ts') },
  drill: { about: 'run exercises without a console; randomised upsets; a record as a script', load: () => import('./cli/drill.ts') },
  journal: { about: 'verify a journal', load: () => import('./cli/journal.ts') },
  platform: { about: 'the supervising platform (D.2): check the configuration, say what waits', load: () => import('./cli/platform.ts') },
  kpi: { about: 'KPIs of the alarm system, from a journal', load: () => import('./cli/kpi.ts') },
  users: { about: 'accounts of the people who sign, for OPERATION', load: () => import('./cli/users.ts') },
  serve: { about: 'the station with the console in a browser', load: () => import('./cli/serve.ts') },
  bench: { about: 'the benchmarks', load: () => import('./cli/bench.ts') },
};

const help = (): string => `haven COMMAND ...\n\n${Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`).join('\n')}\n\nhaven COMMAND --help says more.\n`;

async function main(args: readonly string[]): Promise<number> {
  const io: CommandIo = {
    stdout: (text) => process.stdout.write(text), stderr: (text) => process.stderr.write(text), cwd: process.cwd(), isTerminal: process.stderr.isTTY === true,
    drained: async () => { if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain'); },
  };
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout(help());
    return name === undefined ? EXIT_WRONG_CALL : EXIT_DONE;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    io.stderr(`haven: there is no command '${name}'; expected one of ${Object.keys(COMMANDS).join(', ')}\n`);
    return EXIT_WRONG_CALL;
  }
  try {
    return await (await command.load()).run(rest, io);
  } catch (error) {
    return unforeseen(name, error, io);
  }
}

// A closed pipe (`haven replay ... | head`) is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT_DONE);
  throw error;
});
// Thrown where no command waits for it: Node would end with 1, which says that something was found.
process.on('uncaughtException', (error) => {
  process.exit(unforeseen(process.argv[2] ?? '', error, { stderr: (text) => process.stderr.write(text) }));
});
process.exitCode = await main(process.argv.slice(2));
