/** For every clause a story for every verdict that it can have. Made of the packs where clauses are alike, told one by one where they are not. */
import type { ClauseVerdict } from '../../../src/contract/report.ts';
import type { ReportDraft } from '../../../src/domain/report/incident.ts';
import { ENGINEER, HOUR, INCIDENT, MINUTE, OPERATOR, packWith, plantFor, registeredClauses, SECOND, Story, SUPERVISOR, triggerOf } from './judged.ts';

export type Verdict = ClauseVerdict['verdict'];
export interface ClauseCase { readonly clause: string; readonly verdict: Verdict; readonly what: string; readonly story: () => Story }

const of = (clause: string, ...cases: readonly (readonly [Verdict, string, () => Story])[]): ClauseCase[] => cases.map(([verdict, what, story]) => ({ clause, verdict, what, story }));

// --- clauses that say when to retreat ---------------------------------------------------------------------------------------------

/** A trigger of the clause that starts something in its plant. */
const startedBy = (story: Story, clause: string) => story.plant.triggers.find(({ clauses, starts }) => clauses.includes(clause) && starts.length > 0) ?? triggerOf(story, clause);
const nothing = (plant: string) => (): Story => new Story(plant).open().pass(MINUTE).close();

/** The trigger is raised and all its procedures with it. */
function raised(clause: string, plant = plantFor(clause), prohibitions: 'kept' | 'violated' | 'unknown' | 'untold' = 'kept'): { readonly story: Story; readonly instances: readonly string[] } {
  const story = new Story(plant);
  const { id, starts } = startedBy(story, clause);
  story.condition(id);
  const instances = starts.map((procedure) => story.raise(procedure, [id], { prohibitions }));
  return { story: story.open(id), instances };
}

export function walked(clause: string, plant = plantFor(clause), prohibitions: 'kept' | 'violated' | 'unknown' | 'untold' = 'kept'): Story {
  const { story, instances } = raised(clause, plant, prohibitions);
  for (const instance of instances) story.walk(instance);
  return story.pass(MINUTE).close();
}

function late(clause: string, plant = plantFor(clause)): Story {
  const { story, instances } = raised(clause, plant);
  for (const instance of instances) {
    const [first] = story.procedure(instance.replace(/:\d+$/u, '')).steps;
    story.start(instance).pass(first?.within ?? MINUTE).move(instance, { type: 'STEP_OVERDUE', step: first?.id ?? '' }).pass(MINUTE).move(instance, { type: 'SAFE_PROVED' });
  }
  return story.close();
}

const dark = (clause: string, plant = plantFor(clause)) => (): Story => {
  const story = new Story(plant).open();
  return story.condition(triggerOf(story, clause).id, 'unknown', null).pass(MINUTE).condition(triggerOf(story, clause).id, 'cleared').close();
};

/** Its procedure forbids what no tag tells: however well it went, that is not known. */
export const NEVER_MET_BY_TAGS: ReadonlySet<string> = new Set(['4.1.1(3)', 'A1.4']);

const triggerCases = (clause: string, plant = plantFor(clause)): ClauseCase[] => of(clause,
  ['notApplicable', 'none of its conditions arose', nothing(plant)],
  [NEVER_MET_BY_TAGS.has(clause) ? 'unknown' : 'met', 'raised, begun at once, every step in time, safe', () => walked(clause, plant)],
  ['notMet', 'a step ran out of its time', () => late(clause, plant)],
  ['notMet', 'raised and never begun', () => raised(clause, plant).story.pass(HOUR).close()],
  ['notMet', 'closed without the safe state', () => { const { story, instances } = raised(clause, plant); for (const each of instances) story.start(each); return story.pass(HOUR).close(); }],
  ['notMet', 'raised and answered by no procedure', () => { const story = new Story(plant); return story.condition(triggerOf(story, clause).id).open().pass(MINUTE).close(); }],
  ['unknown', 'its condition could not be judged', dark(clause, plant)],
  ['unknown', 'the station was off meanwhile', () => new Story(plant).open().pass(SECOND).tell('station.stopped', {}).pass(HOUR).tell('station.started', { version: '1', mode: 'OPERATION', plant, restarted: true }).close()],
  ['unknown', 'still on the way', () => { const { story, instances } = raised(clause, plant); for (const each of instances) story.start(each); return story; }],
  ['unknown', 'a version that the pack has not', () => { const story = new Story(plant); const { id, starts } = startedBy(story, clause); story.condition(id); for (const each of starts) story.raise(each, [id], { version: 99_999 }); return story.open(id).pass(MINUTE).close(); }],
);

const TRIGGERS = ['4.1.1(1)', '4.1.1(2)', '4.1.1(3)', '4.1.1(4)', '4.1.1(5)', 'H.3', 'A1.1', 'A1.2', 'A1.3', 'A1.4', 'A1.6', 'A1.7', 'A2.1(1)', 'A2.1(2)', 'A2.2', 'A2.3', 'A2.4(1)', 'A2.4(2)', 'A2.4(3)', 'A2.6', 'A2.8', 'A2.11', 'A2.7', 'A2.9', 'A2.10', 'A2.5',
  'A3.1(1)', 'A3.1(2)', 'A3.1(3)', 'A3.1(4)', 'A3.1(5)', 'A3.1(6)', 'A3.1(7)', 'A3.1(8)', 'A3.1(9)', 'A3.6', 'A3.7', 'A4.1', 'A4.2(1)', 'A4.2(2)', 'A4.2(3)', 'A4.2(4)', 'A4.2(5)', 'A4.2(6)', 'A4.2(7)', 'A4.5', 'A4.7', 'A4.8', 'A4.9', 'A4.11'] as const;

// --- prohibitions -----------------------------------------------------------------------------------------------------------------

/** The first procedure of the plant that watches a prohibition of this clause. */
const watching = (story: Story, clause: string): string | undefined => story.plant.pack.procedures.find(({ prohibitions }) => prohibitions.some((each) => each.clause === clause && each.watchedBy !== undefined))?.id;

const ranWith = (clause: string, plant: string, state: 'kept' | 'violated' | 'unknown' | 'untold') => (): Story => {
  const story = new Story(plant);
  const id = watching(story, clause);
  if (id === undefined) throw new Error(`nothing watches ${clause}`);
  const instance = story.raise(id, [], { prohibitions: state });
  return story.open().walk(instance).pass(MINUTE).close();
};
const neverCases = (clause: string, plant = plantFor(clause)): ClauseCase[] => of(clause,
  ['notApplicable', 'no procedure with it ran', nothing(plant)], ['met', 'watched and kept all the while', ranWith(clause, plant, 'kept')], ['notMet', 'violated', ranWith(clause, plant, 'violated')],
  ['unknown', 'never shown to be kept', ranWith(clause, plant, 'unknown')], ['unknown', 'nothing was told of it', ranWith(clause, plant, 'untold')],
);

// --- procedures and work on the spot ------------------------------------------------------------------------------------------------

const Z = 'Z-4500';
const P = 'P-4.4';

/** A procedure of the handling runs in H2O2, its zones judged and counted; both posts are held. */
function field({ plant = 'h2o2', procedure = P, assessed = true, posts = true }: { plant?: string; procedure?: string; assessed?: boolean; posts?: boolean } = {}): { readonly story: Story; readonly run: string } {
  const story = new Story(plant);
  const run = story.raise(procedure);
  story.open().walk(run);
  if (posts) story.posts();
  if (assessed) for (const zone of story.procedure(procedure).people.zones) story.people(zone, 0, 2, 'handling', SUPERVISOR);
  return { story, run };
}
const worked = (options: Parameters<typeof field>[0], ...steps: readonly (readonly [string, Parameters<Story['work']>[2]?])[]) => (): Story => {
  const { story, run } = field(options);
  for (const [step, how] of steps) story.work(run, step, how);
  return story.pass(MINUTE).close();
};
const entered = (more: Parameters<Story['enter']>[1] = {}, by: string = SUPERVISOR, around: (story: Story) => Story = (story) => story) => (): Story => {
  const { story } = field();
  const n = story.n;
  around(story.people(Z, 1, 2, null).enter(Z, { entry: `E-${n}`, ...more }, by).pass(5 * MINUTE));
  return story.tell('people.left', { zone: Z, entry: `E-${n}` }).people(Z, 0, 2, null).pass(MINUTE).close();
};
const ofZones = (change: (story: Story) => Story) => (): Story => { const { story } = field({ assessed: false }); return change(story).pass(MINUTE).close(); };

const pressure = { necessity: 'x', survey: 'x', plan: 'P-1', extremelyHazardous: false, thicknessMm: 8, requiredMm: 6, cracksCanGrow: false, strengthSuffices: true, safeguardsInPlace: true };
const pressed = (more: Partial<typeof pressure> | null) => (): Story => new Story().open().permit('pressure-work', Z, more === null ? {} : { pressure: { ...pressure, ...more } }).pass(MINUTE).close();

const senses = packWith('h2o2', (pack) => ({ procedures: pack.procedures.map((each) => (each.id === P ? { ...each, handling: each.handling.map((step) => (step.id === 'H12' ? { ...step, proof: step.proof.map((proof) => ({ id: proof.id, text: proof.text, expected: proof.expected, signed: 'operator' as const, senses: true })) } : step)) } : each)) }));
const sensed = (): Story => { const story = new Story(senses); const run = story.raise(P); return story.open().walk(run).work(run, 'H12').close(); };

const shownCases = (clause: string, step: string, proof: string): ClauseCase[] => of(clause,
  ['notApplicable', 'no such step was done', nothing('h2o2')], ['met', 'every proof with its record', worked({}, [step])], ['notMet', 'passed over', worked({}, [step, { end: 'STEP_SKIPPED' }])],
  ['unknown', 'a signature is missing', worked({}, [step, { without: [proof] }])], ['unknown', 'permitted and never ended', worked({}, [step, { end: 'none' }])],
);

const atmosphericCases = (clause: string, step: string): ClauseCase[] => {
  const options = { plant: 'ammonia-synthesis', procedure: `P-${clause}` };
  return of(clause,
    ['notApplicable', 'no such procedure ran', nothing('ammonia-synthesis')], ['met', 'three kinds of evidence', worked(options, [step])], ['notMet', 'passed over', worked(options, [step, { end: 'STEP_SKIPPED' }])],
    ['unknown', 'a signature is missing', worked(options, [step, { without: ['K2.2'] }])],
  );
};

// --- what comes afterwards --------------------------------------------------------------------------------------------------------

type Action = ReportDraft['actions'][number];
const action = (more: Partial<Action> = {}): Action => ({ id: 'A-1', incident: INCIDENT, measure: 'x', responsible: 'somebody', funding: 'x', dueMs: 9e12, contingency: 'x', procedures: [], openedBy: ENGINEER, openedMs: 0, overdue: false, movable: true, extended: [], closed: { by: SUPERVISOR, atMs: 0, evidence: 'photo' }, ...more });
const followUp = (more: Partial<ReportDraft['followUps'][number]> = {}): ReportDraft['followUps'][number] => ({ id: 'F-1', kind: 'drill', title: 'x', procedures: ['P-A4.2'], dueMs: 9e12, doneMs: 1, responsible: 'somebody', evidence: [100], ...more });
const causes = (n: number): ReportDraft['causes'] => ({ stated: [], chains: [], factors: [], concluded: { n, atMs: 0, by: ['P3'], text: 'x' } });
const after = (draft: Story['draft'], open = false) => (): Story => { const story = new Story().open().pass(MINUTE); if (!open) story.close(); story.draft = draft; return story.pass(HOUR).tell('link.skewed', { skewMs: 0 }); };
const upset = (draft: Story['draft'] = {}) => (): Story => { const story = walked('A4.2(2)'); story.draft = draft; return story; };
const recording = (more: Partial<NonNullable<ReportDraft['recording']>> = {}): Story['draft'] => ({ recording: { fromMs: 0, toMs: 1, samples: 10, tags: 2, bytes: 9, hash: 'x', verdict: 'whole', gaps: [], ...more } });

const quiet = (): Story => new Story().open();
const ended = (tell: (story: Story) => Story) => (): Story => tell(quiet().pass(SECOND)).pass(MINUTE).close();
const I = 'I-4200';
const bypass = (story: Story): Story => story.tell('bypass.requested', { bypass: 'B-1', interlock: I, reason: 'x', hazard: 'x', measures: [], untilMs: story.nowMs + HOUR }, ENGINEER);
const cameraOf = (story: Story): string => story.plant.pack.zones.find(({ id }) => id === Z)?.cameras[0]?.id ?? '';
const fenceOf = (story: Story) => [...story.plant.conditions.values()].find(({ clauses, role }) => clauses.includes('V.4') && role === 'warning')?.id ?? '';
const gas = { class: 'fire-gas' as const };

/** Records of another part, as they stand in a journal. */
const platform = (type: string, data: Readonly<Record<string, unknown>>) => (): Story => { const story = quiet().pass(MINUTE).close(); return story.tell(type as 'link.skewed', data as unknown as { skewMs: null }); };

const noPermits = (): Story => { const { story, run } = field(); return story.work(run, 'H17').close(); };
const withPermit = (more: Parameters<Story['permit']>[2] = {}, how: Parameters<Story['work']>[2] = {}, before: readonly string[] = ['H12', 'H13']) => (): Story => {
  const { story, run } = field();
  story.permit('blinding', Z);
  for (const step of before) story.work(run, step);
  return story.permit('line-opening', Z, more).work(run, 'H17', how).close();
};

export const CASES: readonly ClauseCase[] = [
  ...of('3.1',
    ['notApplicable', 'no abnormal condition arose', nothing('h2o2')], ['unknown', 'no review or drill on record', upset()], ['met', 'a drill of its procedure was held', upset({ followUps: [followUp()] })],
    ['notMet', 'a condition without a procedure', () => { const story = new Story(packWith('h2o2', (pack) => ({ conditions: pack.conditions.map((each) => ({ ...each, starts: [] })) }))); return story.condition(triggerOf(story, 'A4.2(2)').id).open().close(); }],
    ['notMet', 'a condition without a card', () => { const story = new Story(packWith('h2o2', (pack) => ({ conditions: pack.conditions.map(({ card: _card, ...each }) => each) }))); return story.condition(triggerOf(story, 'A4.2(2)').id).open().close(); }],
    ['unknown', 'a pack without conditions', () => new Story(packWith('h2o2', () => ({ conditions: [], procedures: [] }))).open().close()]),
  ...of('3.2',
    ['met', 'all three parts in all of them', nothing('h2o2')],
    ['notMet', 'one without shutdown conditions', () => new Story(packWith('h2o2', (pack) => ({ procedures: pack.procedures.map((each) => (each.id === P ? { ...each, shutdownConditions: [] } : each)) }))).open().close()],
    ['unknown', 'a version that is not in the pack', () => { const story = new Story(); story.raise(P, [], { version: 99 }); return story.open().close(); }],
    ['unknown', 'a pack without procedures', () => new Story(packWith('h2o2', () => ({ procedures: [] }))).open().close()]),
  ...of('3.3',
    ['met', 'every key known and off', nothing('h2o2')],
    ['met', 'bypassed under an approved entry', ended((story) => story.tell('interlock.changed', { id: I, state: 'bypassed', approved: true }))],
    ['notMet', 'bypassed without an entry', ended((story) => story.tell('interlock.changed', { id: I, state: 'bypassed', approved: false }))],
    ['notMet', 'bypassed under an entry that nobody approved', ended((story) => bypass(story).tell('interlock.changed', { id: I, state: 'bypassed', approved: false }))],
    ['notMet', 'its approval expired', ended((story) => bypass(story).tell('interlock.changed', { id: I, state: 'bypassed', approved: true }).pass(MINUTE).tell('bypass.expired', { bypass: 'B-1' }).tell('interlock.changed', { id: I, state: 'bypassed', approved: false }))],
    ['notMet', 'an input forced', ended((story) => story.tell('interlock.inputs', { id: I, forced: true, channels: 'full', voting: null }))],
    ['unknown', 'not known whether an input is forced', ended((story) => story.tell('interlock.inputs', { id: I, forced: null, channels: 'full', voting: null }))],
    ['unknown', 'the key position was not known', ended((story) => story.tell('interlock.changed', { id: I, state: 'unknown', approved: false }))],
    ['unknown', 'nothing was ever heard of an interlock', () => { const story = new Story().open().pass(MINUTE).close(); story.before = { ...story.before, interlocks: {} }; return story; }],
    ['unknown', 'data were missing', ended((story) => story.tell('data.gap', { fromMs: story.nowMs - 500, toMs: story.nowMs, reason: 'x' }))],
    ['unknown', 'a pack without interlocks', () => new Story(packWith('h2o2', () => ({ interlocks: [] }))).open().close()]),
  ...of('3.4',
    ['notApplicable', 'nobody asked', nothing('h2o2')], ['met', 'pressed and on record', ended((story) => story.tell('retreat.stop', { actedOn: 'people' }, 'post'))],
    ['notMet', 'refused', ended((story) => story.tell('refused', { operation: 'retreat.stop', direction: 'retreat', obstacles: [] }, OPERATOR))],
    ['unknown', 'the button did not reach the simulated plant at first', ended((story) => story.tell('retreat.stop', { actedOn: 'simulator' }, 'post').tell('effect.failed', { effect: 'HS-4001', reason: 'x' }))]),
  ...of('3.5',
    ['notApplicable', 'nothing tripped', nothing('h2o2')],
    ['met', 'cause, then reset', ended((story) => story.tell('interlock.tripped', { id: I, first: [] }).pass(MINUTE).tell('interlock.cause', { interlock: I, text: 'x' }, ENGINEER).pass(MINUTE).tell('interlock.reset', { interlock: I }, SUPERVISOR))],
    ['notMet', 'reset before the cause', ended((story) => story.tell('interlock.tripped', { id: I, first: [] }).tell('interlock.reset', { interlock: I }, SUPERVISOR).tell('interlock.cause', { interlock: I, text: 'x' }, ENGINEER))],
    ['notMet', 'reset by force', ended((story) => story.tell('interlock.forced-reset', { id: I, missing: [{ zh: '原因', en: 'the cause' }] }))],
    ['notMet', 'reset while a trip condition stood', ended((story) => story.condition(story.plant.interlocks.get(I)?.tripConditions[0] ?? '').tell('interlock.tripped', { id: I, first: [] }).tell('interlock.cause', { interlock: I, text: 'x' }, ENGINEER).tell('interlock.reset', { interlock: I }, SUPERVISOR))],
    ['notMet', 'closed without a cause', ended((story) => story.tell('interlock.tripped', { id: I, first: [] }))],
    ['unknown', 'still running without a cause', () => quiet().tell('interlock.tripped', { id: I, first: [] })],
    ['unknown', 'let go by the simulated plant', ended((story) => story.tell('interlock.tripped', { id: I, first: [] }).tell('training.ended', {}).tell('interlock.released', { id: I }))],
    ['unknown', 'its state was not known', ended((story) => story.tell('interlock.changed', { id: I, state: 'unknown', approved: false }))]),
  ...of('3.6',
    ['notApplicable', 'no alarm', nothing('h2o2')], ['met', 'answered in time', ended((story) => story.answered('C-1'))], ['notMet', 'answered late', ended((story) => story.answered('C-1', 2 * MINUTE))],
    ['notMet', 'never answered', ended((story) => story.alarm('C-1').pass(HOUR))], ['unknown', 'still in time', () => quiet().alarm('C-1')],
    ['met', 'gas: cause and confirmation before the reset', ended((story) => story.answered('G-1', SECOND, gas).tell('alarm.cause', { id: 'G-1', text: 'x' }, OPERATOR).tell('alarm.confirmed-on-site', { id: 'G-1', text: 'x' }, OPERATOR).tell('alarm.reset', { id: 'G-1' }, OPERATOR))],
    ['notMet', 'gas: reset without a confirmation', ended((story) => story.answered('G-1', SECOND, gas).tell('alarm.cause', { id: 'G-1', text: 'x' }, OPERATOR).tell('alarm.reset', { id: 'G-1' }, OPERATOR))]),
  ...of('3.7',
    ['notApplicable', 'no step that needs one', nothing('h2o2')], ['met', 'a valid permit all the while', withPermit()], ['notMet', 'none', noPermits], ['notMet', 'it ran out while they worked', withPermit({ untilMs: new Story().nowMs + 25 * MINUTE }, { forMs: HOUR }, [])],
    ['notMet', 'for another zone', withPermit({ zone: 'Z-9999' }, {}, [])]),
  ...TRIGGERS.flatMap((clause) => triggerCases(clause)),
  ...of('4.1.1-modes', ['notApplicable', 'no procedure ran', nothing('h2o2')], ['met', 'its way was gone in time', () => walked('A4.2(2)')], ['notMet', 'late', () => late('A4.2(2)')], ['unknown', 'still on the way', () => { const { story, instances } = raised('A4.2(2)'); for (const each of instances) story.start(each); return story; }]),
  ...of('4.1.2',
    ['notApplicable', 'everything was foreseen', nothing('h2o2')], ['met', 'stopped at once', ended((story) => story.tell('no-procedure.raised', { because: ['C-X'] }).pass(10 * SECOND).tell('retreat.stop', { actedOn: 'people' }, 'post'))],
    ['met', 'by the procedure for it', () => walked('4.1.2')], ['met', 'it had been stopped before', ended((story) => story.tell('retreat.stop', { actedOn: 'people' }, 'post').pass(MINUTE).tell('no-procedure.raised', { because: ['C-X'] }))],
    ['notMet', 'stopped after an hour', ended((story) => story.tell('no-procedure.raised', { because: ['C-X'] }).pass(HOUR).tell('retreat.stop', { actedOn: 'people' }, 'post'))], ['notMet', 'never stopped', ended((story) => story.tell('no-procedure.raised', { because: ['C-X'] }).pass(HOUR))],
    ['unknown', 'still in time', () => quiet().tell('no-procedure.raised', { because: ['C-X'] })], ['unknown', 'could not be judged', dark('4.1.2', 'h2o2')],
    ['unknown', 'the station was off until the stop', ended((story) => story.tell('no-procedure.raised', { because: ['C-X'] }).pass(HOUR).tell('station.started', { version: '1', mode: 'OPERATION', plant: 'h2o2', restarted: true }).tell('retreat.stop', { actedOn: 'people' }, 'post'))]),
  ...of('4.2.1',
    ['notApplicable', 'no zone was concerned', nothing('h2o2')], ['met', 'nobody inside', ofZones((story) => story)], ['notMet', 'somebody inside while unclear', ofZones((story) => story.people(Z, 1, 0).pass(MINUTE))], ['unknown', 'nobody knew how many', ofZones((story) => story.people(Z, null, 0).pass(MINUTE))],
    ['notMet', 'three to look', ofZones((story) => story.people(Z, 3, 2, 'reconnaissance').pass(MINUTE))], ['met', 'two to look, with detectors', ofZones((story) => story.people(Z, 2, 2, 'reconnaissance').enter(Z).pass(MINUTE))],
    ['notMet', 'to look without a gas detector', ofZones((story) => story.people(Z, 1, 2, 'reconnaissance').enter(Z, { gasDetector: '' }).pass(MINUTE))],
    ['unknown', 'concerned and never counted', () => { const { story } = field({ assessed: false }); story.records.splice(0, story.records.length, ...story.records.filter(({ fact }) => !fact.type.startsWith('people.'))); story.records.forEach((record, index) => { story.records[index] = { ...record, n: 100 + index }; }); return story.pass(MINUTE).close(); }]),
  ...of('4.2.2',
    ['notApplicable', 'nobody went in', nothing('h2o2')], ['met', 'each with a task', entered()], ['notMet', 'without a task', entered({ task: ' ' })], ['unknown', 'positioning saw more', entered({}, SUPERVISOR, (story) => story.tell('people.differing', { zone: Z, differ: true, byTag: 3, byNames: 1 }))],
    ['unknown', 'the count was not known', entered({}, SUPERVISOR, (story) => story.people(Z, null, 2, null).pass(MINUTE))], ['unknown', 'people and no entry', ofZones((story) => story.people(Z, 1, 2, 'handling').pass(MINUTE))]),
  ...of('4.2.3',
    ['notApplicable', 'nothing was handled', nothing('h2o2')], ['met', 'within the limit, at different parts', entered()], ['notMet', 'too many', entered({}, SUPERVISOR, (story) => story.people(Z, 7, 2, null).pass(MINUTE))],
    ['notMet', 'two jobs at one part', entered({ part: 'pump', task: 'a' }, SUPERVISOR, (story) => story.enter(Z, { part: 'Pump ', task: 'b' }).pass(MINUTE))], ['unknown', 'nobody knew how many', entered({}, SUPERVISOR, (story) => story.people(Z, null, 2, null).pass(MINUTE))]),
  ...of('4.2.4',
    ['notApplicable', 'nobody went in', nothing('h2o2')], ['met', 'seen, heard and commanded from afar', entered()], ['notMet', 'the commander went in', entered({ name: '王伟' })], ['unknown', 'no radio confirmed', entered({ confirmed: [] })],
    ['unknown', 'no commander', () => { const { story } = field({ posts: false }); return story.people(Z, 1, 2, null).enter(Z).pass(MINUTE).close(); }]),
  ...of('4.2.5',
    ['notApplicable', 'no zone was concerned', nothing('h2o2')], ['met', 'counted all the while', ofZones((story) => story)], ['notMet', 'too many and no alarm', ofZones((story) => story.people(Z, 3, 0).pass(MINUTE))],
    ['met', 'too many, and the alarm came', ofZones((story) => story.people(Z, 3, 0).alarm(`PEOPLE/${Z}`).pass(MINUTE))], ['unknown', 'the count was missing', ofZones((story) => story.people(Z, null, 0).pass(MINUTE))]),
  ...of('4.3.1',
    ['notApplicable', 'nothing was permitted', nothing('h2o2')], ['met', 'assessed, cautions read', worked({}, ['H13'])], ['notMet', 'permitted in an unclear zone', worked({ assessed: false }, ['H13'])], ['notMet', 'cautions not read', worked({}, ['H13', { unread: true }])],
    ['unknown', 'no words of assessment', () => { const { story, run } = field({ assessed: false }); for (const zone of story.procedure(P).people.zones) story.tell('people.staged', { zone, stage: 'handling', assessment: '' }, SUPERVISOR); return story.work(run, 'H13').close(); }]),
  ...of('4.3.2',
    ['notApplicable', 'nothing was cleared', nothing('h2o2')], ['met', 'watched and kept', () => { const story = new Story('ammonium-nitrate'); const run = story.raise('P-A2.6'); return story.open().walk(run).pass(MINUTE).close(); }],
    ['notMet', 'struck', () => { const story = new Story('ammonium-nitrate'); const run = story.raise('P-A2.6', [], { prohibitions: 'violated' }); return story.open().walk(run).close(); }],
    ['met', 'nobody saw it struck', () => { const story = new Story(); const run = story.raise('P-4.3.2'); return story.open().walk(run).close(); }],
    ['unknown', 'it could not be judged', () => { const story = new Story(); const run = story.raise('P-4.3.2', [], { prohibitions: 'unknown' }); return story.open().walk(run).close(); }]),
  ...of('4.3.3', ['notApplicable', 'nothing had to be shown', nothing('h2o2')], ['met', 'by instruments and records', worked({}, ['H12'], ['H13'], ['H14'], ['H15'])], ['notMet', 'by senses alone', sensed], ['unknown', 'a signature is missing', worked({}, ['H12', { without: ['H12.1'] }])]),
  ...shownCases('4.3.3(1)', 'H12', 'H12.1'), ...shownCases('4.3.3(2)', 'H13', 'H13.1'), ...shownCases('4.3.3(3)', 'H14', 'H14.2'), ...shownCases('4.3.3(4)', 'H15', 'H15.2'),
  ...of('4.3.3(1)', ['notMet', 'one kind only', () => { const story = new Story(packWith('h2o2', (pack) => ({ procedures: pack.procedures.map((each) => (each.id === P ? { ...each, handling: each.handling.map((step) => ({ ...step, proof: step.proof.filter(({ id }) => id !== 'H12.2') })) } : each)) }))); const run = story.raise(P); return story.open().walk(run).work(run, 'H12').close(); }]),
  ...of('4.3.3(3)', ['notMet', 'the trial showed the contrary', worked({}, ['H14', { evidence: { result: 'bad' } }])]),
  ...of('4.3.3(4)', ['notMet', 'gas was found', worked({}, ['H15', { evidence: { points: [{ place: 'top', values: [{ gas: 'O2', value: 12 }, { gas: 'LEL', value: 40 }] }] } }])]),
  ...of('4.3.4', ['notApplicable', 'nobody went in', nothing('h2o2')], ['met', 'item by item', entered()], ['notMet', 'an item was missing', entered({ confirmed: ['helmet'] })], ['unknown', 'an older journal', () => { const { story } = field(); return story.tell('people.entered', { zone: Z, entry: 'E', name: '陈刚', task: 'x', protection: 'yes' }, SUPERVISOR).pass(MINUTE).close(); }]),
  ...of('4.4.1',
    ['notApplicable', 'nothing was opened', nothing('h2o2')], ['met', 'depressurised, blinded, opened', withPermit()], ['notMet', 'a closed valve in place of a blind', withPermit({ isolation: [{ by: 'closed-valve', number: 'XV-1' }] })], ['unknown', 'nothing shows it', withPermit({}, {}, [])], ['unknown', 'isolated by nothing on record', withPermit({ isolation: [] })]),
  ...of('4.4.2', ['notApplicable', 'no work under pressure', nothing('h2o2')], ['met', 'assessed, surveyed, planned', pressed({})], ['notMet', 'without a survey', pressed({ survey: '' })], ['unknown', 'an older journal', pressed(null)]),
  ...of('4.4.3', ['notApplicable', 'no work under pressure', nothing('h2o2')], ['met', 'nothing that forbids it', pressed({})], ['notMet', 'cracks can grow', pressed({ cracksCanGrow: true })], ['notMet', 'walls not measured', pressed({ thicknessMm: null as unknown as number })], ['unknown', 'no tag tells whether it was done', () => field().story.close()]),
  ...of('4.5.1',
    ['notApplicable', 'nobody was sent in', nothing('h2o2')], ['met', 'all orders from the commander', entered()], ['notMet', 'another gave an order', entered({}, ENGINEER)], ['notMet', 'nobody was ever named', () => walked('A4.2(2)')],
    ['unknown', 'nobody is named yet', () => { const { story, instances } = raised('A4.2(2)'); for (const each of instances) story.start(each); return story; }], ['notMet', 'an order before anybody commanded', () => { const { story } = field({ posts: false }); return story.enter(Z).close(); }]),
  ...of('4.5.2',
    ['notApplicable', 'no procedure', nothing('h2o2')], ['met', 'through the handling', entered()], ['notMet', 'nobody', () => walked('A4.2(2)')], ['notMet', 'nobody while people were inside', () => { const { story } = field({ posts: false }); return story.enter(Z).pass(MINUTE).close(); }],
    ['notMet', 'one person for both posts', () => { const { story } = field(); return story.tell('post.taken', { post: 'watch', user: SUPERVISOR, name: '王伟' }, SUPERVISOR).pass(MINUTE).close(); }],
    ['unknown', 'nobody yet', () => { const { story, instances } = raised('A4.2(2)'); for (const each of instances) story.start(each); return story; }], ['met', 'a watch and no handling', () => { const { story, instances } = raised('A4.2(2)'); story.posts(); for (const each of instances) story.walk(each); return story.close(); }]),
  ...of('4.5.3',
    ['unknown', 'still running', after({}, true)], ['unknown', 'nothing on record', after({})], ['met', 'all of it done', after({ causes: causes(101), actions: [action()], followUps: [followUp()] })], ['notMet', 'an action is overdue', after({ causes: causes(101), actions: [action({ closed: null, dueMs: 1 })], followUps: [followUp()] })],
    ['notMet', 'a drill is overdue', after({ causes: causes(101), actions: [action()], followUps: [followUp({ doneMs: null, dueMs: 1 })] })]),
  ...of('4.5.4', ['notApplicable', 'no procedure', nothing('h2o2')], ['unknown', 'no criteria on record', upset()], ['unknown', 'not safe in time, and no plan on record', () => { const { story, instances } = raised('A4.2(2)'); for (const each of instances) story.start(each).pass(HOUR).move(each, { type: 'SAFE_OVERDUE' }); return story.close(); }]),
  ...of('A1.5', ['notApplicable', 'no restart with a charge', nothing('fine-chemicals')], ['met', 'assessed, kept', ranWith('A1.5', 'fine-chemicals', 'kept')], ['notMet', 'restarted all the same', ranWith('A1.5', 'fine-chemicals', 'violated')], ['unknown', 'not known', ranWith('A1.5', 'fine-chemicals', 'unknown')]),
  ...of('A2.5', ['notMet', 'three people', () => { const { story, instances } = raised('A2.5'); for (const each of instances) story.walk(each); return story.people('Z-2200', 3, 2, 'handling').pass(MINUTE).close(); }], ['unknown', 'nobody knew how many', () => { const { story, instances } = raised('A2.5'); for (const each of instances) story.walk(each); return story.people('Z-2200', null, 2, 'handling').pass(MINUTE).close(); }]),
  ...of('A2.7', ['notMet', 'over 20 minutes in the seal tank', () => { const { story, instances } = raised('A2.7'); for (const each of instances) story.walk(each).move(each, { type: 'DEADLINE', id: 'SEAL-20', state: 'exceeded', dueMs: story.nowMs }); return story.close(); }]),
  ...neverCases('A3.2'), ...neverCases('A3.5'), ...of('A3.6', ['notMet', 'relit before the sample was good', ranWith('A3.6', 'ammonia-synthesis', 'violated')], ['unknown', 'not known', ranWith('A3.6', 'ammonia-synthesis', 'unknown')]),
  ...atmosphericCases('A3.3', 'K2'), ...atmosphericCases('A3.4', 'K2'),
  ...of('A4.2',
    ['notApplicable', 'none of the seven', nothing('h2o2')], ['met', 'whole plant stopped in time', () => walked('A4.2(2)')], ['notMet', 'late', () => late('A4.2(2)')], ['notMet', 'raised, and the stop was not', () => { const story = new Story(); return story.condition(triggerOf(story, 'A4.2(2)').id).open().pass(MINUTE).close(); }],
    ['notMet', 'somebody went in before the stop', () => { const { story, instances } = raised('A4.2(2)'); story.pass(SECOND).enter('Z-4200'); for (const each of instances) story.walk(each); return story.close(); }],
    ['unknown', 'nobody knew whether somebody was inside', () => { const { story, instances } = raised('A4.2(2)'); story.people('Z-4200', null, 0, null); for (const each of instances) story.walk(each); return story.close(); }]),
  ...neverCases('A4.3'),
  ...of('A4.4',
    ['notApplicable', 'no repair of the whole system', nothing('h2o2')], ['met', 'in time, six at most', ranWith('A4.4', 'h2o2', 'kept')], ['notMet', 'more than six', ranWith('A4.4', 'h2o2', 'violated')], ['unknown', 'not known', ranWith('A4.4', 'h2o2', 'unknown')],
    ['notMet', 'seven by the head count', () => { const story = new Story(); const run = story.raise('P-A4.4'); return story.open().walk(run).people(Z, 7, 6, 'handling').pass(MINUTE).close(); }]),
  ...neverCases('A4.6'), ...of('A4.7', ['notMet', 'dosed by hand', ranWith('A4.7', 'h2o2', 'violated')]), ...neverCases('A4.10'),
  ...of('V.1',
    ['notApplicable', 'no work', nothing('h2o2')], ['met', 'seen all the while', entered()], ['notMet', 'the picture was lost', entered({}, SUPERVISOR, (story) => story.tell('camera.changed', { camera: cameraOf(story), zone: Z, state: 'lost', parts: ['signal'] }).pass(MINUTE))],
    ['unknown', 'not known', entered({}, SUPERVISOR, (story) => story.tell('camera.changed', { camera: cameraOf(story), zone: Z, state: 'unknown', parts: ['signal'] }).pass(MINUTE))]),
  ...of('V.2', ['notApplicable', 'no key step', nothing('h2o2')], ['met', 'acknowledged at the post', worked({}, ['H13'])], ['notMet', 'by nobody', worked({}, ['H13', { witness: null }])], ['notMet', 'by who signed', worked({}, ['H13', { witness: ENGINEER }])], ['unknown', 'an older journal', () => { const { story, run } = field(); return story.move(run, { type: 'SIGNED', proof: 'H13.1', by: ENGINEER, role: 'engineer', note: '' }).close(); }]),
  ...of('V.3',
    ['notApplicable', 'no outage', nothing('h2o2')], ['met', 'an hour, approved', ended((story) => story.tell('camera.outage', { outage: 'O-1', camera: cameraOf(story), reason: 'x', fromMs: story.nowMs, untilMs: story.nowMs + HOUR, report: '' }, SUPERVISOR))], ['met', 'three hours, reported', ended((story) => story.tell('camera.outage', { outage: 'O-1', camera: cameraOf(story), reason: 'x', fromMs: story.nowMs, untilMs: story.nowMs + 3 * HOUR, report: 'R-1' }, SUPERVISOR))],
    ['notMet', 'three hours, not reported', ended((story) => story.tell('camera.outage', { outage: 'O-1', camera: cameraOf(story), reason: 'x', fromMs: story.nowMs, untilMs: story.nowMs + 3 * HOUR, report: '' }, SUPERVISOR))], ['unknown', 'by nobody on record', ended((story) => story.tell('camera.outage', { outage: 'O-1', camera: cameraOf(story), reason: 'x', fromMs: story.nowMs, untilMs: story.nowMs + HOUR, report: '' }))]),
  ...of('V.4',
    ['notApplicable', 'nobody crossed one', nothing('h2o2')], ['met', 'crossed, told, answered', ended((story) => story.condition(fenceOf(story)).answered(fenceOf(story)))], ['notMet', 'crossed and not told', ended((story) => story.condition(fenceOf(story)))], ['notMet', 'nobody answered', ended((story) => story.condition(fenceOf(story)).alarm(fenceOf(story)))],
    ['unknown', 'not known', ended((story) => story.condition(fenceOf(story), 'unknown').pass(MINUTE))], ['unknown', 'a pack without fences', () => new Story(packWith('h2o2', (pack) => ({ conditions: pack.conditions.filter(({ clauses }) => !clauses.includes('V.4')) }))).open().close()]),
  ...of('H.1', ['unknown', 'none on record', after({})], ['met', 'complete and closed with evidence', after({ actions: [action()] })], ['notMet', 'overdue', after({ actions: [action({ closed: null, dueMs: 1 })] })], ['notMet', 'without funding', after({ actions: [action({ funding: '' })] })], ['unknown', 'not due yet', after({ actions: [action({ closed: null })] })]),
  ...of('H.2', ['unknown', 'none on record', after({})], ['met', 'held', after({ followUps: [followUp()] })], ['notMet', 'overdue', after({ followUps: [followUp({ doneMs: null, dueMs: 1 })] })], ['unknown', 'still to come', after({ followUps: [followUp({ doneMs: null })] })]),
  ...of('D.1', ['unknown', 'no recording', nothing('h2o2')], ['met', 'whole', after(recording())], ['notMet', 'altered', after(recording({ verdict: 'altered' }))], ['unknown', 'missing', after(recording({ verdict: 'missing' }))], ['unknown', 'still running', after(recording({ verdict: 'running' }))], ['unknown', 'a gap without a reason', after(recording({ gaps: [{ fromMs: 0, toMs: 1, tags: null, reason: { zh: '', en: '' } }] }))]),
  ...of('D.2',
    ['unknown', 'the journal says nothing of it', nothing('h2o2')], ['met', 'a receipt for all of it', platform('platform.delivered', { station: 'S', toRecord: 101 })], ['unknown', 'a receipt for half of it', platform('platform.delivered', { station: 'S', toRecord: 100 })],
    ['notMet', 'the platform holds something else', platform('platform.conflict', { station: 'S', seq: 1 })], ['notApplicable', 'switched off', platform('platform.configured', { station: null, names: false })]),
  ...of('D.3',
    ['notApplicable', 'no procedure', nothing('h2o2')], ['met', 'plan, people, equipment, ways out', upset()], ['unknown', 'a version that is not in the pack', () => { const story = new Story(); story.raise(P, [], { version: 99 }); return story.open().close(); }],
    ['notMet', 'no way out named', () => { const story = new Story(packWith('h2o2', (pack) => ({ zones: pack.zones.map((zone) => ({ ...zone, waysOut: [] })) }))); const run = story.raise(P); return story.open().walk(run).close(); }]),
  ...registeredClauses().filter(({ id }) => /^A\d/u.test(id)).map(({ id }): ClauseCase => ({ clause: id, verdict: 'notApplicable', what: 'another plant', story: nothing(plantFor(id) === 'h2o2' ? 'fine-chemicals' : 'h2o2') })),
];

/** Verdicts that a clause can never have, and why. */
export const IMPOSSIBLE: Readonly<Record<string, Partial<Record<Verdict, string>>>> = {
  '3.2': { notApplicable: 'procedures are always loaded' }, '3.3': { notApplicable: 'keys are always watched' },
  '3.7': { unknown: 'a step that needs a permit is permitted with one or without' },
  '4.1.1(3)': { met: 'no tag tells whether a last value was taken for the present one' }, 'A1.4': { met: 'no tag tells whether it was worked up too early' },
  '4.5.3': { notApplicable: 'after every incident' }, '4.5.4': { met: 'the criteria of the plan are in no record', notMet: 'the criteria of the plan are in no record' },
  'H.1': { notApplicable: 'after every incident' }, 'H.2': { notApplicable: 'always due' }, 'D.1': { notApplicable: 'always due' },
};

