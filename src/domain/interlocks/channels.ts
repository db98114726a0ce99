/**
 * Voting of a function's initiators: does it still act with the channels that are good now? `MooN`: M of N built must demand
 * the trip. Fewer than N good and at least M: it acts, with less reserve. Fewer than M: nobody can say that it acts (IEC 61511-1 11.7.2.2).
 */
import type { InterlockDef } from '../packs/schema.ts';

export interface Voting { readonly need: number; readonly built: number }

export function votingOf(text: string): Voting | null {
  const [, need, built] = /^([1-9])oo([1-9])$/u.exec(text) ?? [];
  return need === undefined || built === undefined || Number(need) > Number(built) ? null : { need: Number(need), built: Number(built) };
}

/** One channel fewer; null = what is left can never trip, or nobody has said how it votes. */
export function withoutOne(voting: string): string | null {
  const votes = votingOf(voting);
  return votes === null || votes.built - 1 < votes.need ? null : `${votes.need}oo${votes.built - 1}`;
}

export type ChannelState = 'full' | 'degraded' | 'lost';

export function channelState({ need, built }: Voting, good: number): ChannelState {
  return good >= built ? 'full' : good >= need ? 'degraded' : 'lost';
}

/** A cause whose initiators are tags, with how many of them are good now. */
export interface CauseChannels { readonly voting: string; readonly tags: readonly string[]; readonly good: number; readonly state: ChannelState }

export function channelsOfCauses(interlock: InterlockDef, isGood: (tag: string) => boolean): readonly (CauseChannels | null)[] {
  return interlock.causes.map(({ voting, tags }) => {
    const votes = voting === undefined ? null : votingOf(voting);
    if (votes === null || voting === undefined || tags === undefined) return null;
    const good = tags.filter(isGood).length;
    return { voting, tags, good, state: channelState(votes, good) };
  });
}

/**
 * The worst cause speaks for the function; its votes in words, where they are fewer than built. An initiator that is bypassed under
 * an approval was given away knowingly and is not counted; what is lost beside it was not, and fewer than M others are too few.
 */
export function channelsOf(interlock: InterlockDef, isGood: (tag: string) => boolean, bypassed: string | null = null): { readonly state: ChannelState; readonly voting: string | null } {
  const causes = channelsOfCauses(bypassed === null ? interlock : without(interlock, bypassed), isGood).filter((cause) => cause !== null);
  const short = causes.filter(({ state }) => state !== 'full');
  const state = short.some((cause) => cause.state === 'lost') ? 'lost' : short.length > 0 ? 'degraded' : 'full';
  return { state, voting: short.length === 0 ? null : short.map(({ voting, good, tags }) => `${voting}: ${good}/${tags.length} (${tags.filter((tag) => !isGood(tag)).join(' ')})`).join('; ').slice(0, VOTING_TEXT_MAX) };
}

/** Its causes as they vote with this initiator held healthy; one that can never trip any more has nothing left to lose. */
function without(interlock: InterlockDef, element: string): InterlockDef {
  return { ...interlock, causes: interlock.causes.flatMap((cause) => {
    if (cause.tags?.includes(element) !== true) return [cause];
    const left = cause.voting === undefined ? null : withoutOne(cause.voting);
    return left === null ? [] : [{ ...cause, voting: left, tags: cause.tags.filter((tag) => tag !== element) }];
  }) };
}

const VOTING_TEXT_MAX = 500;
