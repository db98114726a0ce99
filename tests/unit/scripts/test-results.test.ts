import { describe, expect, it } from 'vitest';
import { added, gate, lastLine, playwrightResult, vitestResult } from '../../../scripts/test-results.ts';

describe('the last line of npm test', () => {
  it('has exactly its form', () => {
    expect(lastLine({ passed: 812, failed: 0, skipped: 3 })).toBe('812 passed, 0 failed, 3 skipped');
    expect(lastLine({ passed: 812, failed: 1, skipped: 0 })).toBe('812 passed, 1 failed');
  });

  it('counts a gate as one test', () => {
    expect(added([gate('lint', true), gate('types', false)])).toEqual({ passed: 1, failed: 1, skipped: 0, failures: ['types'] });
  });
});

describe('vitest', () => {
  const test = (status: string, fullName = 'a') => ({ status, fullName, failureMessages: status === 'failed' ? ['\u001b[31mexpected 1\u001b[39m'] : [] });

  it('counts passed, failed and skipped, and says what failed without colours', () => {
    const json = JSON.stringify({ testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults: [test('passed'), test('failed', 'says so'), test('skipped'), test('pending'), test('todo')] }] });
    expect(vitestResult(json, 1)).toEqual({ passed: 1, failed: 1, skipped: 3, failures: ['x.test.ts > says so\nexpected 1'] });
  });

  it('counts a file that does not load as one failure', () => {
    expect(vitestResult(JSON.stringify({ testResults: [{ name: 'x.test.ts', status: 'failed', message: 'no such import', assertionResults: [] }] }), 1))
      .toMatchObject({ passed: 0, failed: 1, failures: ['x.test.ts\nno such import'] });
  });

  it('never calls a bad end a success: no report, a stop, an error outside any test', () => {
    expect(vitestResult(undefined, 1).failed).toBe(1);
    expect(vitestResult(undefined, 0).failed).toBe(1);
    expect(vitestResult(undefined, null).failed).toBe(1);
    expect(vitestResult(JSON.stringify({ testResults: [{ status: 'passed', assertionResults: [test('passed')] }] }), 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(vitestResult('{"testResults":[]}', null).failed).toBe(1);
  });
});

describe('Playwright', () => {
  const spec = (status: string) => ({ title: `is ${status}`, file: 'a.spec.ts', line: 3, tests: [{ status, results: status === 'unexpected' ? [{ errors: [{ message: 'not visible' }] }] : [] }] });

  it('counts through nested suites; flaky is a failure', () => {
    const json = JSON.stringify({ suites: [{ specs: [spec('expected')], suites: [{ specs: [spec('unexpected'), spec('skipped'), spec('flaky')] }] }], errors: [] });
    expect(playwrightResult(json, 1, 'e2e')).toMatchObject({ passed: 1, failed: 2, skipped: 1 });
    expect(playwrightResult(json, 1, 'e2e').failures[0]).toBe('a.spec.ts:3 > is unexpected\nnot visible');
  });

  it('counts an error outside any test, a missing report and a bad end', () => {
    expect(playwrightResult(JSON.stringify({ suites: [], errors: [{ message: 'config broken' }] }), 1, 'e2e').failed).toBe(1);
    expect(playwrightResult(undefined, 1, 'e2e').failed).toBe(1);
    expect(playwrightResult(JSON.stringify({ suites: [] }), 1, 'e2e').failed).toBe(1);
    expect(playwrightResult(JSON.stringify({ suites: [] }), 0, 'e2e')).toEqual({ passed: 0, failed: 0, skipped: 0, failures: [] });
  });
});
