/** After the incident (3.1, 4.5.3, H.1): causes that were signed in the course of it, their analysis, corrective actions, and what else is to follow. */
import type { IncidentReport } from '../../contract/report.ts';
import { isOverdue, RESCHEDULES_MAX } from '../incidents/corrective-actions.ts';
import type { CorrectiveAction } from '../incidents/corrective-actions.ts';
import type { Fact } from '../station/facts.ts';
import type { StationState } from '../station/state.ts';
import { causesOf, followUpsOf } from './after-incident.ts';
import { clip } from './bounded.ts';
import type { Section, Setting, Step } from './step.ts';

type AftermathPart = Pick<IncidentReport, 'causes' | 'actions' | 'followUps'>;
type Stated = IncidentReport['causes']['stated'][number];

const STATED_MAX = 200;
const ACTIONS_MAX = 300;

/** A cause that a person put their name to, and what it is the cause of. */
function causeIn(fact: Fact): { readonly about: string; readonly text: string } | null {
  switch (fact.type) {
    case 'interlock.cause': case 'interlock.accounted': return { about: fact.data.interlock, text: fact.data.text };
    case 'alarm.cause': return { about: fact.data.id, text: fact.data.text };
    case 'procedure.moved': return fact.data.event.type === 'CAUSE' ? { about: fact.data.instance, text: fact.data.event.text } : null;
    default: return null;
  }
}

export class Aftermath implements Section<AftermathPart> {
  readonly #setting: Setting;
  readonly #stated: Stated[] = [];

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see({ n, fact }: Step): void {
    const found = causeIn(fact);
    if (found === null || this.#stated.length >= STATED_MAX) return;
    this.#stated.push({ n, atMs: fact.atMs, by: this.#setting.directory.ofUser(fact.by), about: clip(found.about, 120), text: clip(found.text, 2_000) });
  }

  end({ actions }: StationState): AftermathPart {
    const { incident, records } = this.#setting.incident;
    const own = [...actions.open, ...actions.closed].filter((action) => action.incident === incident.id).sort((a, b) => a.openedMs - b.openedMs || (a.id < b.id ? -1 : 1));
    return {
      causes: { ...causesOf(records, incident, (user) => this.#setting.directory.ofUser(user) ?? ''), stated: this.#stated },
      actions: own.slice(0, ACTIONS_MAX).map((action) => this.#view(action)),
      followUps: followUpsOf(records, incident),
    };
  }

  #view(action: CorrectiveAction): IncidentReport['actions'][number] {
    const { incident, directory, plant } = this.#setting;
    const asOfMs = incident.asOfMs ?? incident.records.at(-1)?.fact.atMs ?? 0;
    const key = (user: string): string => directory.ofUser(user) ?? '';
    return {
      id: action.id, incident: action.incident, measure: clip(action.measure, 500), responsible: clip(action.responsible, 80), funding: clip(action.funding, 200), dueMs: action.dueMs, contingency: clip(action.contingency, 500),
      procedures: action.procedures.slice(0, 20).map((id) => ({ id, title: plant.procedures.get(id)?.title ?? { zh: id, en: id } })), openedBy: key(action.openedBy), openedMs: action.openedMs,
      overdue: isOverdue(action, asOfMs), movable: action.closed === null && action.extended.length < RESCHEDULES_MAX,
      extended: action.extended.slice(0, 10).map((each) => ({ ...each, reason: clip(each.reason, 500), by: key(each.by) })),
      closed: action.closed === null ? null : { ...action.closed, by: key(action.closed.by), evidence: clip(action.closed.evidence, 1_000) },
    };
  }
}
