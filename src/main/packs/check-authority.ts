/**
 * Checks of the standing authority matrix (3.4): every gated operation is granted to somebody, by one entry at a time; retreat is
 * everybody's, always.
 *
 * What is lacking leaves the files in use: a plant without them would be no plant at all, and retreat would be lost with it. What is
 * not granted is refused at run time, and the station raises its alarm.
 */
import { CRITICALITIES } from '../../domain/authority/grant.ts';
import { GRANTED_OPERATIONS, isAboutInterlock, RETREAT, signaturesOf } from '../../domain/authority/granted.ts';
import { roleSchema } from '../../contract/refusal.ts';
import type { AuthoritySource } from '../../domain/packs/schema.ts';
import { termOf } from './authority-term.ts';
import type { Item, PlantDraft } from './draft.ts';
import { lackingName } from './names.ts';
import type { PlantCheck } from './plant-check.ts';
import type { Report } from './complaint.ts';

const DAY_MS = 24 * 3_600_000;
/** So long before its end a term is told: time enough to have it approved again. Engineering default. */
const WARN_BEFORE_MS = 30 * DAY_MS;

const KNOWN: ReadonlySet<string> = new Set([...GRANTED_OPERATIONS, RETREAT]);
const grantsIn = (plant: PlantDraft): Item<AuthoritySource>[] => plant.authority.filter(({ value }) => value.operation !== RETREAT && KNOWN.has(value.operation));

export const operationsExist: PlantCheck = (plant, _names, report) => {
  for (const entry of plant.authority) if (!KNOWN.has(entry.value.operation)) report.error(entry, ['operation'], lackingName('operation', entry.value.operation, KNOWN));
};

/** 3.4: everybody at the post may stop and evacuate. An entry that said less would teach people to hesitate, though no code asks it. */
export const retreatIsNeverRestricted: PlantCheck = (plant, _names, report) => {
  const entries = plant.authority.filter(({ value }) => value.operation === RETREAT);
  const [first] = plant.plantKeys;
  if (entries.length === 0 && first !== undefined) report.errorKeepingFile(first, [], `the standing authority of plant ${plant.id} does not say that everybody may retreat (3.4); expected an entry with operation: retreat`);
  for (const entry of entries) {
    const { roles, people, signatures, validFrom, validUntil, criticality } = entry.value;
    const missing = roleSchema.options.filter((role) => !roles.includes(role));
    if (missing.length > 0) report.error(entry, ['roles'], `the authority to retreat leaves out ${missing.join(', ')}; expected every role, because the way to safety is never locked (3.4)`);
    const restricting = { people, signatures, validFrom, validUntil, criticality };
    for (const [key, value] of Object.entries(restricting)) if (value !== undefined) report.error(entry, [key], `the authority to retreat is restricted by '${key}'; expected it without, because it never ends and asks nobody (3.4)`);
  }
};

export const grantsAreWhole: PlantCheck = (plant, _names, report) => {
  for (const entry of grantsIn(plant)) termIsWhole(entry, report);
  for (const entry of grantsIn(plant)) {
    const { operation, criticality, roles, signatures } = entry.value;
    const asked = signaturesOf(operation);
    if (signatures === undefined || !asked.includes(signatures)) report.error(entry, signatures === undefined ? [] : ['signatures'], `${operation} is granted with ${signatures ?? 'no number of'} signatures; the product asks for ${asked.join(' or ')}`);
    if (signatures === 2 && roles.length !== 2) report.error(entry, ['roles'], `${operation} takes two signatures and names ${roles.length} roles; expected two, one for each person`);
    if (signatures !== 2 && new Set(roles).size !== roles.length) report.error(entry, ['roles'], `${operation} names a role twice; expected every role once`);
    if (criticality !== undefined && !isAboutInterlock(operation)) report.error(entry, ['criticality'], `${operation} is about no interlock and has no criticality; expected the entry without`);
  }
};

function termIsWhole(entry: Item<AuthoritySource>, report: Report): void {
  const { id, validFrom, validUntil } = entry.value;
  const term = termOf(entry.value);
  if (validFrom === undefined || validUntil === undefined) report.error(entry, [], `authority ${id} has no term; expected 'validFrom' and 'validUntil'`);
  else if (term === null) report.error(entry, ['validUntil'], `the term of ${id} is ${validFrom} to ${validUntil}; expected days that the calendar has`);
  else if (term.fromMs >= term.untilMs) report.error(entry, ['validUntil'], `the term of ${id} ends (${validUntil}) before it begins (${validFrom}); expected a first and a last day in their order`);
}

/** Two entries that speak for the same thing at the same time: nobody could say which holds. */
export const grantsDoNotOverlap: PlantCheck = (plant, _names, report) => {
  const before: Item<AuthoritySource>[] = [];
  for (const entry of grantsIn(plant)) {
    const other = before.find((each) => overlap(each.value, entry.value));
    if (other !== undefined) report.error(entry, ['operation'], `${entry.value.id} and ${other.value.id} (${other.source.file}:${other.source.place([...other.path, 'id']).line}) both speak for ${entry.value.operation} at the same time; expected one entry at a time`);
    before.push(entry);
  }
};

function overlap(a: AuthoritySource, b: AuthoritySource): boolean {
  const [one, two] = [termOf(a), termOf(b)];
  if (a.operation !== b.operation || a.id === b.id || one === null || two === null || one.fromMs >= two.untilMs || two.fromMs >= one.untilMs) return false;
  return a.criticality === undefined || b.criticality === undefined || a.criticality.some((each) => b.criticality?.includes(each));
}

export const everyOperationIsGranted: PlantCheck = (plant, _names, report) => {
  const [first] = plant.plantKeys;
  if (first === undefined) return;
  const grants = grantsIn(plant);
  const lacking = GRANTED_OPERATIONS.filter((operation) => !grants.some(({ value }) => value.operation === operation));
  if (lacking.length > 0) report.errorKeepingFile(first, [], `the standing authority of plant ${plant.id} grants ${lacking.join(', ')} to nobody, so that it is always refused; expected an entry for each, or 'includes: [general]'`);
  for (const operation of GRANTED_OPERATIONS) {
    const own = grants.filter(({ value }) => value.operation === operation);
    const named = new Set(own.flatMap(({ value }) => value.criticality ?? []));
    const [entry] = own;
    const left = named.size === 0 || own.some(({ value }) => value.criticality === undefined) ? [] : CRITICALITIES.filter((each) => !named.has(each));
    if (entry !== undefined && left.length > 0) report.errorKeepingFile(entry, ['criticality'], `${operation} is granted to nobody for ${left.join(', ')}; expected an entry for every criticality`);
  }
};

/** Told before it is refused at the post. An entry that another one follows has no end that anybody feels. */
export function termsLast(plant: PlantDraft, nowMs: number, report: Report): void {
  for (const entry of grantsIn(plant)) termLasts(entry, plant.authority, nowMs, report);
}

function termLasts(entry: Item<AuthoritySource>, all: readonly Item<AuthoritySource>[], nowMs: number, report: Report): void {
  const term = termOf(entry.value);
  if (term === null || term.untilMs > nowMs + WARN_BEFORE_MS) return;
  const isFollowed = all.some(({ value }) => value.operation === entry.value.operation && value.id !== entry.value.id && (termOf(value)?.untilMs ?? 0) > nowMs + WARN_BEFORE_MS);
  if (isFollowed) return;
  const word = term.untilMs <= nowMs ? 'has ended; it is refused' : 'ends within 30 days; it will be refused then';
  report.warning(entry, ['validUntil'], `authority ${entry.value.id} (${entry.value.operation}) ${word}; expected a new term, approved`);
}
