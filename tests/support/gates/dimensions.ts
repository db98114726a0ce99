/**
 * Everything a gate can look at, as dimensions with values. The first value of each is the good one, on which nothing stands in
 * the way; the others are every way in which that fact can be bad, unknown or not there.
 */
import type { GateFacts } from '../../../src/domain/gates/gate-facts.ts';
import { ALARM_OBSTACLES, NO_FACTS, PERMIT_OBSTACLES, PRESSURE_OBSTACLES } from '../../../src/domain/gates/gate-facts.ts';
import { INTERLOCK_OBSTACLES } from '../../../src/domain/interlocks/interlocks.ts';

const text = (en: string) => ({ zh: `中文${en}`, en });
/** Two people of different names; `signer` is one of them in half of the cases. */
const LI = { user: 'li', name: 'Li' };
const WANG = { user: 'wang', name: 'Wang' };

type Set = Partial<GateFacts>;
export interface Dimension {
  readonly name: string;
  readonly values: readonly Set[];
}

const lists = <K extends keyof GateFacts>(key: K, bad: readonly GateFacts[K][]): Dimension => ({ name: key, values: [{ [key]: [] } as Set, ...bad.map((value) => ({ [key]: value }) as Set)] });

/** The parts of an entry that vary by themselves; put together by `factsAt`. */
export const ENTRY_DIMENSIONS = {
  stage: ['handling', 'unclear', 'reconnaissance', 'normal'],
  count: [1, 6, 7, null],
  hasTask: [true, false],
  samePart: [null, { name: 'Li', part: 'flange' }],
  protectionMissing: [[], [text('mask')]],
  hasGasDetector: [true, false],
} as const;

export const DIMENSIONS: readonly Dimension[] = [
  lists('interlocks', INTERLOCK_OBSTACLES.map((obstacle) => [{ id: 'I-1', obstacle }])),
  lists('degraded', [[{ id: 'I-1', voting: '2oo3' }]]),
  lists('unmet', [[{ text: text('hot'), state: 'unknown' }], [{ text: text('hot'), state: 'false' }]]),
  { name: 'safeProved', values: [{ safeProved: true }, { safeProved: false }] },
  { name: 'causeFound', values: [{ causeFound: true }, { causeFound: false }] },
  { name: 'place', values: [{ place: 'readyToReturn' }, { place: null }] },
  { name: 'held', values: [{ held: false }, { held: true }] },
  { name: 'abnormal', values: [{ abnormal: true }, { abnormal: false }] },
  { name: 'commander', values: [{ commander: LI }, { commander: null }] },
  { name: 'watch', values: [{ watch: WANG }, { watch: null }] },
  { name: 'isOrder', values: [{ isOrder: true }, { isOrder: false }] },
  { name: 'post', values: [{ post: null }, ...[null, 'Li'].flatMap((heldBy) => [false, true].map((holdsOther): Set => ({ post: { title: text('commander'), heldBy, holdsOther } })))] },
  lists('zones', [[{ id: 'Z', title: text('area'), stage: 'handling', state: 'exceeded', count: 3, limit: 2 }], [{ id: 'Z', title: text('area'), stage: 'handling', state: 'unknown', count: null, limit: 2 }]]),
  lists('unseen', [[{ zone: text('area'), why: text('no picture') }]]),
  lists('notCleared', [[text('area')]]),
  lists('lapsed', [[text('atmospheric')]]),
  { name: 'unread', values: [{ unread: 0 }, { unread: 2 }] },
  { name: 'permit', values: [{ permit: null }, ...PERMIT_OBSTACLES.map((obstacle): Set => ({ permit: { kind: text('hot work'), obstacle, number: obstacle === 'missing' ? null : 'WP-1' } }))] },
  lists('pressure', PRESSURE_OBSTACLES.map((each) => [each])),
  lists('standIns', [[text('closed valve')]]),
  { name: 'witness', values: [{ witness: 'acknowledged' }, { witness: 'missing' }, { witness: 'not-the-watch' }, { witness: null }] },
  { name: 'outage', values: [{ outageUnreported: false }, { outageUnreported: true }] },
  lists('violated', [[{ clause: '4.3.2', text: text('striking') }]]),
  { name: 'noProcedure', values: [{ noProcedure: false }, { noProcedure: true }] },
  { name: 'link', values: [{ linkGood: true }, { linkGood: false }] },
  { name: 'bypass', values: [{ bypass: null }, ...[null, text('runaway')].flatMap((upset) => [[], [{ interlock: 'I-2', hazard: text('explosion') }]].map((sameHazard): Set => ({ bypass: { upset, sameHazard } })))] },
  lists('alarm', ALARM_OBSTACLES.map((each) => [each])),
  { name: 'identified', values: [{ identified: true }, { identified: false }] },
  // The commander of above signs, in the right role; or somebody else, or somebody without it, or nobody yet.
  { name: 'signer', values: [{ signer: { user: 'li', roles: ['supervisor'] } }, { signer: { user: 'zhao', roles: ['supervisor'] } }, { signer: { user: 'li', roles: ['operator'] } }, { signer: null }] },
  { name: 'signerRoles', values: [{ signerRoles: ['supervisor'] }, { signerRoles: [] }, { signerRoles: null }, { signerRoles: ['supervisor'], signerPeople: ['zhao'] }, { signerRoles: [], signerPeople: ['li'] }] },
  { name: 'mustDifferFrom', values: [{ mustDifferFrom: [{ user: 'wang', part: text('assessed') }] }, { mustDifferFrom: [{ user: 'li', part: text('assessed') }] }, { mustDifferFrom: [] }] },
  { name: 'entry', values: entryValues() },
];

/** An entry has six things about it: every combination of them is a value of its own. */
function entryValues(): Set[] {
  const E = ENTRY_DIMENSIONS;
  return [...E.stage.flatMap((stage) => E.count.flatMap((countAfter) => E.hasTask.flatMap((hasTask) => E.samePart.flatMap((samePart) => E.protectionMissing.flatMap((protectionMissing) => E.hasGasDetector.map((hasGasDetector): Set => ({
    entry: { zone: text('area'), stage, countAfter, limit: stage === 'normal' ? null : 6, hasTask, samePart, protectionMissing, hasGasDetector },
  }))))))), { entry: null }];
}

/** Facts on which nothing stands in the way of anything. */
export const CLEAR: GateFacts = Object.assign({}, NO_FACTS, ...DIMENSIONS.map(({ values }) => values[0])) as GateFacts;

/** The dimension, or a broken test. */
export function dimension(name: string): Dimension {
  const found = DIMENSIONS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no dimension ${name}`);
  return found;
}
