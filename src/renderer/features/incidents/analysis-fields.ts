/** Between the fields of the forms and the requests of a cause analysis. */
import type { AnalysisView } from '../../../contract/aftermath.ts';
import type { CommandInput } from '../../../contract/commands.ts';

type Fields = Readonly<Record<string, string>>;
type Review = CommandInput<'analysis.conclude'>['reviews'][number];

/** The choice that is no corrective action; ids of actions are never empty. */
export const NO_ACTION = '-';
export const actionOf = (chosen: string | undefined): { action: string } | Record<string, never> => (chosen === undefined || chosen === NO_ACTION || chosen === '' ? {} : { action: chosen });

/** Record numbers as people write them: commas, spaces, Chinese commas, `#`. What is no number is left to the station to miss. */
export const recordNumbersOf = (words: string): number[] => words.split(/[^\d]+/u).filter((each) => each !== '').map(Number).filter((n) => Number.isSafeInteger(n) && n > 0);

export const outcomeField = (procedure: string): string => `outcome.${procedure}`;
export const noteField = (procedure: string): string => `note.${procedure}`;

/** Only procedures about which something was chosen: what is missing the station says. */
export const reviewsOf = (fields: Fields, { procedures }: AnalysisView): Review[] => procedures.flatMap(({ id }) => {
  const outcome = fields[outcomeField(id)];
  return outcome === 'update' || outcome === 'stays' ? [{ procedure: id, outcome, note: fields[noteField(id)] ?? '' }] : [];
});

const isStanding = ({ withdrawn }: { withdrawn: unknown }): boolean => withdrawn === null;
/** The lowest thing that stands in a chain: it alone can be withdrawn, or built upon. */
export function lowestOf({ whys, roots }: AnalysisView['chains'][number]): { why: string | null; root: string | null } {
  return { why: whys.findLast(isStanding)?.id ?? null, root: roots.findLast(isStanding)?.id ?? null };
}
