/** Between the fields of a form and the evidence that the station takes. Which fields are asked for, the station says. */
import type { Evidence, Gas, TestPoint } from '../../../contract/evidence.ts';
import { GASES } from '../../../contract/evidence.ts';
import type { ProofView } from '../../../contract/view.ts';

export type Fields = Readonly<Record<string, string>>;
export const POINTS_MAX = 20;
export const USUAL_VALID_MIN = 30;
const MINUTE_MS = 60_000;

/** Gases of a test as they stand in the form: the proof's own first, then what the person has added. */
export function gasesOf(fields: Fields, own: Gas | null): readonly Gas[] {
  const added = (fields['gases'] ?? '').split(',');
  const chosen = GASES.filter((gas) => gas === own || added.includes(gas));
  return chosen.length > 0 ? chosen : ['O2', 'LEL'];
}

export const pointsOf = (fields: Fields): number => Math.max(1, Math.min(POINTS_MAX, Number(fields['points'] ?? '1') || 1));
export const valueField = (point: number, gas: Gas): string => `point${point}.${gas}`;
export const placeField = (point: number): string => `point${point}.place`;

function testPoints(fields: Fields, own: Gas | null): TestPoint[] {
  return Array.from({ length: pointsOf(fields) }, (_, point) => ({
    place: fields[placeField(point)] ?? '',
    values: gasesOf(fields, own).flatMap((gas) => { const value = fields[valueField(point, gas)] ?? ''; return value.trim() === '' ? [] : [{ gas, value: Number(value) }]; }),
  }));
}

const FROM_FIELDS: { readonly [F in keyof Required<Evidence>]: (fields: Fields, own: Gas | null, nowMs: number) => Evidence[F] } = {
  numbers: (fields) => { const all = words(fields['numbers'] ?? ''); return all.length === 0 ? undefined : all; },
  lock: (fields) => filled(fields['lock']), tag: (fields) => filled(fields['tag']), instrument: (fields) => filled(fields['instrument']), sample: (fields) => filled(fields['sample']), place: (fields) => filled(fields['place']),
  result: (fields) => (['good', 'bad'] as const).find((each) => each === fields['result']),
  points: testPoints,
  sampledMs: (fields, _own, nowMs) => (filled(fields['sampledMs']) === undefined ? nowMs : new Date(fields['sampledMs'] ?? '').getTime()),
  validForMs: (fields) => Math.round(Number(fields['validForMs'] ?? USUAL_VALID_MIN) * MINUTE_MS),
};

const filled = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text.trim());
/** Numbers as people write them one after the other. */
const words = (text: string): string[] => text.split(/[\s,;，；、]+/u).filter((each) => each !== '').slice(0, 20);

/** Undefined where nothing is asked for. What is left empty is left out; the station says what is lacking. */
export function evidenceOfFields({ asks, figure }: ProofView, fields: Fields, nowMs: number): Evidence | undefined {
  if (asks.length === 0) return undefined;
  const entries = asks.map(({ field }) => [field, FROM_FIELDS[field](fields, figure?.gas ?? null, nowMs)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Evidence;
}
