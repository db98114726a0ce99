/** `npm run journal:kill [ROUNDS]`: the kill test of the journal a thousand times (about an hour); in `npm test` it is done sixty times. */
import { runTool } from './run-tool.ts';

const rounds = process.argv[2] ?? '1000';
process.env['HAVEN_KILL_ROUNDS'] = rounds;
const { code } = await runTool({ tool: 'vitest/vitest.mjs', args: ['run', 'tests/integration/journal-kill.test.ts', '--reporter=verbose'], withinMs: 60_000 + Number(rounds) * 4_500, output: 'show' });
process.exitCode = code ?? 1;
