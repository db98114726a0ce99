/** A check looks at one plant, its files joined and resolved, and reports what is wrong. */
import type { Report } from './complaint.ts';
import type { PlantDraft } from './draft.ts';
import type { Names } from './names.ts';

export type PlantCheck = (plant: PlantDraft, names: Names, report: Report) => void;
