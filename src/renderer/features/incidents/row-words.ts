/** Between the row of an incident and its words. */
import type { Priority } from '../../../contract/view.ts';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
export const priorityOf = (worst: number | null | undefined): Priority | null => PRIORITIES.find((each) => each === worst) ?? null;
