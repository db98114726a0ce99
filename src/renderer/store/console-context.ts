/** What every screen may reach: the model, the client, trends, preferences and drafts; made once in `main.tsx`. */
import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../contract/commands.ts';
import type { WireValue } from '../../contract/envelope.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { SessionView } from '../../contract/session.ts';
import type { AlarmHead, AlarmView, Reading, SectionName, View } from '../../contract/view.ts';
import type { ClientProblem, StationClient } from '../transport/client.ts';
import type { Drafts } from './drafts.ts';
import type { Incidents, ListView, StoryView } from './incidents.ts';
import type { ConsoleModel, LinkToStation } from './model.ts';
import type { PreferenceKey, Preferences } from './preferences.ts';
import type { Point, Trends } from './trends.ts';

export type Console = { model: ConsoleModel; client: StationClient; trends: Trends; preferences: Preferences; drafts: Drafts; incidents: Incidents };

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (found === null) throw new Error('A screen was drawn outside the console');
  return found;
}

export function useSection<N extends SectionName>(name: N): View[N] | undefined {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => model.section(name));
}

export function useLink(): LinkToStation {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => model.linkToStation());
}

export const useConnected = (): boolean => useLink().connected;

/** Who is logged on at this console, as the station last said. */
export function useLoggedOn(): SessionView | null {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => model.loggedOn());
}

export function useValue(tag: string): WireValue | undefined {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => model.value(tag));
}

/** The reading as it is now; re-renders when the live value or the connection changes. */
export function useReading(reading: Reading): Reading {
  useValue(reading.tag);
  useConnected();
  return useConsole().model.current(reading);
}

/** Plant time, in steps; everything that shows a time follows this one clock (hmi rule 10). */
export function useNow(stepMs = 1_000): number {
  const { model } = useConsole();
  const subscribe = useCallback((tick: () => void) => {
    const timer = setInterval(tick, Math.min(stepMs, 250));
    return () => clearInterval(timer);
  }, [stepMs]);
  return useSyncExternalStore(subscribe, () => Math.floor(model.nowMs() / stepMs) * stepMs);
}

export function usePreference(key: PreferenceKey, fallback: string): [string, (value: string) => void] {
  const { preferences } = useConsole();
  const value = useSyncExternalStore(preferences.subscribe, () => preferences.get(key)) ?? fallback;
  return [value, useCallback((next: string) => preferences.set(key, next), [preferences, key])];
}

/** Fields of a form, kept as a draft under the key. */
export function useDraft(key: string): { fields: Record<string, string>; setField: (name: string, value: string) => void; clear: () => void } {
  const { drafts } = useConsole();
  const [fields, setFields] = useState(() => drafts.get(key));
  const setField = useCallback((name: string, value: string) => setFields((old) => {
    const next = { ...old, [name]: value };
    drafts.set(key, next);
    return next;
  }), [drafts, key]);
  const clear = useCallback(() => { drafts.clear(key); setFields({}); }, [drafts, key]);
  return { fields, setField, clear };
}

export type CommandStatus<N extends CommandName> =
  | { phase: 'idle' }
  | { phase: 'busy' }
  | { phase: 'done'; output: CommandOutput<N>; atMs: number }
  | { phase: 'refused'; refusal: Refusal }
  | { phase: 'failed'; problem: ClientProblem };

export function useCommand<N extends CommandName>(command: N): { status: CommandStatus<N>; run: (input: CommandInput<N>) => Promise<boolean>; reset: () => void } {
  const { client, model } = useConsole();
  const [status, setStatus] = useState<CommandStatus<N>>({ phase: 'idle' });
  // The same words sent again after a time-out carry the same id: the station may have done it already.
  const unanswered = useRef<{ json: string; id: string } | null>(null);
  const run = useCallback(async (input: CommandInput<N>): Promise<boolean> => {
    setStatus({ phase: 'busy' });
    const json = JSON.stringify(input);
    const answer = await client.request(command, input, { id: unanswered.current?.json === json ? unanswered.current.id : undefined });
    unanswered.current = answer.outcome === 'failed' && answer.problem.code === 'timeout' ? { json, id: answer.id } : null;
    switch (answer.outcome) {
      case 'done': setStatus({ phase: 'done', output: answer.output, atMs: model.nowMs() }); return true;
      case 'refused': setStatus({ phase: 'refused', refusal: answer.refusal }); return false;
      case 'failed': setStatus({ phase: 'failed', problem: answer.problem }); return false;
    }
  }, [client, command, model]);
  return { status, run, reset: useCallback(() => setStatus({ phase: 'idle' }), []) };
}

/**
 * An answer that is asked for while somebody looks, and anew every `everyMs`; the last one stays until the next comes, so that nothing
 * flickers. Without a connection nothing is asked: what stands there is old, and its values say so.
 */
export function useAnswer<N extends CommandName>(command: N, input: CommandInput<N>, everyMs: number): { output: CommandOutput<N> | undefined; problem: ClientProblem | null } {
  const { client } = useConsole();
  const connected = useConnected();
  const [answer, setAnswer] = useState<{ output: CommandOutput<N> | undefined; problem: ClientProblem | null }>({ output: undefined, problem: null });
  const json = JSON.stringify(input);
  useEffect(() => {
    if (!connected) return undefined;
    let isWanted = true;
    const ask = (): void => void client.request(command, JSON.parse(json) as CommandInput<N>).then((given) => {
      if (isWanted && given.outcome === 'done') setAnswer({ output: given.output, problem: null });
      if (isWanted && given.outcome === 'failed') setAnswer(({ output }) => ({ output, problem: given.problem }));
    });
    ask();
    const timer = setInterval(ask, everyMs);
    return () => { isWanted = false; clearInterval(timer); };
  }, [client, command, json, everyMs, connected]);
  return answer;
}

/** Points of several tags over a window, refreshed at most once per `everyMs` and only while `active`. */
export function useTrend(tags: readonly string[], windowMs: number, everyMs: number, active: boolean): { nowMs: number; series: Map<string, Point[]> } {
  const { trends, model } = useConsole();
  const key = tags.join(' ');
  const [drawn, setDrawn] = useState<{ nowMs: number; series: Map<string, Point[]> }>({ nowMs: 0, series: new Map() });
  useEffect(() => (key === '' ? undefined : trends.watch(key.split(' '), windowMs)), [trends, key, windowMs]);
  useEffect(() => {
    if (!active || key === '') return undefined;
    const draw = (): void => {
      const nowMs = model.nowMs();
      setDrawn({ nowMs, series: new Map(key.split(' ').map((tag) => [tag, heldToNow(trends.points(tag), nowMs - windowMs, nowMs)])) });
    };
    draw();
    const timer = setInterval(draw, everyMs);
    return () => clearInterval(timer);
  }, [trends, model, key, windowMs, everyMs, active]);
  return drawn;
}

/** A good value holds until the station says otherwise, so the line reaches the present; a gap stays a gap. */
export function heldToNow(points: readonly Point[], fromMs: number, nowMs: number): Point[] {
  const shown = points.filter(([ms]) => ms >= fromMs);
  const last = shown.at(-1) ?? points.at(-1);
  if (last !== undefined && last[1] !== null && last[0] < nowMs) shown.push([nowMs, last[1]]);
  return shown;
}

/** Counts, groups and flood of the alarms, without their rows. */
export function useAlarmHead(): AlarmHead | undefined {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => model.alarms.currentHead());
}

export function useMostUrgentAlarm(): AlarmView | undefined {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => model.alarms.mostUrgent());
}

export function useAlarm(id: string | null): AlarmView | undefined {
  const { model } = useConsole();
  return useSyncExternalStore(model.subscribe, () => (id === null ? undefined : model.alarms.row(id)));
}

type Tag = View['plant']['tags'][number];
const tagMaps = new WeakMap<View['plant'], Map<string, Tag>>();

/** What is fixed about a tag: kind, range, states. */
export function useTag(id: string): Tag | undefined {
  const plant = useSection('plant');
  if (plant === undefined) return undefined;
  let tags = tagMaps.get(plant);
  if (tags === undefined) tagMaps.set(plant, tags = new Map(plant.tags.map((tag) => [tag.id, tag])));
  return tags.get(id);
}

/** The incidents as far as they are known; asked for while somebody looks. */
export function useIncidentList(): ListView {
  const { incidents } = useConsole();
  useEffect(() => incidents.watchList(), [incidents]);
  return useSyncExternalStore(incidents.subscribe, incidents.list);
}

/** The time line of one incident, live while it is open. */
export function useIncidentStory(incident: string): StoryView {
  const { incidents } = useConsole();
  useEffect(() => incidents.watchStory(incident), [incidents, incident]);
  return useSyncExternalStore(incidents.subscribe, () => incidents.story(incident));
}
