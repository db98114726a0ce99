/** Sites of the plants: each judged whole over the plant that it belongs to, and taken whole or not at all. */
import path from 'node:path';
import type { Text } from '../../contract/text.ts';
import type { BrokenNames } from './broken-names.ts';
import { checkDraft } from './checks.ts';
import type { Designs } from './designs.ts';
import type { Draft, ParsedFile, PlantDraft, SiteSource } from './draft.ts';
import type { Finding } from './finding.ts';
import { GENERAL } from './general-rules.ts';
import { lackingName } from './names.ts';
import type { PackFile } from './pack-files.ts';
import type { ResolvedDraft } from './resolve.ts';
import type { YamlSource } from './yaml-source.ts';

export interface SiteOutcome {
  readonly id: string;
  readonly plant: string;
  readonly title: Text;
  readonly file: string;
  /** False: the site is refused, and its plant runs with its own figures. */
  readonly applied: boolean;
  readonly findings: readonly Finding[];
}

/** A site's file as it was parsed; `parsed` is null when it could not be. */
interface ParsedSite { readonly parsed: ParsedFile | null; readonly source: YamlSource | null; readonly findings: readonly Finding[] }
interface PlantsAsTheyStand { readonly joined: Draft; readonly standing: readonly Finding[] }
/** The plants with a plant's design, or with their own when the site names none. */
type InDesign = (plant: string, design: string | undefined) => PlantsAsTheyStand;

/** The sites that somebody asked for: one by its id, or every one for `lint`. */
export class SitesAsked {
  readonly #asked: { readonly site?: string | undefined; readonly every?: boolean };
  readonly #sound: SiteSource[] = [];
  readonly #broken: SiteOutcome[] = [];
  readonly #known: string[] = [];
  /** What the asked-for site says of its design, also where the rest of it does not hold: a plant is not built otherwise because a figure is refused. */
  readonly #designs = new Map<string, string>();

  constructor(asked: { readonly site?: string | undefined; readonly every?: boolean }) {
    this.#asked = asked;
  }

  add(file: PackFile, { parsed, source, findings }: ParsedSite): void {
    const content = parsed?.kind === 'site' ? parsed.content : null;
    const id = content?.site ?? rawText(source?.value, 'site') ?? path.basename(file.name).replace(/\.ya?ml$/u, '');
    this.#known.push(id);
    if (this.#asked.every !== true && id !== this.#asked.site) return;
    const [plant, design] = [content?.plant ?? rawText(source?.value, 'plant'), content?.design ?? rawText(source?.value, 'design')];
    if (plant !== null && design !== null && this.#asked.every !== true && !this.#designs.has(plant)) this.#designs.set(plant, design);
    if (parsed?.kind === 'site') this.#sound.push(parsed);
    else this.#broken.push({ id, plant: rawText(source?.value, 'plant') ?? path.basename(path.dirname(path.dirname(file.name))), title: { zh: id, en: id }, file: file.name, applied: false, findings });
  }

  /** The design of each plant as the site that was asked for has it. None when all sites are judged. */
  designsAsked(): ReadonlyMap<string, string> {
    return this.#designs;
  }

  /** Each site over its plant as it stands in the site's design; the drafts of those that are applied, by plant. */
  judge(standingIn: InDesign, designs: Designs, broken: BrokenNames): { readonly outcomes: readonly SiteOutcome[]; readonly drafts: ReadonlyMap<string, PlantDraft> } {
    const judged = this.#sound.map((site) => judgeSite(site, standingIn, designs, broken));
    const outcomes = [...this.#broken, ...judged.map(({ outcome }) => outcome), ...this.#twice()];
    const { site } = this.#asked;
    if (site !== undefined && outcomes.length === 0) outcomes.push(...this.#missing(site, standingIn('', undefined).joined));
    const refused = new Set(outcomes.filter((outcome) => !outcome.applied).map((outcome) => outcome.plant));
    const drafts = new Map<string, PlantDraft>();
    for (const { outcome, draft } of this.#asked.every === true ? [] : judged) {
      const plant = draft?.plants.get(outcome.plant);
      if (plant !== undefined && !refused.has(outcome.plant)) drafts.set(outcome.plant, plant);
    }
    return { outcomes, drafts };
  }

  /** Two files for one site: neither can be told to be the right one. */
  #twice(): SiteOutcome[] {
    return this.#sound.flatMap((site, index) => {
      const first = this.#sound.slice(0, index).find((other) => other.content.site === site.content.site && other.content.plant === site.content.plant);
      if (first === undefined) return [];
      const { content, source } = site;
      return [{ id: content.site, plant: content.plant, title: content.title, file: source.file, applied: false, findings: [{ file: source.file, ...source.place(['site']), severity: 'error' as const, message: `duplicate site '${content.site}', first in ${first.source.file}; expected every site of a plant once` }] }];
    });
  }

  /** Asked for by a name that no file has: said for every plant, none of which has other figures then. */
  #missing(site: string, joined: Draft): SiteOutcome[] {
    const message = `${lackingName('site', site, new Set(this.#known)).message}${this.#known.length === 0 ? " in a plant's folder sites/" : ''}`;
    return [...joined.plants.values()].filter((plant) => plant.id !== GENERAL).map((plant) => {
      // The place where the file would be.
      const file = path.join(path.dirname(plant.plantKeys[0]?.source.file ?? ''), 'sites', `${site}.yaml`);
      return { id: site, plant: plant.id, title: { zh: site, en: site }, file, applied: false, findings: [{ file, line: 1, column: 1, severity: 'error' as const, message }] };
    });
  }
}

function rawText(content: unknown, key: string): string | null {
  const value = typeof content === 'object' && content !== null ? (content as Readonly<Record<string, unknown>>)[key] : null;
  return typeof value === 'string' ? value : null;
}

/** The site over its plant, and what is wrong with it: everything that was not wrong without it. */
function judgeSite(site: SiteSource, standingIn: InDesign, designs: Designs, broken: BrokenNames): { readonly outcome: SiteOutcome; readonly draft: ResolvedDraft | null } {
  const { content, source } = site;
  const outcome = { id: content.site, plant: content.plant, title: content.title, file: source.file };
  const { joined, standing: before } = standingIn(content.plant, content.design);
  if (!joined.plants.has(content.plant) || content.plant === GENERAL) {
    const finding: Finding = { file: source.file, ...source.place(['plant']), severity: 'error', ...lackingName('plant', content.plant, new Set(joined.plants.keys()), broken.fileOf('plant', content.plant, '')) };
    return { outcome: { ...outcome, applied: false, findings: [finding] }, draft: null };
  }
  const wrongDesign = designs.wrongIn(site, broken);
  if (wrongDesign !== null) return { outcome: { ...outcome, applied: false, findings: [wrongDesign] }, draft: null };
  const { draft, complaints } = checkDraft(joined, broken, site);
  // By what is said: with the override in place, the same thing is said at the override.
  const known = new Set(before.map((finding) => finding.message));
  const findings = complaints.map((complaint) => complaint.finding).filter((finding) => !known.has(finding.message)).map((finding) => atSite(finding, site));
  const applied = findings.every((finding) => finding.severity !== 'error');
  return { outcome: { ...outcome, applied, findings }, draft: applied ? draft : null };
}

/** What a site breaks in another file is the site's fault, and is said in the site's file. */
function atSite(finding: Finding, { source }: SiteSource): Finding {
  if (finding.file === source.file) return finding;
  const { because: _because, ...own } = finding;
  return { ...own, file: source.file, ...source.place(['site']), message: `with this site's figures, ${path.basename(finding.file)}:${finding.line}:${finding.column}: ${finding.message}` };
}
