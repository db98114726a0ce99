/**
 * One rule of the gates: for which directions it counts, which clause it carries, which fact stands in the way, and who can
 * change it. No rule can name `retreat` or `hold`: the type has no place for them, because the way to safety is never locked.
 */
import type { Direction, Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { GateFacts } from './gate-facts.ts';

/** Directions that a gate may refuse. */
export type GatedDirection = Exclude<Direction, 'retreat' | 'hold'>;

/** One thing that stands in the way. */
export interface Standing {
  readonly fact: Text;
  readonly subject?: string;
  /** Where the fact carries a clause of its own. */
  readonly clause?: string;
}

export interface GateRule {
  readonly id: string;
  readonly directions: readonly GatedDirection[];
  readonly clause: string;
  /** What it looks at, for the printed table. */
  readonly looksAt: Text;
  readonly whoCanChange: readonly Role[];
  readonly stands: (facts: GateFacts) => readonly Standing[];
}

export const one = (stands: boolean, zh: string, en: string): readonly Standing[] => (stands ? [{ fact: { zh, en } }] : []);

const ROLE_WORDS: Readonly<Record<Role, Text>> = {
  operator: { zh: '操作员', en: 'operator' },
  supervisor: { zh: '班长', en: 'shift supervisor' },
  engineer: { zh: '工程师', en: 'engineer' },
  instructor: { zh: '教员', en: 'instructor' },
  investigator: { zh: '调查员', en: 'investigator' },
};

export const roleList = (roles: readonly Role[]): Text => ({ zh: roles.map((r) => ROLE_WORDS[r].zh).join('、'), en: roles.map((r) => ROLE_WORDS[r].en).join(' or ') });
