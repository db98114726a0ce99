/**
 * Designs of a plant: one plant is built in several ways (co-current, counter-current), and most of its rules are the same in all of them.
 * A file that says `design: X` stands only where that design is chosen; what it says under an id goes before what the plant says under it.
 */
import type { BrokenNames } from './broken-names.ts';
import type { ParsedFile } from './draft.ts';
import type { Finding } from './finding.ts';
import { GENERAL } from './general-rules.ts';
import { lackingName } from './names.ts';
import type { YamlSource } from './yaml-source.ts';

/** The design chosen for each plant that has several. */
export type Choice = ReadonlyMap<string, string>;

/** Which designs the plants declare, and the files that can be used with them. */
export class Designs {
  readonly findings: Finding[] = [];
  /** Files left out, because what they say of designs does not hold. */
  readonly leftOut: ParsedFile[] = [];
  /** By plant, the default first. */
  readonly #declared = new Map<string, readonly string[]>();
  readonly #files: readonly ParsedFile[];

  constructor(files: readonly ParsedFile[], broken: BrokenNames) {
    const firstIn = new Map<string, YamlSource>();
    for (const file of files) if (file.kind === 'rules' && file.content.designs !== undefined) this.#declare(file.content.plant, file.content.designs, file.source, file.content.design, firstIn);
    for (const file of files) {
      const wrong = this.wrongIn(file, broken);
      if (wrong === null) continue;
      this.findings.push(wrong);
      this.leftOut.push(file);
    }
    const out = new Set(this.leftOut.map(({ source }) => source));
    this.#files = files.filter(({ source }) => !out.has(source));
  }

  of(plant: string): readonly string[] {
    return this.#declared.get(plant) ?? [];
  }

  /** The plants with their default designs, but for those chosen otherwise. A name that the plant does not declare chooses nothing. */
  choice(otherwise: Iterable<readonly [string, string | undefined]> = []): Choice {
    const chosen = new Map<string, string>();
    for (const [plant, [first]] of this.#declared) if (first !== undefined) chosen.set(plant, first);
    for (const [plant, design] of otherwise) if (design !== undefined && this.of(plant).includes(design)) chosen.set(plant, design);
    return chosen;
  }

  /** Every design that is not the default of its plant. */
  others(): { readonly plant: string; readonly design: string }[] {
    return [...this.#declared].flatMap(([plant, [, ...others]]) => others.map((design) => ({ plant, design })));
  }

  filesIn(choice: Choice): ParsedFile[] {
    return this.#files.filter((file) => {
      const said = designSaid(file);
      return said === null || choice.get(said.plant) === said.design;
    });
  }

  /** A file may say only a design that its plant has. */
  wrongIn(file: ParsedFile, broken: BrokenNames): Finding | null {
    const said = designSaid(file);
    if (said === null || this.of(said.plant).includes(said.design)) return null;
    return { file: file.source.file, ...file.source.place(['design']), severity: 'error', ...this.#unknown(said.plant, said.design, broken) };
  }

  #unknown(plant: string, design: string, broken: BrokenNames): { readonly message: string; readonly because?: string } {
    const known = this.of(plant);
    if (known.length > 0) return { message: `unknown design '${design}' of plant ${plant}; expected one of ${known.join(', ')}` };
    // The file that declares them may be the one that could not be loaded.
    const brokenFile = broken.fileOf('plant', plant, '');
    return brokenFile === undefined ? { message: `plant ${plant} declares no designs, so '${design}' is none of them; expected 'designs: [...]' in a rules file of ${plant}, or no 'design' here` } : lackingName('design', design, new Set(), brokenFile);
  }

  #declare(plant: string, designs: readonly string[], source: YamlSource, within: string | undefined, firstIn: Map<string, YamlSource>): void {
    const refuse = (path: readonly PropertyKey[], message: string): void => { this.findings.push({ file: source.file, ...source.place(path), severity: 'error', message }); };
    const twice = designs.findIndex((design, index) => designs.indexOf(design) < index);
    const first = firstIn.get(plant);
    if (plant === GENERAL) refuse(['designs'], 'the general rules are no plant and have no designs; expected designs in a file of a plant');
    else if (within !== undefined) refuse(['designs'], `the designs of plant ${plant} are declared in a file of the design '${within}' alone; expected them in a file that stands in every design`);
    else if (first !== undefined) refuse(['designs'], `the designs of plant ${plant} are declared again, first in ${first.file}:${first.place(['designs']).line}; expected them once in a plant`);
    else if (twice >= 0) refuse(['designs', twice], `duplicate design '${designs[twice] ?? ''}'; expected every design once`);
    else { firstIn.set(plant, source); this.#declared.set(plant, designs); }
  }
}

/** Files of one design only. A site says its design, too, and is chosen by its own name. */
export function designSaid(file: ParsedFile): { readonly plant: string; readonly design: string } | null {
  if (file.kind === 'clauses' || file.content.design === undefined) return null;
  return { plant: file.content.plant, design: file.content.design };
}

/** What a design that is not the default says anew, told as a matter of that design where the file stands in others as well. */
export function findingsOfDesign(design: string, found: readonly Finding[], before: readonly Finding[], files: readonly ParsedFile[]): Finding[] {
  const keyOf = ({ file, line, column, message }: Finding): string => `${file}:${line}:${column}:${message}`;
  const known = new Set(before.map(keyOf));
  const own = new Set(files.filter((file) => designSaid(file)?.design === design).map(({ source }) => source.file));
  return found.filter((finding) => !known.has(keyOf(finding))).map((finding) => (own.has(finding.file) ? finding : { ...finding, message: `in the design ${design}: ${finding.message}` }));
}
