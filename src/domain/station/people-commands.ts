/** What people ask about people: going in, the roll-call of an evacuation, cameras that are to be out of use. */
import { endOf, isOpen, OUTAGE_AHEAD_MAX_MS, OUTAGE_MAX_MS } from '../people/outages.ts';
import { ENTRIES_MAX } from '../people/people.ts';
import { isOccupied } from '../people/roll-call.ts';
import { isSame } from '../people/same-words.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { fact } from './facts.ts';
import type { Entrant } from './gates/people-facts.ts';
import type { Signer } from './gates/signer.ts';
import { enterVerdict, outageVerdict } from './gates/verdicts.ts';
import { tagCount } from './people-of.ts';
import type { StationState } from './state.ts';

const HOUR_MS = 3_600_000;
/** An outage may be written down a little after it began. */
const LATE_MS = 60_000;

/** 4.2: one person goes in, by name, with a task, a part, equipment and a detector. Who signs orders it. */
export function enterZone(context: Context, input: Entrant & { zone: string; name: string }, signer: Signer): Decision {
  const { plant, state, nowMs } = context;
  const zone = plant.pack.zones.find((z) => z.id === input.zone);
  if (zone === undefined) return notFound(`no zone '${input.zone}'`);
  const strange = input.confirmed.find((id) => !zone.protection.includes(id));
  if (strange !== undefined) return badInput(`'${strange}' is not among the protective equipment of ${zone.id}; expected some of ${zone.protection.join(', ') || 'none'}`);
  const elsewhere = whereIs(state, input.name);
  if (elsewhere !== null) return badInput(`${input.name} is signed in at ${elsewhere} and cannot be at two places; sign the person out there first`);
  const entries = state.zones[input.zone]?.entries ?? [];
  if (entries.length >= ENTRIES_MAX) return badInput(`${String(ENTRIES_MAX)} people are signed in at ${zone.id}; sign somebody out first`);
  const verdict = enterVerdict(plant, state, input.zone, nowMs, signer, input);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  const { name, task, part, gasDetector, confirmed } = input;
  return done([fact('people.entered', nowMs, signer.user, { zone: input.zone, entry: entryId(state, nowMs), name, task, part, gasDetector, confirmed })]);
}

/** Ids in one moment differ by how many people are inside at all. */
const entryId = ({ zones }: StationState, nowMs: number): string => `E-${String(nowMs)}-${String(Object.values(zones).reduce((sum, { entries }) => sum + entries.length, 0))}`;

const whereIs = ({ zones }: StationState, name: string): string | null => Object.entries(zones).find(([, { entries }]) => entries.some((entry) => isSame(entry.name, name)))?.[0] ?? null;

/** One person's word, signed, that nobody is left in a zone, or that somebody is. */
export function signRollCall({ plant, state, nowMs }: Context, input: { zone: string; empty: boolean; note: string }, signer: Signer): Decision {
  const zone = plant.pack.zones.find(({ id }) => id === input.zone);
  if (zone === undefined) return notFound(`no zone '${input.zone}'`);
  if (state.rollCall === null || !Object.hasOwn(state.rollCall.zones, zone.id)) return badInput(`no roll-call runs in ${zone.id}; an evacuation opens it`);
  const names = (state.zones[zone.id]?.entries ?? []).map(({ name }) => name);
  const count = tagCount(plant, zone.countTag);
  if (input.empty && isOccupied(count, names.length)) {
    return badInput(names.length > 0 ? `still signed in at ${zone.id}: ${names.join(', ')}; sign them out when they are out` : `the positioning counts ${String(count)} in ${zone.id}; it is not empty before that reads zero`);
  }
  return done([fact('roll-call.signed', nowMs, signer.user, { ...input, name: signer.name })]);
}

/** V.3: a planned outage, approved by the shift supervisor; beyond two hours with the receipt of the dispatch centre. */
export function approveOutage(context: Context, input: { camera: string; reason: string; fromMs: number; untilMs: number; report: string }, signer: Signer): Decision<{ outage: string }> {
  const { plant, state, nowMs } = context;
  const { camera, fromMs, untilMs } = input;
  if (!plant.pack.zones.some(({ cameras }) => cameras.some(({ id }) => id === camera))) return notFound(`no camera '${camera}'`);
  if (fromMs < nowMs - LATE_MS) return badInput('the outage begins in the past; expected a time from now on');
  if (fromMs > nowMs + OUTAGE_AHEAD_MAX_MS) return badInput(`the outage begins more than ${String(OUTAGE_AHEAD_MAX_MS / HOUR_MS / 24)} days ahead`);
  if (untilMs <= fromMs || untilMs <= nowMs) return badInput('the outage ends before it begins; expected an end after its beginning, in the future');
  if (untilMs - fromMs > OUTAGE_MAX_MS) return badInput(`the outage lasts longer than ${String(OUTAGE_MAX_MS / HOUR_MS)} h, the longest that is approved at once`);
  if (state.outages.some((one) => one.camera === camera && isOpen(one, nowMs) && one.fromMs < untilMs && endOf(one) > fromMs)) return badInput(`an outage of ${camera} is approved for that time already; end it first`);
  const verdict = outageVerdict(plant, state, input, nowMs, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  const outage = `CO-${String(nowMs)}-${camera}`.slice(0, 80);
  return { outcome: 'done', facts: [fact('camera.outage', nowMs, signer.user, { outage, ...input })], output: { outage } };
}

/** The camera is to be seen again: its approved outage is over, and from now on a lost picture is an alarm. */
export function restoreCamera({ state, nowMs }: Context, camera: string, by: string): Decision {
  const open = state.outages.filter((one) => one.camera === camera && isOpen(one, nowMs));
  if (open.length === 0) return notFound(`no outage of camera '${camera}' is approved now`);
  return done(open.map(({ id }) => fact('camera.restored', nowMs, by, { outage: id, camera })));
}
