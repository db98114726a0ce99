/** Counting: what vitest and Playwright write as JSON, and single gates, into one line at the end. Pure. */

export interface Count { passed: number; failed: number; skipped: number }
export interface Result extends Count {
  /** What failed, readable, one entry per failure. */
  failures: string[];
}

export const NOTHING: Result = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** Longest account of one failure, characters; the full one stands above in the tool's own output. */
const FAILURE_MAX_LENGTH = 1_500;

export function gate(name: string, ok: boolean): Result {
  return ok ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1, failures: [name] };
}

export function added(results: readonly Result[]): Result {
  return results.reduce((sum, result) => ({
    passed: sum.passed + result.passed,
    failed: sum.failed + result.failed,
    skipped: sum.skipped + result.skipped,
    failures: [...sum.failures, ...result.failures],
  }), NOTHING);
}

/** The last line of `npm test`, in exactly this form. */
export function lastLine({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const COLOURS = /\u001b\[[0-9;]*m/gu;
const short = (text: string): string => text.replace(COLOURS, '').slice(0, FAILURE_MAX_LENGTH);

interface VitestReport {
  testResults?: { name?: string; status?: string; message?: string; assertionResults?: { status?: string; fullName?: string; failureMessages?: string[] | null }[] }[];
}

/** A tool that ended badly without naming a failure has failed all the same. */
function withExitCode(result: Result, name: string, exitCode: number | null): Result {
  if (exitCode === 0 || result.failed > 0) return result;
  return added([result, { ...NOTHING, failed: 1, failures: [`${name} ended with code ${exitCode ?? 'none (stopped)'} without naming a failed test`] }]);
}

export function vitestResult(json: string | undefined, exitCode: number | null): Result {
  if (json === undefined) return withExitCode({ ...NOTHING }, 'vitest', exitCode === 0 ? null : exitCode);
  const report = JSON.parse(json) as VitestReport;
  const results = (report.testResults ?? []).map((file): Result => {
    const tests = file.assertionResults ?? [];
    const failed = tests.filter((test) => test.status === 'failed');
    const passed = tests.filter((test) => test.status === 'passed').length;
    // A file that does not even load has no tests to count.
    const broken = file.status === 'failed' && failed.length === 0;
    return {
      passed,
      failed: failed.length + (broken ? 1 : 0),
      skipped: tests.length - passed - failed.length,
      failures: [
        ...failed.map((test) => short(`${file.name ?? ''} > ${test.fullName ?? ''}\n${(test.failureMessages ?? []).join('\n')}`)),
        ...(broken ? [short(`${file.name ?? ''}\n${file.message ?? ''}`)] : []),
      ],
    };
  });
  return withExitCode(added(results), 'vitest', exitCode);
}

interface PlaywrightSuite {
  title?: string;
  suites?: PlaywrightSuite[];
  specs?: { title?: string; file?: string; line?: number; tests?: { status?: string; results?: { errors?: { message?: string }[] }[] }[] }[];
}

function playwrightSuite(suite: PlaywrightSuite): Result {
  const own = (suite.specs ?? []).flatMap((spec) => (spec.tests ?? []).map((test): Result => {
    switch (test.status) {
      case 'expected':
        return { ...NOTHING, passed: 1 };
      case 'skipped':
        return { ...NOTHING, skipped: 1 };
      default: {
        // "flaky" cannot happen without retries; if it does it is a failure.
        const messages = (test.results ?? []).flatMap((result) => result.errors ?? []).map((error) => error.message ?? '').join('\n');
        return { ...NOTHING, failed: 1, failures: [short(`${spec.file ?? ''}:${spec.line ?? 0} > ${spec.title ?? ''}\n${messages}`)] };
      }
    }
  }));
  return added([...own, ...(suite.suites ?? []).map(playwrightSuite)]);
}

export function playwrightResult(json: string | undefined, exitCode: number | null, name: string): Result {
  if (json === undefined) return withExitCode({ ...NOTHING }, name, exitCode === 0 ? null : exitCode);
  const report = JSON.parse(json) as { suites?: PlaywrightSuite[]; errors?: { message?: string }[] };
  const outside = (report.errors ?? []).map((error) => ({ ...NOTHING, failed: 1, failures: [short(`${name}: ${error.message ?? ''}`)] }));
  return withExitCode(added([...(report.suites ?? []).map(playwrightSuite), ...outside]), name, exitCode);
}
