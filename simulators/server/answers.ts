/** What the instructor gets told in bulk: events, truth, trends of branches. Every answer is bounded and says how to ask on. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { SimulationSession } from './session.ts';
import type { Row } from './track.ts';
import { MARGIN_PREFIX, TRUTH_PREFIX } from './track.ts';

export const ANSWER_LIMITS = { events: 500, samples: 300, branches: 20, columns: 20, points: 1_000 } as const;

/** events after a number, and the number to ask on with */
export function eventsSince(session: SimulationSession, number: number): Checked<unknown> {
  if (!(Number.isInteger(number) && number >= 0)) return no('事件的编号是从 0 起的整数。', 'The number of an event is a whole number from 0.');
  const { events } = session.plant;
  const list = events.since(number, ANSWER_LIMITS.events);
  return { ok: true, value: { events: list, last: list.at(-1)?.number ?? Math.max(number, events.next - 1), more: (list.at(-1)?.number ?? events.next - 1) < events.next - 1 } };
}

/** Samples of the present run after a time since its beginning, oldest first: what was true beside what was shown. `next`: ask on with it, while there is `more`. */
export function truthSince(session: SimulationSession, sinceS: number): Checked<unknown> {
  if (!(sinceS >= -1 && sinceS <= 1e7)) return no('时间须是自开始起的秒数，-1 为全部。', 'The time must be in seconds since the beginning, or -1 for all.');
  const { plant, definition } = session;
  const { originS } = plant.machine;
  const analog = [...plant.sensors.keys()];
  const zones = Object.keys(definition.zones);
  const rows: Row[] = [];
  let more = false;
  for (const row of present(session, originS + sinceS)) {
    if (rows.length >= ANSWER_LIMITS.samples) {
      more = true;
      break;
    }
    rows.push(row);
  }
  const samples = rows.map((row) => {
    const margins = definition.margins.map(({ id, lostAt, side }) => ({ id, value: row.value(MARGIN_PREFIX + id) ?? 0, lostAt, side }));
    return {
      atS: row.timeS - originS, atMs: Math.round(row.atMs),
      truth: Object.fromEntries(analog.map((id) => [id, row.value(TRUTH_PREFIX + id) ?? 0])), shown: Object.fromEntries(analog.map((id) => [id, row.value(id)])),
      margins: Object.fromEntries(margins.map(({ id, value }) => [id, value])), lost: margins.filter(({ side, value, lostAt }) => (side === 'above' ? value >= lostAt : value <= lostAt)).map(({ id }) => id),
      people: Object.fromEntries(zones.map((zone) => [zone, row.value(zone) ?? 0])),
    };
  });
  const margins = definition.margins.map(({ id, zh, en, unit, clauses, side, lostAt }) => ({ id, title: { zh, en }, unit, clauses, side, lostAt }));
  return { ok: true, value: { margins, samples, next: samples.at(-1)?.atS ?? sinceS, more } };
}

/** the rows of the way that the present branch has come, after a time of the plant */
function* present(session: SimulationSession, afterS: number): Generator<Row> {
  const until = new Map(session.tree.lineage().map(({ branch, untilS }) => [branch, untilS]));
  const originS = session.plant.machine.originS;
  for (const row of session.kept.own(session.track)) {
    const untilS = until.get(row.branch);
    if (untilS !== undefined && row.timeS <= untilS && row.timeS > afterS && row.timeS >= originS) yield row;
  }
}

/** `{"branches": [1, 2], "tags": ["TI-4203", "truth:TI-4203", "margin:..."], "fromS", "toS", "points"}`: trends of branches over the plant's time, to lay over each other */
export function overlay(session: SimulationSession, raw: unknown): Checked<unknown> {
  if (typeof raw !== 'object' || raw === null) return no('请给出支线和位号：{"branches": [...], "tags": [...]}。', 'Name branches and tags: {"branches": [...], "tags": [...]}.');
  const { branches, tags, fromS = 0, toS = Number.MAX_SAFE_INTEGER, points = 300 } = raw as Readonly<Record<string, unknown>>;
  if (!Array.isArray(branches) || branches.length === 0 || branches.length > ANSWER_LIMITS.branches || !branches.every((id): id is number => Number.isInteger(id))) return no(`branches 是 1 至 ${ANSWER_LIMITS.branches} 个支线编号的列表。`, `branches is a list of 1 to ${ANSWER_LIMITS.branches} numbers of branches.`);
  if (!Array.isArray(tags) || tags.length === 0 || tags.length > ANSWER_LIMITS.columns || !tags.every((id): id is string => typeof id === 'string')) return no(`tags 是 1 至 ${ANSWER_LIMITS.columns} 个位号的列表。`, `tags is a list of 1 to ${ANSWER_LIMITS.columns} tags.`);
  const strange = tags.find((id) => !session.track.has(id));
  if (strange !== undefined) return no(`没有保存“${strange}”的数据。`, `Nothing is kept of "${strange}".`);
  if (typeof fromS !== 'number' || typeof toS !== 'number' || !(fromS <= toS)) return no('fromS 和 toS 是装置时间的秒数，fromS 在前。', 'fromS and toS are seconds of plant time, fromS the earlier.');
  if (typeof points !== 'number' || !Number.isInteger(points) || points < 2 || points > ANSWER_LIMITS.points) return no(`points 须是 2 至 ${ANSWER_LIMITS.points} 的整数。`, `points must be a whole number from 2 to ${ANSWER_LIMITS.points}.`);
  const known = new Map(session.tree.facts().branches.map((branch) => [branch.id, branch]));
  const missing = branches.find((id) => !known.has(id));
  if (missing !== undefined) return no(`没有支线 ${missing}。`, `There is no branch ${missing}.`);
  const rows = new Map<number, Row[]>(branches.map((id) => [id, []]));
  for (const row of session.kept.rows(session.track)) if (row.timeS >= fromS && row.timeS <= toS) rows.get(row.branch)?.push(row);
  return {
    ok: true,
    value: branches.map((id) => {
      const thin = thinned(rows.get(id) ?? [], points);
      return { branch: id, name: known.get(id)?.name ?? '', parent: known.get(id)?.parent ?? null, fromS: known.get(id)?.fromS ?? 0, timeS: thin.map(({ timeS }) => timeS), series: Object.fromEntries(tags.map((tag) => [tag, thin.map((row) => row.value(tag))])) };
    }),
  };
}

function thinned(rows: readonly Row[], points: number): readonly Row[] {
  if (rows.length <= points) return rows;
  const every = (rows.length - 1) / (points - 1);
  return Array.from({ length: points }, (_, i) => rows[Math.round(i * every)]).filter((row) => row !== undefined);
}
