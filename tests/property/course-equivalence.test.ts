/** REQ-PROVE-01: what is explored is what runs. The machine of every procedure and its table make the same of every event. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPacks } from '../../src/main/packs/load.ts';
import { compileCourse } from '../../src/domain/procedures/course-table.ts';
import { beginning, both, disagreement, pairOf, wordOfControl } from '../support/procedures/course-walk.ts';
import type { Both, Pair } from '../support/procedures/course-walk.ts';

const root = path.resolve(import.meta.dirname, '../..');
const loaded = loadPacks({ rulesDir: path.join(root, 'rules'), proceduresDir: path.join(root, 'procedures') });
const PROCEDURES = [...loaded.plants, ...loaded.otherDesigns()].flatMap(({ design, procedures }) => procedures.map((procedure) => ({ name: `${procedure.id}${design === undefined ? '' : ` ${design}`}`, procedure })));
const stepsOf = ({ steps, handling }: (typeof PROCEDURES)[number]['procedure']): number => steps.length + handling.length;
/** Small enough to say everything to it in every state that it can reach. */
const SMALL = Number(process.env['HAVEN_WALK_SMALL'] ?? 8);
const small = PROCEDURES.filter(({ procedure }) => stepsOf(procedure) <= SMALL);
const large = PROCEDURES.filter(({ procedure }) => stepsOf(procedure) > SMALL);
const STEPS = Number(process.env['HAVEN_WALK_STEPS'] ?? 150_000);

/** Breadth first through all states of the table, the machine beside it. */
function walkAll(pair: Pair): { readonly states: number; readonly events: number; readonly wrong: string[] } {
  const first = beginning(pair);
  const seen = new Set([wordOfControl(pair.table, first.control)]);
  const queue: Both[] = [first];
  const wrong: string[] = [];
  let events = 0;
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const event of pair.vocabulary) {
      const after = both(pair, at, event);
      events += 1;
      const why = disagreement(pair, after, event);
      if (why !== null && wrong.length < 3) wrong.push(why);
      const key = wordOfControl(pair.table, after.control);
      if (!seen.has(key)) { seen.add(key); queue.push(after); }
    }
  }
  return { states: seen.size, events, wrong };
}

/** A generator of numbers that gives the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('REQ-PROVE-01 the machine and the table agree', () => {
  it(`on every event in every state of every small procedure (at most ${SMALL} steps)`, { timeout: 300_000 }, () => {
    expect(small.length).toBeGreaterThan(10);
    for (const { name, procedure } of small) {
      const { states, events, wrong } = walkAll(pairOf(compileCourse(procedure)));
      expect(wrong, name).toEqual([]);
      expect(states, name).toBeGreaterThan(stepsOf(procedure));
      expect(events, name).toBeGreaterThan(states);
    }
  });

  it(`on ${STEPS.toLocaleString('en')} random steps of the large ones`, { timeout: 600_000 }, () => {
    expect(large.length).toBeGreaterThan(20);
    const next = numbers(20_261_129);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    const each = Math.ceil(STEPS / large.length);
    const visited = new Set<string>();
    for (const { name, procedure } of large) {
      const pair = pairOf(compileCourse(procedure));
      let at = beginning(pair);
      for (let step = 0; step < each; step += 1) {
        // Mostly what means something here, or the walk would never leave the beginning; now and then anything at all.
        const rules = pair.table.rulesFrom[at.control.at] ?? [];
        // Where it has not been yet it would rather go: that is what makes few steps meet most states.
        const unmet = rules.filter(({ to }) => !visited.has(`${name} ${to}`));
        const among = unmet.length > 0 && next() < 0.5 ? unmet : rules;
        const rule = among.length > 0 && next() < 0.85 ? pick(among) : undefined;
        const meant = rule === undefined || (rule.event === 'STOP' && next() < 0.9) ? [] : pair.vocabulary.filter((event) => event.type === rule.event && (rule.step === null || ('step' in event && event.step === rule.step)) && (rule.option === null || ('option' in event && event.option === rule.option)));
        const event = meant.length > 0 ? pick(meant) : pick(pair.vocabulary);
        at = both(pair, at, event);
        const why = disagreement(pair, at, event);
        if (why !== null) expect.fail(`${name}: ${why}`);
        visited.add(`${name} ${at.control.at}`);
        // A closed course says nothing any more.
        if (pair.table.states[at.control.at]?.place === 'closed') at = beginning(pair);
      }
    }
    // The walks got about: most states of the large procedures were met.
    const all = large.reduce((sum, { procedure }) => sum + compileCourse(procedure).states.length, 0);
    expect(visited.size / all).toBeGreaterThan(0.85);
  });
});
