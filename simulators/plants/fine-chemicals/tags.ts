/**
 * Every tag of the plant in the order of rules/fine-chemicals/tags.yaml. The simulator's own table (simulators/ never reads rules/);
 * tests/simulation/fine-chemicals.test.ts holds it against the rules.
 */
import { PROCESS_TAGS } from './tags-process.ts';
import { SYSTEM_TAGS } from './tags-systems.ts';

export const TAGS = [...PROCESS_TAGS, ...SYSTEM_TAGS];
