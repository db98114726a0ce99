import { describe, expect, test } from 'vitest';
import { LOCKED_FOR_MS, NAMES_MAX, WITHIN_MS, WRONG_MAX, lockOut } from '../../../src/main/users/lock-out.ts';

const MINUTE_MS = 60_000;

describe('REQ-USR-04 lock-out', () => {
  test('four wrong secrets lock nobody out, the fifth does, for five minutes from then', () => {
    const locks = lockOut();
    for (let i = 0; i < WRONG_MAX - 1; i += 1) locks.wrong('op1', i * MINUTE_MS);
    expect(locks.lockedUntil('op1', 3 * MINUTE_MS)).toBeUndefined();
    locks.wrong('op1', 4 * MINUTE_MS);
    expect(locks.lockedUntil('op1', 4 * MINUTE_MS)).toBe(4 * MINUTE_MS + LOCKED_FOR_MS);
    expect(locks.lockedUntil('op1', 4 * MINUTE_MS + LOCKED_FOR_MS - 1)).toBeDefined();
    expect(locks.lockedUntil('op1', 4 * MINUTE_MS + LOCKED_FOR_MS)).toBeUndefined();
    expect(locks.lockedUntil('op2', 4 * MINUTE_MS)).toBeUndefined();
  });

  test('wrong secrets that lie further apart than five minutes do not add up', () => {
    const locks = lockOut();
    for (let i = 0; i < 50; i += 1) locks.wrong('op1', i * (WITHIN_MS / (WRONG_MAX - 1)));
    expect(locks.lockedUntil('op1', 49 * (WITHIN_MS / (WRONG_MAX - 1)))).toBeUndefined();
  });

  test('a right secret makes the wrong ones before it forgotten', () => {
    const locks = lockOut();
    for (let i = 0; i < WRONG_MAX - 1; i += 1) locks.wrong('op1', i);
    locks.right('op1');
    locks.wrong('op1', 10);
    expect(locks.lockedUntil('op1', 10)).toBeUndefined();
  });

  test('a flood of made-up names does not grow the memory, and the newest lock-out stays', () => {
    const locks = lockOut();
    for (let i = 0; i < NAMES_MAX * 3; i += 1) locks.wrong(`made-up-${String(i)}`, i);
    for (let i = 0; i < WRONG_MAX; i += 1) locks.wrong('op1', 5_000);
    for (let i = 0; i < NAMES_MAX - 1; i += 1) locks.wrong(`more-${String(i)}`, 5_000);
    expect(locks.lockedUntil('op1', 5_001)).toBeDefined();
  });
});
