/**
 * A figure of a plant with where it is from. Marks as in research/simulators.md: S read from the source, C computed, L literature, A assumed engineering value,
 * G guideline text. A number alone in `source` is a section of that note. A test holds that no plant has a figure without unit, mark and source.
 */
export type Evidence = 'S' | 'C' | 'L' | 'A' | 'G';
export interface Parameter {
  readonly value: number;
  readonly unit: string;
  readonly mark: Evidence;
  readonly source: string;
}
export type ParameterTable = Readonly<Record<string, Parameter>>;

export const p = (value: number, unit: string, mark: Evidence, source: string): Parameter => ({ value, unit, mark, source });

/** the bare figures, for the equations */
export function valuesOf<T extends ParameterTable>(table: T): { readonly [K in keyof T]: number } {
  return Object.fromEntries(Object.entries(table).map(([name, { value }]) => [name, value])) as { readonly [K in keyof T]: number };
}
