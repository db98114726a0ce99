/** How patiently the platform is asked again, and what its answers mean. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf, failureText, needsPerson } from '../../../src/main/platform/outcome.ts';
import { RETRY_AFTER_MAX_MS, retryAfterMs, waitMs } from '../../../src/main/platform/pace.ts';

const retry = { firstMs: 1_000, mostMs: 300_000 };
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('REQ-PLT-10 patience', () => {
  it('every wait is at least half of first, at most most, and grows until then', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), random, (failures, chance) => {
      const wait = waitMs(failures, false, null, retry, chance);
      expect(wait).toBeGreaterThanOrEqual(retry.firstMs / 2);
      expect(wait).toBeLessThanOrEqual(retry.mostMs);
      expect(waitMs(failures + 1, false, null, retry, chance)).toBeGreaterThanOrEqual(wait);
    }));
  });
  it('what a person has to mend is asked as rarely as anything', () => {
    expect([waitMs(1, true, null, retry, 0), needsPerson('server-expired'), needsPerson('server-error')]).toEqual([retry.mostMs, true, false]);
  });
  it('Retry-After is kept, as seconds or as a date, but no answer keeps us away for more than an hour', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), random, fc.integer({ min: 0, max: 10_000_000 }), (failures, chance, patience) => {
      const wait = waitMs(failures, false, patience, retry, chance);
      expect(wait).toBeGreaterThanOrEqual(Math.min(patience, RETRY_AFTER_MAX_MS));
      expect(wait).toBeLessThanOrEqual(Math.max(retry.mostMs, RETRY_AFTER_MAX_MS));
    }));
    expect([retryAfterMs('120', 0), retryAfterMs('Thu, 01 Jan 1970 00:00:10 GMT', 4_000), retryAfterMs('Thu, 01 Jan 1970 00:00:10 GMT', 60_000), retryAfterMs('soon', 0), retryAfterMs(undefined, 0)]).toEqual([120_000, 6_000, 0, null, null]);
  });
});

describe('REQ-PLT-05 what went wrong is told apart', () => {
  it.each([['ECONNREFUSED', 'refused'], ['ENOTFOUND', 'unreachable'], ['CERT_HAS_EXPIRED', 'server-expired'], ['ERR_TLS_CERT_ALTNAME_INVALID', 'server-name'], ['DEPTH_ZERO_SELF_SIGNED_CERT', 'server-untrusted'], ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'client-rejected'], ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'client-rejected'], ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'], ['ECONNRESET', 'reset']] as const)('%s is %s', (code, failure) => {
    expect(failureOf({ code, message: '' })).toBe(failure);
    expect(failureText(failure, 'x').zh).not.toBe(failureText(failure, 'x').en);
  });
});
