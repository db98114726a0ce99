/**
 * Clauses that the product itself carries, whatever the packs say: gates, refusals and commands.
 * Ids are those of the thing that carries: a gate rule (src/domain/gates/rules.ts), a check, a command.
 */
export interface Carrier {
  readonly type: 'condition' | 'procedure' | 'step' | 'prohibition' | 'interlock' | 'observation' | 'check' | 'gate' | 'command' | 'rule';
  readonly id: string;
}

const gates = (...ids: readonly string[]): readonly Carrier[] => ids.map((id) => ({ type: 'gate', id }));
const commands = (...ids: readonly string[]): readonly Carrier[] => ids.map((id) => ({ type: 'command', id }));

export const PRODUCT_CARRIERS: Readonly<Record<string, readonly Carrier[]>> = {
  '3.1': [...commands('followUp.open', 'followUp.done'), { type: 'rule', id: 'FOLLOW-UP-OVERDUE' }, { type: 'check', id: 'readiness: four marks of every condition' }],
  '3.2': [{ type: 'check', id: 'lint: three parts of a procedure' }],
  '3.3': gates('G-INTERLOCK', 'G-DEGRADED', 'G-BYPASS-UPSET', 'G-BYPASS-HAZARD', 'G-TWO-PERSONS'),
  '3.4': [...commands('retreat.stop', 'retreat.evacuate'), ...gates('G-LOG-ON', 'G-AUTHORITY', 'G-ROLE'), { type: 'check', id: 'lint: retreat is everybody\'s' }],
  '3.5': gates('G-SAFE', 'G-CAUSE', 'G-TRIP-CONDITION'),
  '3.6': [...gates('ALM-ALWAYS-VISIBLE', 'ALM-CAUSE', 'ALM-ON-SITE', 'ALM-STILL-RAISED'), ...commands('alarm.cause', 'alarm.confirmOnSite')],
  '3.7': gates('G-WORK-PERMIT'),
  '4.1.2': [{ type: 'rule', id: 'no-procedure.raised' }, ...gates('G-NO-PROCEDURE')],
  '4.1.1(3)': gates('G-LINK'),
  '4.2.1': gates('G-UNCLEAR', 'G-GAS-DETECTOR', 'G-ROLL-CALL'),
  '4.2.2': gates('G-TASK'),
  '4.2.3': gates('G-PEOPLE-LIMIT', 'G-PEOPLE', 'G-SAME-PART'),
  '4.3.1': gates('G-CAUTION', 'G-PROHIBITION', 'G-HELD'),
  '4.3.3': [{ type: 'check', id: 'lint: senses are never the only proof' }],
  '4.3.4': gates('G-PROTECTION'),
  '4.4.1': gates('G-PROOF', 'G-STAND-IN'),
  '4.4.2': gates('G-PRESSURE-PLAN'),
  '4.4.3': gates('G-PRESSURE-WORK'),
  '4.5.1': [...gates('G-COMMANDER', 'G-ONE-COMMANDER', 'G-POST-HELD'), ...commands('post.commander', 'post.handOver', 'post.relieve')],
  '4.5.2': [...gates('G-WATCH', 'G-TWO-POSTS'), ...commands('post.watch')],
  '4.5.3': [...commands('procedure.cause', 'action.open', 'action.reschedule', 'action.close', 'analysis.chain', 'analysis.conclude', 'followUp.open', 'followUp.done'), { type: 'rule', id: 'ANALYSIS-OVERDUE' }],
  'H.1': [...commands('action.open', 'action.reschedule', 'action.close'), { type: 'rule', id: 'ACTION-OVERDUE' }],
  // The commander's post is taken at a console, who goes in is confirmed with their radio by name, and whether command stayed outside, heard and seen, is judged of every incident. Nothing refuses: "as far as possible".
  '4.2.4': [...commands('post.commander', 'people.enter'), { type: 'check', id: 'judge: the commander stayed outside, heard by radio, seen by camera' }],
  'H.2': [...commands('training.start', 'instructor.assess'), { type: 'rule', id: 'training.scored' }, { type: 'rule', id: 'competence.recorded' }, { type: 'rule', id: 'TRAINING-OVERDUE' }],
  'D.1': [...commands('view.snapshot', 'history.read'), { type: 'check', id: 'reading: no value of any source without quality and source time' }],
  'D.3': [{ type: 'rule', id: 'procedure.raised' }, ...commands('people.enter'), { type: 'check', id: 'people: limit, equipment and ways out of every zone' }],
  'D.2': [{ type: 'rule', id: 'platform: outbox' }, { type: 'rule', id: 'PLATFORM' }],
  'V.1': gates('G-VIDEO'),
  'V.2': gates('G-WITNESS'),
  'V.3': gates('G-OUTAGE'),
};
