/**
 * What really happened, with numbers: faults beginning and ending, deeds of hands and of the instructor, trips, margins lost. Ground truth, for the
 * instructor and for scores, never on the plant's own endpoint. The log is bounded and is no part of a snapshot: what a branch did stays told.
 */
import type { Words } from './definition.ts';

export const EVENT_KINDS = ['fault-began', 'fault-ended', 'deception', 'field', 'order', 'command', 'trip', 'margin-lost', 'plant', 'instructor', 'note', 'hint', 'branch'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** `atS`: seconds since the beginning of the exercise; `timeS`: the plant's own time; `atMs`: wall time, null while nobody has stamped it. */
export interface MachineEvent {
  readonly number: number;
  readonly atS: number;
  readonly timeS: number;
  atMs: number | null;
  readonly kind: EventKind;
  readonly subject: string;
  readonly text: Words;
  readonly clauses: readonly string[];
  /** the deed, so that it can be done again; absent where nobody's hand did it */
  readonly did?: Hand;
}

/** A hand on the plant, as the plant takes it: faceplate, button or key, people and devices in the field, a fault put on or taken off. */
export type Hand =
  | { readonly order: { readonly device: string; readonly position: number | null } }
  | { readonly command: { readonly name: string; readonly value: boolean } }
  | { readonly field: Readonly<Record<string, string | number | null>> }
  | { readonly inject: { readonly id: string; readonly options: Readonly<Record<string, unknown>> } }
  | { readonly clear: string };

export const EVENT_LIMITS = { kept: 10_000, subjectCharacters: 80 } as const;

/** `A4-2(1)` of the tables of faults as the rules spell it: `A4.2(1)`. */
export const clauseOf = (tableClause: string): string => tableClause.replace(/^(A\d+)-/u, '$1.').slice(0, 20);

export class EventLog {
  #events: MachineEvent[] = [];
  #next = 1;

  get next(): number {
    return this.#next;
  }

  add(event: Omit<MachineEvent, 'number' | 'atMs'>): void {
    this.#events.push({ ...event, subject: event.subject.slice(0, EVENT_LIMITS.subjectCharacters), number: this.#next, atMs: null });
    this.#next += 1;
    // half at a time, so that a full log does not copy itself at every event
    if (this.#events.length > EVENT_LIMITS.kept * 1.5) this.#events = this.#events.slice(-EVENT_LIMITS.kept);
  }

  /** the wall time of all that has none yet */
  stamp(atMs: number): void {
    for (let i = this.#events.length - 1; i >= 0; i -= 1) {
      const event = this.#events[i];
      if (event === undefined || event.atMs !== null) return;
      event.atMs = atMs;
    }
  }

  /** those after a number, oldest first, at most so many */
  since(number: number, most: number): readonly MachineEvent[] {
    const first = this.#events[0]?.number ?? this.#next;
    const from = Math.max(0, number - first + 1);
    return this.#events.slice(from, from + most);
  }
}
