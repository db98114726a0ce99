/** A counterexample in words: what happens, one after the other. */
import type { CourseRule, CourseTable } from '../procedures/course-table.ts';
import { FALSE, TRUE } from '../conditions/truth.ts';
import type { GateEnv, StepValues } from './abstract-facts.ts';
import { GOOD_ENV } from './abstract-facts.ts';
import type { Signing } from './control.ts';

/** One move of the exploration, with what was so around it. */
export interface Move {
  readonly rule: CourseRule | null;
  /** Held and re-authorised are no rules of the course. */
  readonly told: 'HELD' | 'REAUTHORISED' | null;
  readonly env: GateEnv | null;
  readonly values: StepValues | null;
  readonly signing: Signing;
}

const truthWord = (truth: number): string => (truth === TRUE ? 'there' : truth === FALSE ? 'not there' : 'unknown');

/** What is not as it should be around a move. */
function around(env: GateEnv | null): string[] {
  if (env === null) return [];
  return (Object.keys(GOOD_ENV) as (keyof GateEnv)[]).filter((key) => env[key] !== GOOD_ENV[key]).map((key) => {
    const value = env[key];
    switch (key) {
      case 'interlock': return `a linked interlock ${value === 'unknown' ? 'unknown' : value === 'expired' ? 'bypassed, approval expired' : 'bypassed, not approved'}`;
      case 'link': return 'the link lost';
      case 'foreseen': return 'another condition without a procedure';
      case 'prohibitionsKept': return 'a prohibition broken';
      case 'commander': return 'no commander';
      case 'watch': return 'nobody watching the DCS';
      case 'entry': return value === 'over' ? 'more people than the limit' : value === 'unclear' ? 'the situation unclear' : 'head count unknown';
      case 'people': return `people ${String(value)}`;
      case 'unmet': return `a condition of return ${String(value)}`;
      case 'proofsHold': return 'an earlier proof lapsed';
      case 'cautionsRead': return 'cautions not read';
      case 'entitled': return 'signer not entitled';
    }
  });
}

export function moveWords(table: CourseTable, { rule, told, env, values, signing }: Move): string {
  if (rule === null) return told === 'HELD' ? 'the station restarts' : 'a supervisor re-authorises';
  const target = table.states[rule.to];
  const what = [rule.event, rule.step, rule.option].filter((part) => part !== null).join(' ');
  const proof = values === null || (rule.event !== 'STEP_DONE' && rule.event !== 'CHOSEN') ? [] : [`proof ${truthWord(values.proof)}`];
  const so = [...(signing === null ? [] : [`by ${signing.user} as ${signing.role}`]), ...proof, ...around(env)];
  return `${what}${so.length === 0 ? '' : ` (${so.join(', ')})`} -> ${target?.place ?? '?'}${target?.name == null ? '' : `, ${target.name}`}`;
}
