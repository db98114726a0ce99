/**
 * Notices publish messages that never arrived (OPC UA Part 4, 5.13.5 and 7.21). Pure.
 * Numbers run from 1 to 2^32-1 and roll over to 1, never 0; a keep-alive carries the number the next message will have.
 */

/** The number the next message with data has to carry. */
export interface SequenceState {
  readonly expected: number;
}

/** Every subscription begins here. */
export const FIRST_SEQUENCE: SequenceState = { expected: 1 };

const LAST = 0xffffffff;

/** What one message tells: the state after it and how many messages are missing before it. */
export function checkSequence(state: SequenceState, sequenceNumber: number, isKeepAlive: boolean): { state: SequenceState; missing: number } {
  const missing = distance(state.expected, sequenceNumber);
  // More than half the circle ahead is behind: a repeated message, not four billion lost ones.
  if (missing > LAST / 2) return { state, missing: 0 };
  return { state: { expected: isKeepAlive ? sequenceNumber : following(sequenceNumber) }, missing };
}

function following(sequenceNumber: number): number {
  return sequenceNumber >= LAST ? 1 : sequenceNumber + 1;
}

function distance(expected: number, actual: number): number {
  // 0 is not a legal number; taken as "before 1" it reads as a repeat and does no harm.
  return actual >= expected ? actual - expected : actual - expected + LAST;
}
