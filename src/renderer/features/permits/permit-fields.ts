/** Between the fields of the form and the request for a permit. */
import type { Isolation, PermitRequest, PressureWork, WorkPermitKind } from '../../../contract/work-permits.ts';
import { ISOLATIONS, WORK_PERMIT_KINDS } from '../../../contract/work-permits.ts';

type Fields = Readonly<Record<string, string>>;
export const ISOLATION_ROWS = 4;
export const kindOf = (fields: Fields): WorkPermitKind => WORK_PERMIT_KINDS.find((kind) => kind === fields['kind']) ?? 'line-opening';
export const isolationFields = (row: number): readonly [by: string, number: string] => [`isolation${row}.by`, `isolation${row}.number`];

/** Rows that name a number; an empty row is no isolation. */
function isolationOf(fields: Fields): Isolation[] {
  return Array.from({ length: ISOLATION_ROWS }, (_, row) => row).flatMap((row) => {
    const [by, number] = isolationFields(row);
    const found = ISOLATIONS.find((each) => each === fields[by]);
    return found === undefined || (fields[number] ?? '').trim() === '' ? [] : [{ by: found, number: (fields[number] ?? '').trim() }];
  });
}

/** A figure that is not filled in is not there: null, and never nought. */
const figure = (text: string | undefined): number | null => (text === undefined || text.trim() === '' ? null : Number(text));

/** Whatever is not answered is answered in the careful sense. */
function pressureOf(fields: Fields): PressureWork {
  return {
    necessity: fields['necessity'] ?? '', survey: fields['survey'] ?? '', plan: fields['plan'] ?? '', extremelyHazardous: fields['extremelyHazardous'] !== 'no', thicknessMm: figure(fields['thicknessMm']), requiredMm: figure(fields['requiredMm']),
    cracksCanGrow: fields['cracksCanGrow'] !== 'no', strengthSuffices: fields['strengthSuffices'] === 'yes', safeguardsInPlace: fields['safeguardsInPlace'] === 'yes',
  };
}

export function requestOf(fields: Fields, zone: string, fromMs: number, untilMs: number): PermitRequest {
  const kind = kindOf(fields);
  return {
    number: fields['number'] ?? '', kind, scope: fields['scope'] ?? '', zone, holder: fields['holder'] ?? '', fromMs, untilMs, isolation: isolationOf(fields),
    ...(kind === 'pressure-work' ? { pressure: pressureOf(fields) } : {}),
  };
}
