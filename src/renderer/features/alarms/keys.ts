/** The keys of the alarm screen, as one table that the handler, the help line and the tests share. M (silence) works on every screen. */
export const LIST_KEYS = { acknowledge: 'A', page: 'P', shelve: 'S', step: 'G', sortIn: 'R', filter: '/', history: 'H', list: 'L' } as const;
export type ListAction = keyof typeof LIST_KEYS;

const ACTIONS = Object.entries(LIST_KEYS) as [ListAction, string][];

/** Whether keys are words here and not orders. */
const isWriting = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/u.test(target.tagName));

export function actionOf(event: KeyboardEvent): ListAction | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isWriting(event.target)) return null;
  return ACTIONS.find(([, key]) => key === event.key.toUpperCase())?.[0] ?? null;
}

/** Where the list goes by a key of movement; null when the key is none. Positions are held within the list. */
export function moved(key: string, position: number, page: number, count: number): number | null {
  const step: Record<string, number> = { ArrowDown: position + 1, ArrowUp: position - 1, PageDown: position + page, PageUp: position - page, Home: 0, End: count - 1 };
  const to = step[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}
