/**
 * The tags of each simulated plant against the tag tables of the research note: unit, range, normal value, limits, tag by tag. What departs from the note is
 * listed with its reason and stands on the plant's page; a departure that is not listed fails, and so does one that is listed and is none (any more).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlantDefinition, PlantId } from '../../simulators/machine/definition.ts';
import { PLANT_IDS } from '../../simulators/machine/definition.ts';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { alarmTableOf } from '../../simulators/plants/alarm-limits.ts';
import { PLANTS, plantOf } from '../../simulators/plants/index.ts';
import { TAG_DEPARTURES } from '../support/research/tag-departures.ts';
import type { NoteTag } from '../support/research/note-tags.ts';
import { NOTE_RATES, NOTE_TAGS } from '../support/research/note-tags.ts';

/** of the span: what a settled plant may stand beside the note's normal value and still be called the same */
const NORMAL_SHARE = 0.02;
const SETTLE_S = 60;

const definitionOf = (id: PlantId): PlantDefinition => (id === 'h2o2' ? plantOf('h2o2', 'counter-current')! : PLANTS[id]);
const page = (id: PlantId): string => readFileSync(join(import.meta.dirname, `../../docs/design/simulator-${id}.md`), 'utf8');

/** `tag what: value`, one for each thing of the note that the plant does not have as the note has it */
function departuresOf(id: PlantId, notes: readonly NoteTag[]): string[] {
  const definition = definitionOf(id);
  const plant = new PlantMachine(definition, 1);
  plant.step(SETTLE_S);
  const table = alarmTableOf(id);
  return notes.flatMap((note) => {
    const tag = definition.tags.find((each) => each.id === note.tag);
    if (tag === undefined) return [`${note.tag} missing`];
    const found: string[] = [];
    const differs = (what: string, is: unknown): void => void found.push(`${note.tag} ${what}: ${String(is)}`);
    if (tag.kind === 'analog' || tag.kind === 'count') {
      if (tag.unit !== note.unit) differs('unit', tag.unit);
      if (Number.isFinite(note.low) && (tag.low !== note.low || tag.high !== note.high)) differs('range', `${tag.low}..${tag.high}`);
    } else if (Number.isFinite(note.low)) differs('kind', tag.kind);
    const shown = Number(plant.tag(note.tag).value);
    const slack = tag.kind === 'analog' ? NORMAL_SHARE * (tag.high - tag.low) : 0;
    if (note.normal !== null && (shown < note.normal[0] - slack || shown > note.normal[1] + slack)) differs('normal', Number(shown.toPrecision(2)));
    if (tag.kind === 'analog') {
      const limits = table.limits.find((each) => each.tag === note.tag);
      for (const name of ['low', 'lowLow', 'high', 'highHigh'] as const) {
        if (limits?.[name] !== note.limits[name]) differs(name, limits?.[name] ?? 'none');
      }
    }
    return found;
  });
}

describe('REQ-SIM-33 the tags of the research note', () => {
  test.each(PLANT_IDS)('%s: each stands as the note has it, or is listed with its reason and on the page of the plant', (id) => {
    const listed = TAG_DEPARTURES[id];
    expect(departuresOf(id, NOTE_TAGS[id]).toSorted()).toEqual(listed.flatMap(({ found }) => found).toSorted());
    const text = page(id);
    for (const { found, why } of listed) {
      expect(why.length, found[0]).toBeGreaterThan(20);
      for (const each of found) expect(text, `${each} on the page`).toContain(each.split(' ')[0]!);
    }
  });

  test.each(PLANT_IDS)('%s: the rates that the note sets beside limits', (id) => {
    const rates = alarmTableOf(id).rates;
    for (const note of NOTE_RATES[id] ?? []) {
      const { unit, high, highHigh } = rates.find(({ tag }) => tag === note.tag)!;
      expect({ tag: note.tag, unit, high, ...(note.highHigh === undefined ? {} : { highHigh }) }).toEqual(note);
    }
  });

  test('a tag that is missing, and each thing that could be another, is found', () => {
    const as = NOTE_TAGS.h2o2.find(({ tag }) => tag === 'TI-4201')!;
    const said = (change: Partial<NoteTag>): string[] => departuresOf('h2o2', [{ ...as, ...change }]);
    expect(said({})).toEqual([]);
    expect([{ tag: 'TI-4299' }, { unit: 'K' }, { high: 120 }, { normal: [60, 60] as const }, { limits: { ...as.limits, low: 43 } }, { limits: {} }].map((change) => said(change).map((each) => each.split(':')[0]))).toEqual([
      ['TI-4299 missing'], ['TI-4201 unit'], ['TI-4201 range'], ['TI-4201 normal'], ['TI-4201 low'], ['TI-4201 low', 'TI-4201 high', 'TI-4201 highHigh'],
    ]);
  });
});
