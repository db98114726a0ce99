import type { StartDefinition } from '../../machine/definition.ts';

export const STARTS: readonly StartDefinition[] = [];
