/**
 * Measures the acceptance numbers of the simulators (research/simulators.md 8.1) and prints them:
 * `node simulators/acceptance.ts [--all] [--only V18,V19] [--write]`. Without `--all` only the quick ones. `--write` (with `--all`) writes docs/acceptance.md.
 * Exit 0: all met; 1: something is not met; 2: wrong call.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ACCEPTANCE, NUMBERS, pageOf, rowOf, SPEED } from './acceptance/table.ts';

const PAGE = join(import.meta.dirname, '../docs/acceptance.md');

function main(args: readonly string[]): number {
  let options;
  try {
    options = parseArgs({ args: [...args], options: { all: { type: 'boolean', default: false }, only: { type: 'string' }, write: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { all, only, write } = options;
  const wanted = only?.split(',');
  const unknown = wanted?.filter((id) => !NUMBERS.includes(id)) ?? [];
  if (unknown.length > 0) return refuse(`There is no ${unknown.join(', ')}; there are V01 to V33.`);
  if (wanted?.includes(SPEED.id) === true) return refuse(`${SPEED.id} is measured by \`${SPEED.command}\`.`);
  if (write && (!all || wanted !== undefined)) return refuse('--write goes with --all and without --only: the page holds every number.');
  const measured = ACCEPTANCE.filter(({ id, quick }) => (wanted === undefined ? all || quick : wanted.includes(id))).map((each) => {
    const figures = each.measure();
    for (const figure of figures) process.stdout.write(`${rowOf(each.id, figure)}\n`);
    return [each, figures] as const;
  });
  if (write) writeFileSync(PAGE, pageOf(measured));
  return measured.every(([, figures]) => figures.every(({ met }) => met)) ? 0 : 1;
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

process.exitCode = main(process.argv.slice(2));
