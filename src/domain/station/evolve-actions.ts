/** Folds what was said of corrective actions. No decisions here. */
import { withClosed, withOpened, withRescheduled } from '../incidents/corrective-actions.ts';
import type { Fact } from './facts.ts';
import type { StationState } from './state.ts';

export function evolveAction(state: StationState, fact: Extract<Fact, { type: `action.${string}` }>): StationState {
  const by = fact.by ?? '';
  switch (fact.type) {
    case 'action.opened': {
      const { action, ...outline } = fact.data;
      return { ...state, actions: withOpened(state.actions, action, outline, by, fact.atMs) };
    }
    case 'action.rescheduled': return { ...state, actions: withRescheduled(state.actions, fact.data.action, fact.data.dueMs, fact.data.reason, by, fact.atMs) };
    case 'action.closed': return { ...state, actions: withClosed(state.actions, fact.data.action, fact.data.evidence, by, fact.atMs) };
  }
}
