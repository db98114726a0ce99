/**
 * Clauses that the product itself carries, whatever the packs say: gates, refusals and commands.
 * Ids are those of the thing that carries: a gate rule (src/domain/gates/rules.ts), a check, a command.
 */
export interface Carrier {
  readonly type: 'condition' | 'procedure' | 'step' | 'prohibition' | 'interlock' | 'observation' | 'check' | 'gate' | 'command' | 'rule';
  readonly id: string;
}

export const PRODUCT_CARRIERS: Readonly<Record<string, readonly Carrier[]>> = {
  '3.2': [{ type: 'check', id: 'lint: three parts of a procedure' }],
  '3.3': [{ type: 'gate', id: 'G-INTERLOCK' }, { type: 'gate', id: 'G-TWO-PERSONS' }],
  '3.4': [{ type: 'command', id: 'retreat.stop' }, { type: 'command', id: 'retreat.evacuate' }, { type: 'gate', id: 'G-AUTHORITY' }, { type: 'check', id: 'lint: retreat is everybody\'s' }],
  '3.5': [{ type: 'gate', id: 'G-SAFE' }, { type: 'gate', id: 'G-CAUSE' }, { type: 'gate', id: 'G-TRIP-CONDITION' }],
  '4.1.2': [{ type: 'rule', id: 'no-procedure.raised' }, { type: 'gate', id: 'G-NO-PROCEDURE' }],
  '4.1.1(3)': [{ type: 'gate', id: 'G-LINK' }],
  '4.2.1': [{ type: 'gate', id: 'G-UNCLEAR' }],
  '4.5.1': [{ type: 'gate', id: 'G-COMMANDER' }, { type: 'gate', id: 'G-ONE-COMMANDER' }, { type: 'command', id: 'post.commander' }, { type: 'command', id: 'post.handOver' }, { type: 'command', id: 'post.relieve' }],
  '4.5.2': [{ type: 'gate', id: 'G-WATCH' }, { type: 'gate', id: 'G-TWO-POSTS' }, { type: 'command', id: 'post.watch' }],
  '4.2.3': [{ type: 'gate', id: 'G-PEOPLE-LIMIT' }, { type: 'gate', id: 'G-PEOPLE' }],
  '4.3.3': [{ type: 'check', id: 'lint: senses are never the only proof' }],
};
