/**
 * The peer from outside: json-rules-engine with the seven conditions of a watched tag as seven rules.
 *
 * It is given what it cannot work out by itself, ready made and for nothing: the slope, the age, and no deadband and no delay to keep. It only judges. It
 * is a development dependency, and an installed copy does not have it.
 */
import { RATE, SCAN_MS } from './watched-tags.ts';

interface RulesEngine {
  run(facts: Readonly<Record<string, unknown>>): Promise<{ readonly events: readonly unknown[] }>;
}

/** One tag's rules; null where the package is not installed. */
export async function rulesEngine(): Promise<RulesEngine | null> {
  try {
    const { Engine } = await import('json-rules-engine');
    const rule = (fact: string, operator: string, value: unknown): { conditions: { all: { fact: string; operator: string; value: unknown }[] }; event: { type: string } } => ({
      conditions: { all: [{ fact: 'isGood', operator: 'equal', value: true }, { fact, operator, value }] }, event: { type: `${fact} ${operator} ${String(value)}` },
    });
    return new Engine([
      rule('value', 'greaterThan', 90), rule('value', 'greaterThan', 80), rule('value', 'lessThan', 20), rule('value', 'lessThan', 10), rule('slopePerMin', 'greaterThan', RATE.perMin),
      { conditions: { all: [{ fact: 'ageMs', operator: 'greaterThan', value: 2 * SCAN_MS }] }, event: { type: 'stale' } }, { conditions: { all: [{ fact: 'isGood', operator: 'equal', value: false }] }, event: { type: 'bad' } },
    ]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** How many of those rules hold for a value with this quality: what the peer must find. */
export function rulesThatHold(value: number, isGood: boolean): number {
  return isGood ? [value > 90, value > 80, value < 20, value < 10].filter(Boolean).length : 1;
}
