/**
 * The safety functions of each simulated plant against the cause and effect matrices of the research note, initiator by initiator and cross by cross: a function is
 * tripped while hands hold every device the other way, and what it orders all the same are its effects. Departures are listed with their reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlantDefinition, PlantId, Watch } from '../../simulators/machine/definition.ts';
import { PLANT_IDS } from '../../simulators/machine/definition.ts';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { PLANTS, plantOf } from '../../simulators/plants/index.ts';
import { MATRIX_DEPARTURES } from '../support/research/matrix-departures.ts';
import type { Column } from '../support/research/note-matrices.ts';
import { NOTE_INITIATORS, NOTE_MATRICES } from '../support/research/note-matrices.ts';

const root = join(import.meta.dirname, '../..');
/** long enough for a stop in stages (5.4) */
const STAGED_S = 8;
const page = (id: PlantId): string => readFileSync(join(root, `docs/design/simulator-${id}.md`), 'utf8');

/** the effects of a function that the rules of the plant name in words */
function sirens(id: PlantId): ReadonlySet<string> {
  const { interlocks } = parse(readFileSync(join(root, `rules/${id}/interlocks.yaml`), 'utf8')) as { interlocks: { id: string; effects: { zh: string }[] }[] };
  return new Set(interlocks.filter(({ effects }) => effects.some(({ zh }) => zh.includes('撤离'))).map((each) => each.id));
}

/** what a trip of this function orders of the column's devices, whatever a hand wants */
function crosses(definition: PlantDefinition, functionId: string, columns: readonly Column[], withSiren: boolean): string {
  const ordered = (position: number): PlantMachine => {
    const plant = new PlantMachine(definition, 1);
    for (const id of Object.keys(plant.functions)) plant.command(`HS-${id}-BYP`, true);
    for (const device of Object.keys(plant.devices)) plant.order(device, 1 - position);
    plant.functions[functionId]!.state.tripped = true;
    plant.step(STAGED_S);
    return plant;
  };
  const to = [ordered(0), ordered(1)] as const;
  return columns.map(({ orders, kept, siren }) => {
    if (siren) return withSiren ? 'X' : '.';
    if (orders.some((group) => Object.entries(group).every(([device, position]) => to[position as 0 | 1].devices[device]!.state.order === position))) return 'X';
    return kept && to[0].analog(kept.tag) >= kept.atLeast ? '?' : '.';
  }).join('');
}

/** `?`: cannot be told apart from a flow that simply goes on, so it stands for both */
const departing = (id: string, note: string, is: string, columns: readonly Column[]): string[] =>
  [...note].flatMap((cross, i) => (is[i] === cross || is[i] === '?' ? [] : [`${id} ${columns[i]!.name}: ${is[i] === 'X' ? 'ordered' : 'not ordered'}`]));

/** `TI-1101A,B,C above 80 2oo3` */
function told({ tags, side, limit, needed }: Watch): string {
  const [first = '', ...others] = tags;
  const common = first.slice(0, -1);
  const short = [first, ...others.map((tag) => (tag.startsWith(common) ? tag.slice(common.length) : tag))].join(',');
  return `${short} ${side} ${limit} ${needed}oo${tags.length}`;
}

function initiatorsDeparting(definition: PlantDefinition, rows: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(rows).flatMap(([id, note]) => {
    const is = (definition.functions[id] ?? []).map(told);
    return [...note.filter((each) => !is.includes(each)).map((each) => `${id} without: ${each}`), ...is.filter((each) => !note.includes(each)).map((each) => `${id} with: ${each}`)];
  });
}

describe('REQ-SIM-34 the cause and effect matrices of the research note', () => {
  test.each(PLANT_IDS)('%s: every cross is ordered over anybody\'s hand, and no other, or it is listed with its reason and on the page', (id) => {
    const { columns, rows } = NOTE_MATRICES[id];
    const withSiren = sirens(id);
    const found = Object.entries(rows).flatMap(([functionId, note]) => departing(functionId, note, crosses(PLANTS[id], functionId, columns, withSiren.has(functionId)), columns));
    const listed = MATRIX_DEPARTURES[id].filter(({ of }) => of === 'cross');
    expect(found.toSorted()).toEqual(listed.flatMap((each) => each.found).toSorted());
    expect(Object.keys(rows).toSorted()).toEqual(Object.keys(PLANTS[id].functions).toSorted());
  });

  test.each(PLANT_IDS)('%s: every initiator, its limit and its voting, in each design', (id) => {
    const definition = id === 'h2o2' ? plantOf('h2o2', 'counter-current')! : PLANTS[id];
    const listed = MATRIX_DEPARTURES[id].filter(({ of }) => of === 'initiator');
    expect(initiatorsDeparting(definition, NOTE_INITIATORS[id]).toSorted()).toEqual(listed.flatMap((each) => each.found).toSorted());
    const text = page(id);
    for (const { found, why } of MATRIX_DEPARTURES[id]) {
      expect(why.length, found[0]).toBeGreaterThan(20);
      for (const each of found) expect(text, `${each} on the page`).toContain(each.split(' ')[0]!);
    }
  });

  test('a cross too many or too few is found, and so is another limit', () => {
    const { columns, rows } = NOTE_MATRICES.h2o2;
    const is = crosses(PLANTS.h2o2, 'I-4801', columns, true);
    expect(departing('I-4801', rows['I-4801']!, is, columns)).toEqual([]);
    expect(departing('I-4801', 'X...X....X', is, columns)).toEqual(['I-4801 hydrogen closed, nitrogen in: not ordered', 'I-4801 tank water, stabiliser, spray: ordered']);
    expect(initiatorsDeparting(PLANTS.h2o2, { 'I-4601': ['TI-4601 above 71 1oo1', 'PI-4602 above 20 1oo1'] })).toEqual(['I-4601 without: TI-4601 above 71 1oo1', 'I-4601 with: TI-4601 above 70 1oo1']);
  });

  test.each(PLANT_IDS)('REQ-SIM-36 %s: each function says what it does when it is blind, and why', (id) => {
    const { functions, whenBlind } = PLANTS[id];
    expect(Object.keys(whenBlind).toSorted()).toEqual(Object.keys(functions).toSorted());
    for (const [functionId, { does, why }] of Object.entries(whenBlind)) {
      expect(why.length, functionId).toBeGreaterThan(20);
      if (does === 'hold') expect(page(id), `${functionId} on the page`).toMatch(new RegExp(`hold[^.]*${functionId}`, 'u'));
    }
  });
});
