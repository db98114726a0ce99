/** Clauses of Annex 4 through the whole pure chain: a trace in, what an outside program is told out. */
import { describe, expect, test } from 'vitest';
import { loadPacks } from '../../../src/main/packs/load.ts';
import type { ReplayEvent } from '../../../src/main/replay/events.ts';
import { replay } from '../../../src/main/replay/replay.ts';
import { parseTrace } from '../../../src/main/replay/trace.ts';

const pack = loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures' }).plants.find((plant) => plant.id === 'h2o2');

function told(csv: string): ReplayEvent[] {
  if (pack === undefined) throw new Error('no pack');
  const read = parseTrace(csv, pack, { ignoreUnknown: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const events: ReplayEvent[] = [];
  replay(pack, read.trace, (event) => events.push(event));
  return events;
}

/** A row a second; the columns' values as given, the last one held to the end. */
function trace(columns: Readonly<Record<string, readonly (number | string | boolean)[]>>, seconds = 20): string {
  const names = Object.keys(columns);
  const at = (name: string, i: number): string => {
    const values = columns[name] ?? [];
    return String(values[Math.min(i, values.length - 1)] ?? '');
  };
  return [`time,${names.join(',')}`, ...Array.from({ length: seconds }, (_, i) => `${i},${names.map((name) => at(name, i)).join(',')}`)].join('\n');
}

const raisedBy = (events: readonly ReplayEvent[], clause: string): string[] => events.flatMap((e) => (e.type === 'condition' && e.state === 'raised' && e.clauses.includes(clause) && e.id.startsWith('C-') ? [e.id] : []));
const procedures = (events: readonly ReplayEvent[]): string[] => [...new Set(events.flatMap((e) => (e.type === 'procedure' ? [e.id] : [])))];

describe('A4.2(4) A4.2(7) A4.5 A4.7 A4.9 A4.11 limits of the guideline and the procedure that answers', () => {
  test.each([
    ['A4.2(7) oxygen in the tail gas at 2 % is not above it; at 2.01 % the whole plant is to stop', 'A4.2(7)', 'AI-4106B', 2, 2.01, 'P-A4.2'],
    ['A4.2(4) the extraction interface at its high-high stops the plant', 'A4.2(4)', 'LDI-4304', 84.9, 85, 'P-A4.2'],
    ['A4.5 the preparation vessel at its high-high starts its own procedure', 'A4.5', 'TI-4502A', 69.9, 70, 'P-A4.5'],
    ['A4.7 acidity at 1 mg/L is not below it; at 0.99 feeds stop', 'A4.7', 'AI-4207', 1, 0.99, 'P-A4.7'],
    ['A4.9 a clay bed at its high-high: steam off, nitrogen', 'A4.9', 'TI-4402', 84.9, 85, 'P-A4.9'],
    ['A4.11 a storage tank at its high-high: water, stabiliser, spray, nobody near', 'A4.11', 'TI-4801B', 39.9, 40, 'P-A4.11'],
  ] as const)('%s', (_title, clause, tag, within, beyond, procedure) => {
    expect(raisedBy(told(trace({ [tag]: [within] })), clause)).toEqual([]);
    const events = told(trace({ [tag]: [within, within, beyond] }));
    expect(raisedBy(events, clause).length).toBeGreaterThan(0);
    expect(procedures(events)).toContain(procedure);
    expect(events.some((e) => e.type === 'alarm' && e.state === 'unacknowledged' && e.priority === 1)).toBe(true);
  });
});

describe('A4.5 A4.7 A4.9 prohibitions that a tag shows are watched while their procedure runs, and only then', () => {
  test.each([
    ['A4.5 the vent of the preparation vessel must not be closed', 'A4.5', { 'TI-4502A': [75], 'ZS-4502': ['open', 'open', 'open', 'closed'] }, { 'TI-4502A': [45], 'ZS-4502': ['open', 'open', 'open', 'closed'] }],
    ['A4.5 no water into a preparation vessel that is over temperature', 'A4.5', { 'TI-4502A': [75], 'TI-4502B': [75], 'XV-4505': ['closed', 'closed', 'closed', 'open'] }, { 'TI-4502A': [45], 'TI-4502B': [45], 'XV-4505': ['closed', 'closed', 'closed', 'open'] }],
    ['A4.9 no air on a hot clay bed', 'A4.9', { 'TI-4402': [90], 'TI-4401': [60], 'TI-4403': [60], 'XV-4403': ['closed', 'closed', 'closed', 'open'] }, { 'TI-4402': [50], 'TI-4401': [50], 'TI-4403': [50], 'XV-4403': ['closed', 'closed', 'closed', 'open'] }],
    ['A4.7 no acid by hand', 'A4.7', { 'AI-4207': [0.8], 'XV-4902': ['closed', 'closed', 'closed', 'open'] }, { 'AI-4207': [3.5], 'XV-4902': ['closed', 'closed', 'closed', 'open'] }],
  ] as const)('%s', (_title, clause, broken, calm) => {
    const violated = (events: readonly ReplayEvent[]) => events.filter((e) => e.type === 'prohibition' && e.state === 'violated' && e.clause === clause);
    const events = told(trace(broken));
    expect(violated(events)).toHaveLength(1);
    expect(violated(events)[0]?.t).toBe(3);
    expect(events.some((e) => e.type === 'alarm' && e.id.startsWith('N-') && e.state === 'unacknowledged')).toBe(true);
    expect(violated(told(trace(calm)))).toEqual([]);
  });
});

test('A4.1 a temperature that climbs steadily where peroxide can decompose empties the field', () => {
  const climbing = Array.from({ length: 300 }, (_, i) => (45 + i * 0.05).toFixed(2));
  const events = told(trace({ 'TI-4302': climbing, 'PC-4300': [3] }, 300));
  expect(procedures(events)).toContain('P-A4.1');
  expect(events).toContainEqual(expect.objectContaining({ type: 'people', zone: 'Z-4300', count: 3, limit: 0, state: 'exceeded' }));
  const calm = Array.from({ length: 300 }, (_, i) => (45 + Math.sin(i) * 0.2).toFixed(2));
  expect(procedures(told(trace({ 'TI-4302': calm }, 300)))).toEqual([]);
});
