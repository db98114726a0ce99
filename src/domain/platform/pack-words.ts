/** Titles and clauses for messages, out of the pack that was in force when the record was written: a retry after an update must give the same bytes. */
import type { Text } from '../../contract/text.ts';
import type { PlantPack } from '../packs/schema.ts';

export interface PackWords {
  condition(id: string): { readonly title: Text; readonly clauses: string[]; readonly priority: 1 | 2 | 3 | 4 | null };
  procedure(id: string): { readonly title: Text; readonly clauses: string[] };
  prohibition(procedure: string, id: string): Text;
  zone(id: string): Text;
  interlock(id: string): Text;
}

/** A pack that the journal does not hold leaves ids: they are what the message is about. */
export const NO_WORDS: PackWords = wordsFrom({ conditions: [], procedures: [], zones: [], interlocks: [] });

export function wordsFrom({ conditions, procedures, zones, interlocks }: Pick<PlantPack, 'conditions' | 'procedures' | 'zones' | 'interlocks'>): PackWords {
  const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.id, item]));
  const [ofCondition, ofProcedure, ofZone, ofInterlock] = [byId(conditions), byId(procedures), byId(zones), byId(interlocks)];
  return {
    condition: (id) => { const found = ofCondition.get(id); return { title: found?.title ?? same(id), clauses: [...(found?.clauses ?? [])], priority: found?.priority ?? null }; },
    procedure: (id) => { const found = ofProcedure.get(id); return { title: found?.title ?? same(id), clauses: [...(found?.clauses ?? [])] }; },
    prohibition: (procedure, id) => ofProcedure.get(procedure)?.prohibitions.find((each) => each.id === id)?.text ?? same(id),
    zone: (id) => ofZone.get(id)?.title ?? same(id),
    interlock: (id) => ofInterlock.get(id)?.title ?? same(id),
  };
}

const same = (id: string): Text => ({ zh: id, en: id });
