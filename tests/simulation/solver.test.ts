import { describe, expect, test } from 'vitest';
import type { IntegratorOptions } from '../../simulators/kernel/integrator.ts';
import { Integrator } from '../../simulators/kernel/integrator.ts';
import type { Problem } from '../../simulators/acceptance/reference-problems.ts';
import { HIRES, PREDATOR_PREY, VAN_DER_POL } from '../../simulators/acceptance/reference-problems.ts';

function solve(problem: Problem, options: Partial<IntegratorOptions>) {
  const x = Float64Array.from(problem.x0);
  const integrator = new Integrator(x.length, problem.rhs, options);
  const result = integrator.advance(x, 0, problem.endS);
  return { x, integrator, result };
}

function worstRelative(x: Float64Array, expected: readonly number[]): number {
  return Math.max(...expected.map((e, i) => Math.abs(x[i]! - e) / Math.abs(e)));
}

describe('REQ-SIM-01 the solver answers the literature problems', () => {
  test('van der Pol with mu = 1000 agrees with the IVP test set', () => {
    const { x, result } = solve(VAN_DER_POL, { relative: 1e-7, absolute: 1e-9 });
    expect(result.ok).toBe(true);
    expect(worstRelative(x, VAN_DER_POL.expected)).toBeLessThan(1e-4);
  });

  test.each(['auto', 'explicit', 'stiff'] as const)('HIRES agrees with the IVP test set (%s)', (method) => {
    const { x, result } = solve(HIRES, { relative: 1e-7, absolute: 1e-10, method });
    expect(result.ok).toBe(true);
    expect(worstRelative(x, HIRES.expected)).toBeLessThan(1e-4);
  });

  test('the Rosenbrock method has order 4: halving the tolerance scale shrinks the error as it should', () => {
    const errorAt = (relative: number): number => {
      const { x } = solve({ rhs: (t, y, dy) => { dy[0] = -2 * t * y[0]! ; }, x0: [1], endS: 2, expected: [] }, { relative, absolute: relative, method: 'stiff' });
      return Math.abs(x[0]! - Math.exp(-4));
    };
    expect(errorAt(1e-4)).toBeLessThan(1e-3);
    expect(errorAt(1e-9)).toBeLessThan(1e-7);
    expect(errorAt(1e-9)).toBeLessThan(errorAt(1e-5));
  });

  test('a non-stiff problem agrees with odex, an independent implementation', async () => {
    // the name is a variable because odex ships TypeScript sources that our strict settings would compile
    const name: string = 'odex';
    const { Solver } = (await import(name)) as { Solver: new (n: number) => { absoluteTolerance: number; relativeTolerance: number; solve(f: (t: number, y: number[]) => number[], t0: number, y0: number[], t1: number): { y: number[] } } };
    const oracle = new Solver(2);
    oracle.absoluteTolerance = oracle.relativeTolerance = 1e-11;
    const dx = new Float64Array(2);
    const reference = oracle.solve((t, y) => { PREDATOR_PREY.rhs(t, Float64Array.from(y), dx); return [...dx]; }, 0, [...PREDATOR_PREY.x0], PREDATOR_PREY.endS).y;
    const { x, integrator } = solve(PREDATOR_PREY, { relative: 1e-10, absolute: 1e-12 });
    expect(integrator.method).toBe('explicit');
    for (let i = 0; i < 2; i++) expect(Math.abs(x[i]! - reference[i]!)).toBeLessThan(1e-7 * Math.max(1, reference[i]!));
  });
});

describe('REQ-SIM-02 events are located, failures are values', () => {
  const circle: Problem = { rhs: (_t, x, dx) => { dx[0] = x[1]!; dx[1] = -x[0]!; }, x0: [1, 0], endS: 10, expected: [] };

  test.each(['explicit', 'stiff'] as const)('a zero crossing is found inside a long step (%s)', (method) => {
    const x = Float64Array.from(circle.x0);
    const integrator = new Integrator(2, circle.rhs, { relative: 1e-9, absolute: 1e-9, method });
    const result = integrator.advance(x, 0, 10, [{ name: 'zero', direction: 'falling', value: (_t, y) => y[0]! }]);
    expect(result).toMatchObject({ ok: true, event: 'zero' });
    expect(result.tS).toBeCloseTo(Math.PI / 2, 6);
  });

  test('the first of two events in the same step wins, and direction is respected', () => {
    const x = Float64Array.from(circle.x0);
    const integrator = new Integrator(2, circle.rhs, { firstStepS: 1 });
    const result = integrator.advance(x, 0, 10, [
      { name: 'never', direction: 'rising', value: (t) => -1 - t },
      { name: 'late', direction: 'both', value: (t) => t - 0.75 },
      { name: 'early', direction: 'rising', value: (t) => t - 0.5 },
    ]);
    expect(result).toMatchObject({ ok: true, event: 'early' });
    expect(result.tS).toBeCloseTo(0.5, 9);
  });

  test('a right-hand side that blows up ends as a value, not as an exception', () => {
    const x = Float64Array.from([1]);
    const result = new Integrator(1, (_t, y, dy) => { dy[0] = y[0]! * y[0]!; }, { maxAttempts: 100_000 }).advance(x, 0, 2);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.message).toMatch(/solver/i);
  });

  test('the number of steps is bounded', () => {
    const x = Float64Array.from(circle.x0);
    const result = new Integrator(2, circle.rhs, { maxAttempts: 3, maxStepS: 0.1 }).advance(x, 0, 10);
    expect(result).toMatchObject({ ok: false, kind: 'step-limit' });
  });

  test('two integrators from one snapshot give the same bits', () => {
    const run = (split: boolean): string => {
      const x = Float64Array.from(HIRES.x0);
      let integrator = new Integrator(8, HIRES.rhs);
      integrator.advance(x, 0, 50);
      if (split) {
        const state = JSON.parse(JSON.stringify(integrator.snapshot())) as ReturnType<Integrator['snapshot']>;
        integrator = new Integrator(8, HIRES.rhs);
        integrator.restore(state);
      }
      integrator.advance(x, 50, 100);
      return Buffer.from(x.buffer).toString('hex');
    };
    expect(run(true)).toBe(run(false));
  });
});
