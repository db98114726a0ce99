/**
 * What the gates must say, written down a second time from the clauses, in another shape: not a table of rules but one question
 * after the other. It shares no line with src/domain/gates; where the two differ, one of them is wrong.
 */
import type { Direction } from '../../../src/contract/refusal.ts';
import type { GateFacts } from '../../../src/domain/gates/gate-facts.ts';

/** Operations that change or sustain the plant, or send people in: nothing is left out for them. */
const FULL = new Set(['sustain', 'people.enter', 'procedure.permit', 'interlock.reset', 'procedure.return']);
const BYPASS = new Set(['bypass.request', 'bypass.approve', 'bypass.accept']);
const ALARM_HIDE = new Set(['alarm.shelve', 'alarm.outOfService']);
const ALARM_LET_GO = new Set(['alarm.reset', 'alarm.confirmOnSite']);

const ALARM_WORD: Readonly<Record<string, string>> = {
  'always-visible': 'ALM-ALWAYS-VISIBLE', 'named': 'ALM-PROCEDURE', 'shelved': 'ALM-SHELVED', 'out-of-service': 'ALM-OUT-OF-SERVICE',
  'unknown': 'ALM-UNKNOWN', 'still-raised': 'ALM-STILL-RAISED', 'no-link': 'ALM-LINK', 'unanswered': 'ALM-UNANSWERED', 'no-cause': 'ALM-CAUSE', 'not-confirmed': 'ALM-ON-SITE',
};
const HIDING = new Set(['always-visible', 'named', 'shelved', 'out-of-service']);

/** Names of everything that stands in the way; empty = allowed. */
export function oracle(operation: string, direction: Direction, f: GateFacts): Set<string> {
  const no = new Set<string>();
  // 3.4: nobody waits for anything on the way to safety, or in staying there.
  if (direction === 'retreat' || direction === 'hold') return no;

  // Who signs: every operation asks it, the witness of a key step apart, who is asked by name below.
  if (operation !== 'procedure.witness') {
    if (f.signerRoles === null) no.add('G-AUTHORITY');
    const { signer } = f;
    if (signer !== null) {
      if (f.signerRoles !== null && f.signerRoles.length > 0 && f.signerRoles.filter((role) => signer.roles.includes(role)).length === 0) no.add('G-ROLE');
      // Named people alone, where the matrix names any.
      if (f.signerPeople !== null && f.signerPeople.every((user) => user !== signer.user)) no.add('G-ROLE');
      for (const other of f.mustDifferFrom) if (other.user === signer.user) no.add('G-TWO-PERSONS');
    }
  }
  const isFull = FULL.has(operation);
  // 3.4: whoever lets go of a protection or hides it answers for it by name.
  if (!f.identified && direction !== 'intervene' && (isFull || ALARM_HIDE.has(operation) || ALARM_LET_GO.has(operation))) no.add('G-LOG-ON');

  // 3.6: alarms.
  if (isFull || ALARM_HIDE.has(operation) || ALARM_LET_GO.has(operation)) {
    for (const each of f.alarm) if ((direction === 'sustain') === HIDING.has(each) && direction !== 'intervene') no.add(ALARM_WORD[each] ?? 'G-?');
  }
  // Bypasses: no new one while the plant is upset, none beside another that guards the same hazard.
  if (direction === 'sustain' && (isFull || BYPASS.has(operation)) && f.bypass !== null) {
    if (f.bypass.upset !== null) no.add('G-BYPASS-UPSET');
    if (f.bypass.sameHazard.length > 0) no.add('G-BYPASS-HAZARD');
  }
  if (direction === 'sustain' && (isFull || operation === 'camera.outage') && f.outageUnreported) no.add('G-OUTAGE');
  // Posts: one commander, one watch, two people.
  if (direction === 'intervene' && (isFull || operation === 'post.commander' || operation === 'post.watch') && f.post !== null) {
    if (f.post.heldBy !== null) no.add('G-POST-HELD');
    if (f.post.holdsOther) no.add('G-TWO-POSTS');
  }
  // 4.5.1: orders from a second person; lifting the hold after a restart is one.
  if (direction === 'intervene' && (isFull || operation === 'procedure.reauthorise' || operation === 'people.assess') && f.abnormal && f.isOrder && f.commander !== null && f.signer !== null && f.commander.user !== f.signer.user) no.add('G-ONE-COMMANDER');
  if (direction === 'intervene' && (isFull || operation === 'permit.issue')) {
    for (const each of f.pressure) no.add(each === 'not-necessary' || each === 'no-survey' || each === 'no-plan' ? 'G-PRESSURE-PLAN' : 'G-PRESSURE-WORK');
    if (f.standIns.length > 0) no.add('G-STAND-IN');
  }
  if (direction === 'intervene' && (isFull || operation === 'procedure.witness')) {
    if (f.witness === 'missing' || f.witness === 'not-the-watch') no.add('G-WITNESS');
    if (f.unseen.length > 0) no.add('G-VIDEO');
  }
  // Judging a zone enterable sends nobody in: the plant must be seen, somebody command and somebody watch.
  if (operation === 'people.assess' && direction !== 'sustain') {
    if (!f.linkGood) no.add('G-LINK');
    if (f.noProcedure) no.add('G-NO-PROCEDURE');
    if (f.held) no.add('G-HELD');
    if (f.abnormal && f.commander === null) no.add('G-COMMANDER');
    if (f.abnormal && f.watch === null) no.add('G-WATCH');
  }
  if (!isFull) return no;

  // 3.3: protection that is not plainly there.
  if (f.interlocks.length > 0) no.add('G-INTERLOCK');
  if (direction === 'sustain') return no;

  // In the field and on the way back: the plant is seen, somebody commands, somebody watches, nothing forbidden is being done.
  if (!f.linkGood) no.add('G-LINK');
  if (f.noProcedure) no.add('G-NO-PROCEDURE');
  if (f.held) no.add('G-HELD');
  if (f.violated.length > 0) no.add('G-PROHIBITION');
  if (f.abnormal) {
    if (f.commander === null) no.add('G-COMMANDER');
    if (f.watch === null) no.add('G-WATCH');
  }
  if (direction === 'return') {
    if (f.place !== null) {
      if (!f.safeProved) no.add('G-SAFE');
      if (!f.causeFound) no.add('G-CAUSE');
    }
    if (f.unmet.length > 0) no.add('G-TRIP-CONDITION');
    if (f.degraded.length > 0) no.add('G-DEGRADED');
    if (f.zones.some((zone) => zone.state === 'exceeded' || zone.state === 'unknown')) no.add('G-PEOPLE');
    if (f.notCleared.length > 0) no.add('G-ROLL-CALL');
    return no;
  }
  if (f.lapsed.length > 0) no.add('G-PROOF');
  if (f.unread !== 0) no.add('G-CAUTION');
  if (f.permit !== null) no.add('G-WORK-PERMIT');
  const e = f.entry;
  if (e !== null) {
    if (e.stage === 'unclear') no.add('G-UNCLEAR');
    if (e.limit !== null && !(e.countAfter !== null && e.countAfter <= e.limit)) no.add('G-PEOPLE-LIMIT');
    if (!e.hasTask) no.add('G-TASK');
    if (e.samePart !== null) no.add('G-SAME-PART');
    if (e.protectionMissing.length > 0) no.add('G-PROTECTION');
    if (!e.hasGasDetector) no.add('G-GAS-DETECTOR');
  }
  return no;
}
