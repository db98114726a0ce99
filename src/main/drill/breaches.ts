/**
 * What was done that the guideline forbids, or left undone that it demands, out of the records of a run and what the plant knows: by clause, with the
 * time. A person of a script is caught when the clause stands here.
 */
import type { Breach, TruthEvent } from '../../contract/drill.ts';
import type { ClauseVerdict } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';

/** A condition is raised while people are in the field: they have so long to walk out, ms (60 s of walking, and to be told). */
const OUT_WITHIN_MS = 180_000;

type Found = Omit<Breach, 'atS' | 'records'> & { readonly n: number | null };

export class Breaches {
  readonly #plant: Plant;
  readonly #startMs: number;
  readonly #found: Breach[] = [];
  readonly #procedures = new Map<string, string>();
  readonly #over = new Map<string, { readonly sinceMs: number; readonly n: number; count: number; isTold: boolean }>();

  constructor(plant: Plant, startMs: number) {
    this.#plant = plant;
    this.#startMs = startMs;
  }

  get all(): readonly Breach[] {
    return this.#found;
  }

  /** A record, in order. */
  see({ n, fact }: NumberedFact): void {
    if (fact.atMs < this.#startMs) return;
    this.#lookAtPeople(fact.atMs);
    for (const found of this.#of(fact, n)) this.#add(found);
  }

  /** A margin that the plant itself knows to be lost. */
  lost({ atMs, kind, text, clauses }: TruthEvent): void {
    if (kind === 'margin-lost') for (const clause of clauses) this.#add({ clause, kind: 'margin', atMs, text, n: null });
  }

  /** Time goes on without a record. */
  pass(atMs: number): void {
    this.#lookAtPeople(atMs);
  }

  #add({ n, ...breach }: Found): void {
    if (this.#found.length >= 200 || this.#found.some((each) => each.clause === breach.clause && each.kind === breach.kind)) return;
    this.#found.push({ ...breach, atS: Math.max(0, (breach.atMs - this.#startMs) / 1_000), records: n === null ? [] : [n] });
  }

  #of(fact: Fact, n: number): Found[] {
    const { atMs } = fact;
    switch (fact.type) {
      case 'prohibition.changed': return fact.data.state === 'violated' ? [{ clause: fact.data.clause, kind: 'prohibition', atMs, text: both(fact.data.id), n }] : [];
      case 'condition.changed': {
        const def = this.#plant.conditions.get(fact.data.id);
        return def?.role === 'prohibition' && def.standing === true && fact.data.state === 'raised' ? def.clauses.map((clause) => ({ clause, kind: 'prohibition' as const, atMs, text: def.title, n })) : [];
      }
      case 'refused': return fact.data.obstacles.map(({ clause, fact: text }) => ({ clause, kind: 'refusal' as const, atMs, text, n }));
      case 'procedure.raised':
        this.#procedures.set(fact.data.instance, fact.data.procedure);
        return [];
      case 'procedure.moved': return this.#lateIn(fact, n);
      case 'interlock.changed': return fact.data.state === 'bypassed' && !fact.data.approved ? [{ clause: '3.3', kind: 'bypass', atMs, text: both(fact.data.id), n }] : [];
      case 'interlock.inputs': return fact.data.forced === true ? [{ clause: '3.3', kind: 'bypass', atMs, text: both(fact.data.id), n }] : [];
      case 'interlock.forced-reset': return [{ clause: '3.5', kind: 'prohibition', atMs, text: both(fact.data.id), n }];
      case 'alarm.overdue': return [{ clause: '3.6', kind: 'limit', atMs, text: both(fact.data.id), n }];
      case 'people.changed': {
        const { zone, state, count, limit } = fact.data;
        const known = this.#over.get(zone);
        if (state !== 'exceeded') this.#over.delete(zone);
        else if (known === undefined) this.#over.set(zone, { sinceMs: atMs, n, count: count ?? 0, isTold: false });
        // Somebody went in while the limit stood.
        else if ((count ?? 0) > known.count) return this.#tooMany(zone, atMs, n, both(`${zone}: ${String(count)} > ${String(limit)}`));
        return [];
      }
      default: return [];
    }
  }

  #lateIn(fact: Extract<Fact, { type: 'procedure.moved' }>, n: number): Found[] {
    const { event, instance } = fact.data;
    const procedure = this.#plant.procedures.get(this.#procedures.get(instance) ?? '');
    if (procedure === undefined) return [];
    const late = (clause: string, id: string): Found => ({ clause, kind: 'limit', atMs: fact.atMs, text: both(`${procedure.id}/${id}`), n });
    switch (event.type) {
      case 'STEP_OVERDUE': return procedure.clauses.slice(0, 1).map((clause) => late(clause, event.step));
      case 'SAFE_OVERDUE': return procedure.clauses.slice(0, 1).map((clause) => late(clause, 'safe'));
      case 'DEADLINE': return event.state === 'exceeded' ? procedure.deadlines.filter(({ id }) => id === event.id).map(({ clause }) => late(clause, event.id)) : [];
      default: return [];
    }
  }

  #lookAtPeople(atMs: number): void {
    for (const [zone, over] of this.#over) {
      if (over.isTold || atMs - over.sinceMs < OUT_WITHIN_MS) continue;
      over.isTold = true;
      for (const found of this.#tooMany(zone, atMs, over.n, both(`${zone}: ${String(over.count)}`))) this.#add(found);
    }
  }

  /** 4.2.1 and 4.2.3, and the clauses whose procedures set a limit of people in the zone. */
  #tooMany(zone: string, atMs: number, n: number, text: Text): Found[] {
    const own = [...this.#procedures.values()].flatMap((id) => { const def = this.#plant.procedures.get(id); return def?.people.zones.includes(zone) === true ? def.clauses.slice(0, 1) : []; });
    return [...new Set(['4.2.1', '4.2.3', ...own])].map((clause) => ({ clause, kind: 'people' as const, atMs, text, n }));
  }
}

const both = (text: string): Text => ({ zh: text, en: text });

/** A verdict "not met" is a breach as well, from the first record that shows it. */
export function verdictBreaches(verdicts: readonly ClauseVerdict[], records: readonly NumberedFact[], startMs: number, endMs: number): Breach[] {
  const times = new Map(records.map(({ n, fact }) => [n, fact.atMs]));
  return verdicts.filter(({ verdict }) => verdict === 'notMet').map(({ id, because, evidence }) => {
    const atMs = Math.min(...evidence.flatMap((n) => times.get(n) ?? []), endMs);
    return { clause: id, kind: 'verdict' as const, atMs, atS: Math.max(0, (atMs - startMs) / 1_000), text: because, records: evidence.slice(0, 50) };
  });
}

/** The clause itself, or one below it: A4.2 is broken where A4.2(3) is. */
export const isCaughtBy = (clause: string, breach: Pick<Breach, 'clause'>): boolean => breach.clause === clause || breach.clause.startsWith(`${clause}(`) || breach.clause.startsWith(`${clause}.`);
