/**
 * Trends of the tags somebody is looking at: history once from the station, then live values. A bad or stale value
 * and a lost link are gaps (null), never a line drawn across what nobody measured.
 */
import type { WireValue } from '../../contract/envelope.ts';
import type { StationClient } from '../transport/client.ts';
import { mirrorDatabase, withDatabase } from './database.ts';
import type { ConsoleModel } from './model.ts';

export type Point = [ms: number, value: number | null];

/** One hour at one sample a second, and some more. */
export const POINTS_MAX = 4_000;
const HISTORY_POINTS = 1_200;
const KEEP_MS = 60 * 60_000;
const CACHE_EVERY_MS = 10_000;

type Series = { points: Point[]; watchers: number; loadedFromMs: number };

export const pointOf = ([value, quality]: WireValue): number | null =>
  quality === 'bad' || quality === 'stale' ? null : typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;

/** Appends in order of time; a second word about the same moment replaces the first, an older one is dropped. */
export function append(points: Point[], point: Point): void {
  const last = points.at(-1);
  if (last !== undefined && point[0] < last[0]) return;
  if (last !== undefined && point[0] === last[0]) points[points.length - 1] = point;
  else points.push(point);
  if (points.length > POINTS_MAX) points.splice(0, points.length - POINTS_MAX);
}

export class Trends {
  private readonly series = new Map<string, Series>();
  private readonly model: ConsoleModel;
  private readonly client: StationClient;
  private lastConnected = false;

  constructor(model: ConsoleModel, client: StationClient) {
    this.model = model;
    this.client = client;
    model.subscribe(() => this.follow());
    setInterval(() => this.cache(), CACHE_EVERY_MS);
  }

  points(tag: string): Point[] { return this.series.get(tag)?.points ?? []; }

  watch(tags: readonly string[], windowMs: number): () => void {
    for (const tag of tags) {
      const known = this.series.get(tag) ?? { points: [], watchers: 0, loadedFromMs: Infinity };
      known.watchers += 1;
      this.series.set(tag, known);
    }
    void this.load(tags, windowMs);
    return () => {
      for (const tag of tags) {
        const series = this.series.get(tag);
        if (series === undefined) continue;
        series.watchers -= 1;
        if (series.watchers <= 0) this.series.delete(tag);
      }
    };
  }

  private async load(tags: readonly string[], windowMs: number): Promise<void> {
    const toMs = this.model.nowMs();
    const fromMs = toMs - Math.min(windowMs, KEEP_MS);
    const missing = tags.filter((tag) => (this.series.get(tag)?.loadedFromMs ?? Infinity) > fromMs + 1_000);
    for (let start = 0; start < missing.length; start += 10) {
      const part = missing.slice(start, start + 10);
      const answer = await this.client.request('history.read', { tags: part, fromMs, toMs, maxPoints: HISTORY_POINTS });
      if (answer.outcome === 'done') for (const { tag, points } of answer.output.series) this.prepend(tag, points, fromMs);
      else for (const row of await withDatabase(() => mirrorDatabase().trends.bulkGet(part), [])) if (row !== undefined) this.prepend(row.tag, row.points, Infinity);
    }
  }

  private prepend(tag: string, history: readonly Point[], fromMs: number): void {
    const series = this.series.get(tag);
    if (series === undefined) return;
    const sorted = history.toSorted((a, b) => a[0] - b[0]);
    const lastMs = sorted.at(-1)?.[0] ?? -Infinity;
    series.points = [...sorted, ...series.points.filter(([ms]) => ms > lastMs)].slice(-POINTS_MAX);
    series.loadedFromMs = Math.min(series.loadedFromMs, fromMs);
  }

  private follow(): void {
    const { connected } = this.model.linkToStation();
    const wentDown = this.lastConnected && !connected;
    const cameBack = connected && !this.lastConnected;
    this.lastConnected = connected;
    for (const [tag, series] of this.series) {
      if (wentDown) { append(series.points, [this.model.nowMs(), null]); series.loadedFromMs = Infinity; continue; }
      const value = this.model.value(tag);
      if (!connected || value === undefined) continue;
      const atMs = value[1] === 'stale' || value[1] === 'bad' ? this.model.nowMs() : (value[2] ?? this.model.nowMs());
      const point = pointOf(value);
      const last = series.points.at(-1);
      if (last !== undefined && last[1] === null && point === null) continue;
      append(series.points, [atMs, point]);
    }
    if (cameBack && this.series.size > 0) void this.load([...this.series.keys()], KEEP_MS);
  }

  private cache(): void {
    if (this.series.size === 0) return;
    const rows = [...this.series].map(([tag, { points }]) => ({ tag, points: points.slice(-600), atMs: this.model.nowMs() }));
    void withDatabase(() => mirrorDatabase().trends.bulkPut(rows), undefined);
  }
}
