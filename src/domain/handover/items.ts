/**
 * What stands open when one shift goes and another comes: bypasses, interlocks, alarms out of sight, procedures, people in the
 * field, posts, faults. Pure: (plant, state, now) -> items. One function for each kind, in one table; the console shows them
 * and the hand-over is signed over all of them.
 *
 * An item's id names the thing and the state it is in: a bypass that expires while the form is open is another item, and is
 * ticked anew.
 */
import { HANDOVER_KINDS, HANDOVER_KIND_MAX } from '../../contract/handover.ts';
import type { HandoverKind } from '../../contract/handover.ts';
import type { Text } from '../../contract/text.ts';
import type { Plant } from '../station/plant.ts';
import type { StationState } from '../station/state.ts';
import { actions } from './action-items.ts';
import { analyses, followUps } from './aftermath-items.ts';
import { outOfService, shelved, unanswered } from './alarm-items.ts';
import type { HandoverItem, OpenThing, OpenThings } from './open-thing.ts';
import { heldProcedures, incidents, procedures, prohibitions, retreats } from './procedure-items.ts';
import { people, posts } from './people-items.ts';
import { bypasses, faults, interlocks } from './protection-items.ts';
import { training } from './training-items.ts';
import { cameras, permits } from './work-items.ts';

const KINDS: Readonly<Record<HandoverKind, OpenThings>> = {
  incident: incidents, retreat: retreats, prohibition: prohibitions, procedure: procedures, held: heldProcedures,
  person: people, post: posts, interlock: interlocks, bypass: bypasses,
  unanswered, shelved, outOfService,
  permit: permits, camera: cameras, fault: faults, action: actions, analysis: analyses, followUp: followUps, training,
};

/** Longest text of an item in one language: the whole hand-over stands in one record of the journal. */
const TEXT_MAX = 240;
const clip = ({ zh, en }: Text): Text => ({ zh: zh.slice(0, TEXT_MAX), en: en.slice(0, TEXT_MAX) });

/** Every open thing, kind by kind; in a kind what stands against the guideline first, then the oldest. */
export function handOverItems(plant: Plant, state: StationState, nowMs: number): readonly HandoverItem[] {
  return HANDOVER_KINDS.flatMap((kind) => itemsOf(kind, KINDS[kind](plant, state, nowMs)));
}

function itemsOf(kind: HandoverKind, things: readonly OpenThing[]): HandoverItem[] {
  const rank = ({ worst }: OpenThing): number => (worst === true ? 0 : 1);
  const sinceOf = ({ sinceMs }: OpenThing): number => sinceMs ?? 0;
  const sorted = [...things].sort((a, b) => rank(a) - rank(b) || sinceOf(a) - sinceOf(b) || (a.id < b.id ? -1 : 1));
  const items = sorted.slice(0, HANDOVER_KIND_MAX).map(({ id, text, sinceMs, untilMs, worst }) => ({ id: `${kind}/${id}`, kind, text: clip(text), sinceMs, untilMs: untilMs ?? null, worst: worst === true }));
  const beyond = sorted.slice(HANDOVER_KIND_MAX);
  const [first] = beyond;
  if (first === undefined) return items;
  // Counted in words and not in the id: in a flood the number changes faster than anybody signs.
  return [...items, { id: `${kind}/more`, kind, text: { zh: `另有 ${beyond.length} 项，见相应画面`, en: `${beyond.length} more, on their own screen` }, sinceMs: first.sinceMs, untilMs: null, worst: rank(first) === 0 }];
}
