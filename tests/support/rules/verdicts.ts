/** Short ways to say what a plant's rules must do: at a figure, beyond it, with bad quality, over a whole fault. */
import { expect } from 'vitest';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { PlantStory } from './plant-story.ts';
import type { Course, Values } from './plant-story.ts';

/** A figure: what is still in order, what is not any more, and how long it has to last. */
export interface Figure {
  readonly condition: string;
  readonly within: Values;
  readonly beyond: Values;
  /** What the plant is like meanwhile. */
  readonly given?: Values;
  readonly holdMs?: number;
}

/** A fault as it shows on the instruments, and what it must lead to by which minute. */
export interface Signature {
  readonly course: Course;
  /** Condition, and the minute by which it has to be raised. */
  readonly raises: Readonly<Record<string, number>>;
  readonly never?: readonly string[];
  readonly sees?: readonly string[];
}

export function verdicts(pack: PlantPack, normal: Values) {
  const story = (given: Values = {}): PlantStory => new PlantStory(pack, { ...normal, ...given });
  const holdOf = (figure: Figure): number => figure.holdMs ?? 0;
  const longerThan = (figure: Figure): number => holdOf(figure) + Math.min(holdOf(figure), 60_000) + 5_000;
  /** What has to last long is looked at less often. */
  const stepOf = (figure: Figure): number => Math.max(1_000, Math.min(30_000, holdOf(figure) / 100));

  return {
    story,

    /** In order at the figure itself, abnormal just beyond it, and an alarm of the highest priority if it is a trigger. */
    figureHolds(figure: Figure): void {
      expect(story(figure.given).set(figure.within).run(longerThan(figure), stepOf(figure)).isRaised(figure.condition), 'within').toBe(false);
      const beyond = story(figure.given).set(figure.within).run(2_000).set(figure.beyond);
      if (holdOf(figure) > 0) expect(beyond.run(holdOf(figure) - 1_000, stepOf(figure)).isRaised(figure.condition), 'too early').toBe(false);
      expect(beyond.run(2_000).isRaised(figure.condition), 'beyond').toBe(true);
      const def = pack.conditions.find((one) => one.id === figure.condition);
      if (def?.role === 'trigger') {
        expect(beyond.facts).toContainEqual(expect.objectContaining({ type: 'alarm.raised', data: expect.objectContaining({ id: figure.condition, priority: 1 }) }));
        if (def.starts.length === 0) expect(beyond.state.noProcedure, 'no procedure yet: a plain stop (4.1.2)').toContain(figure.condition);
        else expect(beyond.state.runs.map((run) => run.procedure), 'its procedures are raised').toEqual(expect.arrayContaining([...def.starts]));
      }
    },

    /** Beyond the figure with bad quality: never raised by it; and one that is raised does not clear on it. */
    badNeverDecides(figure: Figure): void {
      const tags = Object.keys(figure.beyond);
      expect(story(figure.given).bad(...tags).set(figure.beyond).run(longerThan(figure), stepOf(figure)).firstRaisedMin.has(figure.condition), 'satisfied by bad quality').toBe(false);
      const raised = story(figure.given).set(figure.beyond).run(holdOf(figure) + 4_000, stepOf(figure));
      expect(raised.isRaised(figure.condition)).toBe(true);
      raised.bad(...tags).set(figure.within).run(60_000);
      expect(raised.plant.engine.heldRaised(figure.condition), 'cleared by bad quality').not.toBeNull();
    },

    /** The fault's course leads to these conditions in time, and not to those; nothing is raised before the fault begins. */
    signatureIsRecognised(signature: Signature): PlantStory {
      const told = story();
      for (const seen of signature.sees ?? []) told.see(seen);
      told.play(signature.course);
      for (const [condition, minute] of Object.entries(signature.raises)) {
        expect(told.firstRaisedMin.get(condition) ?? Number.POSITIVE_INFINITY, `${condition} by minute ${minute}; raised: ${told.everRaised('trigger', 'warning').join(' ')}`).toBeLessThanOrEqual(minute + 0.1);
      }
      for (const condition of signature.never ?? []) expect(told.firstRaisedMin.get(condition), `${condition} must not be raised`).toBeUndefined();
      return told;
    },
  };
}
