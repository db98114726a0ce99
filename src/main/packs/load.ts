/**
 * Loads rules and procedures: bytes in, typed packs and findings out. Never throws, never half-loads a file.
 *
 * A file with an error is left out whole, and so is whatever then lacks a thing it names, until what is left stands
 * by itself. One exception on purpose: a condition whose procedure is missing stays, without it; an abnormal
 * condition without a procedure leads to "stop at once" (4.1.2), and a silent one would lead nowhere.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Card, CardPart, PlantPack } from '../../domain/packs/schema.ts';
import { procedureSchema, rulesFileSchema, siteFileSchema } from '../../domain/packs/schema.ts';
import { BrokenNames } from './broken-names.ts';
import { checkDraft } from './checks.ts';
import { clausesFileSchema } from './clause-register.ts';
import type { ClauseDef } from './clause-register.ts';
import { Designs, findingsOfDesign } from './designs.ts';
import type { Choice } from './designs.ts';
import { joinFiles } from './draft.ts';
import { lackingFields } from './cards.ts';
import type { ResolvedDraft } from './resolve.ts';
import type { Draft, ParsedFile, PlantDraft } from './draft.ts';
import { compareFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { issueFindings } from './issue-text.ts';
import { gatherFolder, proceduresKind, rulesKind } from './pack-files.ts';
import type { PackFile } from './pack-files.ts';
import { readPackSource } from './pack-source.ts';
import type { SiteOutcome } from './sites.ts';
import { SitesAsked } from './sites.ts';
import type { YamlSource } from './yaml-source.ts';
import { blankTexts } from './blank-texts.ts';
import { grantOf } from './authority-term.ts';

export interface LoadedPacks {
  readonly plants: readonly PlantPack[];
  /** The plants that have several designs, in each that is not their default. Made when it is asked for: a station never needs it. */
  otherDesigns(): readonly PlantPack[];
  readonly clauses: readonly ClauseDef[];
  /** What is wrong with the plants' own files. What is wrong with a site stands in `sites`. */
  readonly findings: readonly Finding[];
  readonly files: readonly string[];
  /** The sites that were asked for. A refused one is not applied, and its plant has its own figures. */
  readonly sites: readonly SiteOutcome[];
}

/** `site`: the site whose figures the plants are to have. `every`: judge all designs and all sites and apply none, as `lint` does. */
export interface LoadOptions {
  readonly site?: string | undefined;
  readonly every?: boolean;
  /** Today, for what is about to run out; absent: the clock's. */
  readonly nowMs?: number;
}

export function loadPacks({ rulesDir, proceduresDir, ...options }: { readonly rulesDir: string; readonly proceduresDir: string } & LoadOptions): LoadedPacks {
  const rules = gatherFolder(rulesDir, rulesDir, rulesKind);
  const procedures = gatherFolder(proceduresDir, proceduresDir, proceduresKind);
  const loaded = judgedOnce([...rules.files, ...procedures.files], options);
  const unreadable = [...rules.findings, ...procedures.findings];
  return { ...loaded, findings: [...unreadable, ...loaded.findings].sort(compareFindings) };
}

/** A process that reads the same bytes again (one replay after another, a report beside the station) gets the same judgement without the seconds it takes. */
const judged = new Map<string, LoadedPacks>();
const JUDGED_MAX = 4;
const HOUR_MS = 3_600_000;

function judgedOnce(files: readonly PackFile[], options: LoadOptions): LoadedPacks {
  const key = createHash('sha256');
  // What is about to run out is judged by the hour.
  key.update(JSON.stringify([options, Math.floor((options.nowMs ?? Date.now()) / HOUR_MS)]));
  for (const { name, kind, bytes } of files) key.update(JSON.stringify([name, kind, bytes.length])).update(bytes);
  const digest = key.digest('base64');
  const known = judged.get(digest) ?? assemblePacks(files, options);
  judged.delete(digest);
  judged.set(digest, known);
  const [oldest] = judged.keys();
  if (judged.size > JUDGED_MAX && oldest !== undefined) judged.delete(oldest);
  return known;
}

/** Loading without a disk. */
export function assemblePacks(files: readonly PackFile[], options: LoadOptions = {}): LoadedPacks {
  const findings: Finding[] = [];
  const broken = new BrokenNames();
  const sound: ParsedFile[] = [];
  const sites = new SitesAsked(options);
  for (const file of files) {
    const outcome = parseFile(file);
    if (file.kind === 'site') { sites.add(file, outcome); continue; }
    findings.push(...outcome.findings);
    if (outcome.parsed === null) broken.remember(file.name, file.kind, outcome.source?.value);
    else sound.push(outcome.parsed);
  }
  if (!files.some((file) => file.kind === 'clauses') && files.length > 0) {
    findings.push({ file: files[0]?.name ?? '', line: 1, column: 1, severity: 'warning', message: 'there is no register of clauses, so that clause ids were not checked; expected clauses.yaml beside the procedures' });
  }
  const designs = new Designs(sound, broken);
  findings.push(...designs.findings);
  for (const file of designs.leftOut) broken.remember(file.source.file, file.kind, file.source.value);
  const settleIn = settlerOf(designs, broken, options.nowMs ?? Date.now());
  const choice = designs.choice(sites.designsAsked());
  const settled = settleIn(choice);
  findings.push(...settled.findings);
  const others = (): { readonly plant: string; readonly design: string; readonly settled: Settled }[] => designs.others().map((one) => ({ ...one, settled: settleIn(designs.choice([[one.plant, one.design]])) }));
  for (const other of options.every === true ? others() : []) findings.push(...findingsOfDesign(other.design, other.settled.findings, settled.findings, sound));
  const { outcomes, drafts } = sites.judge((plant, design) => settleIn(designs.choice([...choice, [plant, design]])), designs, broken);
  const { draft } = settled;
  return {
    plants: [...draft.plants.values()].map((plant) => packOf(drafts.get(plant.id) ?? plant, choice.get(plant.id), options.site === undefined ? [] : outcomes.filter((outcome) => outcome.plant === plant.id))),
    otherDesigns: () => others().flatMap((other) => {
      const plant = other.settled.draft.plants.get(other.plant);
      return plant === undefined ? [] : [packOf(plant, other.design, [])];
    }),
    clauses: draft.clauses.map((item) => item.value),
    findings: withoutRepeats(findings).sort(compareFindings),
    files: files.map((file) => file.name),
    sites: outcomes.map((outcome) => ({ ...outcome, findings: withoutRepeats(outcome.findings) })),
  };
}

/** Each choice of designs settled once, however many sites have it. */
function settlerOf(designs: Designs, broken: BrokenNames, nowMs: number): (choice: Choice) => Settled {
  const done = new Map<string, Settled>();
  return (choice) => {
    const key = JSON.stringify([...choice]);
    const known = done.get(key) ?? settle(designs.filesIn(choice), broken, nowMs);
    done.set(key, known);
    return known;
  };
}

/** What stands by itself, and what is still to be said of it (warnings). */
export interface Settled { readonly draft: ResolvedDraft; readonly joined: Draft; readonly findings: readonly Finding[]; readonly standing: readonly Finding[] }

/** Leaves out broken files until what is left stands by itself. Ends, because every round leaves out at least one. */
function settle(parsed: readonly ParsedFile[], broken: BrokenNames, nowMs: number): Settled {
  const findings: Finding[] = [];
  let files = [...parsed];
  for (let round = 0; ; round += 1) {
    const joined = joinFiles(files);
    const { draft, complaints } = checkDraft(joined, broken, null, nowMs);
    // Warnings of later rounds ("nobody uses this tag") would only echo what was left out.
    findings.push(...complaints.filter(({ finding }) => round === 0 || finding.severity === 'error').map(({ finding }) => finding));
    const bad = new Set(complaints.filter((complaint) => complaint.unloads).map((complaint) => complaint.source));
    if (bad.size === 0) return { draft, findings, joined, standing: complaints.map(({ finding }) => finding) };
    for (const file of files) if (bad.has(file.source)) broken.remember(file.source.file, file.kind, file.source.value);
    files = files.filter((file) => !bad.has(file.source));
  }
}

export interface ParseOutcome { readonly parsed: ParsedFile | null; readonly source: YamlSource | null; readonly findings: readonly Finding[] }

/** What was read once is judged once: the schemas take half as long as the reading. */
const alreadyParsed = new WeakMap<YamlSource, { readonly kind: PackFile['kind']; readonly outcome: ParseOutcome }>();

function parseFile(file: PackFile): ParseOutcome {
  const { source, findings } = readPackSource(file);
  if (source === null) return { parsed: null, source, findings };
  const known = alreadyParsed.get(source);
  if (known?.kind === file.kind) return known.outcome;
  const outcome = parseSource(file, source, findings);
  alreadyParsed.set(source, { kind: file.kind, outcome });
  return outcome;
}

function parseSource(file: PackFile, source: YamlSource, findings: readonly Finding[]): ParseOutcome {
  const refuse = (issues: readonly z.core.$ZodIssue[]): ParseOutcome => ({ parsed: null, source, findings: issueFindings(source, issues) });
  const blanks = blankTexts(source);
  if (blanks.length > 0) return { parsed: null, source, findings: blanks };
  switch (file.kind) {
    case 'rules': case 'tags': {
      const outcome = rulesFileSchema.safeParse(source.value);
      return outcome.success ? { parsed: { kind: 'rules', source, content: outcome.data }, source, findings } : refuse(outcome.error.issues);
    }
    case 'site': {
      const outcome = siteFileSchema.safeParse(source.value);
      return outcome.success ? { parsed: { kind: 'site', source, content: outcome.data }, source, findings } : refuse(outcome.error.issues);
    }
    case 'procedure': {
      const outcome = procedureSchema.safeParse(source.value);
      return outcome.success ? { parsed: { kind: 'procedure', source, content: outcome.data }, source, findings } : refuse(outcome.error.issues);
    }
    case 'clauses': {
      const outcome = clausesFileSchema.safeParse(source.value);
      return outcome.success ? { parsed: { kind: 'clauses', source, content: outcome.data }, source, findings } : refuse(outcome.error.issues);
    }
  }
}

function packOf(plant: PlantDraft, design: string | undefined, sites: readonly SiteOutcome[]): PlantPack {
  const values = <T>(items: readonly { readonly value: T }[]): T[] => items.map((item) => item.value);
  const [site] = sites;
  const procedures = new Set(plant.procedures.map((item) => item.value.id));
  return {
    id: plant.id,
    ...(design === undefined ? {} : { design }),
    title: plant.titles[0]?.value ?? { zh: plant.id, en: plant.id },
    namespaceUri: plant.namespaceUris[0]?.value ?? '',
    areas: values(plant.areas).map(({ id, title }) => ({ id, title })), zones: values(plant.zones), protection: values(plant.protection), tags: values(plant.tags), labs: values(plant.labs), observations: values(plant.observations),
    conditions: values(plant.conditions).map(({ card, ...condition }) => ({ ...condition, starts: condition.starts.filter((id) => procedures.has(id)), ...completeCard(card) })),
    hazards: values(plant.hazards), interlocks: values(plant.interlocks),
    authority: values(plant.authority).flatMap(grantOf),
    procedures: values(plant.procedures),
    sourceHashes: Object.fromEntries(plant.procedures.map((item) => [item.value.id, item.source.sha256])),
    ...(site === undefined ? {} : { site: { id: site.id, title: site.title, applied: sites.every((one) => one.applied) } }),
  };
}

/** The checks have refused an alarm whose card is not whole; an input has none. */
function completeCard(part: CardPart | undefined): { readonly card?: Card } {
  return part === undefined || lackingFields(part).length > 0 ? {} : { card: part as Card };
}

/** Every finding once, and of echoes one for each pair of files: the cause must not drown in its consequences. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of [...findings].sort(compareFindings)) {
    const key = finding.because === undefined ? `${finding.file}:${finding.line}:${finding.column}:${finding.severity}:${finding.message}` : `${finding.file} because ${finding.because}`;
    if (!kept.has(key)) kept.set(key, finding);
  }
  return [...kept.values()];
}

