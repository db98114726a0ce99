/**
 * An incident made ready to be judged: which records are its own, what is missing of them, and how to find those of one kind. Everything
 * that a judge says of facts it asks here, so that a gap is seen once and by all of them.
 */
import type { Text } from '../../../contract/text.ts';
import { evolveAll } from '../../station/evolve.ts';
import type { JudgedIncident } from '../incident.ts';
import { conditionsIn } from './conditions-seen.ts';
import type { ConditionSeen } from './conditions-seen.ts';
import { gapsIn, holeIn } from './gaps.ts';
import type { Gap, Hole } from './gaps.ts';
import { overlap, Records } from './records.ts';
import type { Span } from './records.ts';
import { runsIn } from './runs-seen.ts';
import type { RunSeen } from './runs-seen.ts';
import { t } from './wording.ts';

export interface CaseFile {
  /** `before` is as things stood before the first of `scope`. */
  readonly incident: JudgedIncident;
  readonly isOpen: boolean;
  readonly isReconstructed: boolean;
  /** From its opening to its close, or to the last that is known: what is decided in it is decided in this time. */
  readonly span: Span;
  /** When the last that is known was known: what ran out after it has not run out yet. */
  readonly asOfMs: number;
  /** Its own records: from the end of the incident before it (or the half hour before) to its close. */
  readonly scope: Records;
  /** With those after the close: an answer may come late. */
  readonly whole: Records;
  readonly gaps: readonly Gap[];
  /** Records that must have been there and are not; null = none. */
  readonly hole: Hole | null;
  readonly conditions: ReadonlyMap<string, ConditionSeen>;
  readonly runs: readonly RunSeen[];
  /** A person as the report names people: by the key of its directory, never by name. */
  person(user: string | null): Text;
}

export function openCase(told: JudgedIncident): CaseFile {
  const { records, incident: { id, openedMs, closedMs } } = told;
  const openedAt = records.findIndex(({ fact }) => fact.type === 'incident.opened' && fact.data.incident === id);
  const closedAt = records.findIndex(({ fact }) => fact.type === 'incident.closed' && fact.data.incident === id);
  const first = records.findLastIndex(({ fact }, index) => fact.type === 'incident.closed' && index < openedAt) + 1;
  const asOfMs = Math.max(openedMs, closedMs ?? 0, 'asOfMs' in told && typeof told.asOfMs === 'number' ? told.asOfMs : 0, records.at(-1)?.fact.atMs ?? 0);
  const span = { fromMs: openedMs, toMs: closedMs ?? asOfMs };
  const scope = new Records(records.slice(first, closedAt === -1 ? records.length : closedAt + 1));
  const incident = from(told, first);
  return {
    incident, span, asOfMs, scope, isOpen: closedMs === null, isReconstructed: incident.draft.mode === 'RECONSTRUCTED', whole: new Records(records.slice(first)),
    gaps: gapsIn(told, span), hole: holeIn(told, openedAt, closedAt),
    conditions: conditionsIn(incident, scope, span), runs: runsIn(incident, scope),
    person: personIn(incident),
  };
}

/** An incident that followed close upon another begins with what the other has left. */
function from(incident: JudgedIncident, first: number): JudgedIncident {
  return first === 0 ? incident : { ...incident, before: evolveAll(incident.before, incident.records.slice(0, first).map(({ fact }) => fact), incident.plant.machines) };
}

/** The post's own standing authority (3.4): it is nobody's account. */
const POST_USER = 'post';

function personIn({ draft }: JudgedIncident): (user: string | null) => Text {
  const keys = new Map(draft.people.directory.flatMap(({ key, user }) => (user === null ? [] : [[user, key] as const])));
  return (user) => {
    if (user === null) return t('系统', 'the product');
    if (user === POST_USER) return t('岗位', 'the post');
    const key = keys.get(user);
    return key === undefined ? t('一名人员', 'somebody') : t(key, key);
  };
}

/** The first gap over a time in which something was decided. `tags`: what would have told it; absent: the station itself. */
export function gapOver({ gaps }: Pick<CaseFile, 'gaps'>, span: Span, tags?: readonly string[]): Gap | null {
  return gaps.find((gap) => overlap(gap, span) !== null && (gap.tags === null || tags?.some((tag) => gap.tags?.has(tag) === true) === true)) ?? null;
}
