/** What stands in files that could not be loaded: a name from there is not misspelt, it is missing. */
import { declaredNames, plantNamed } from './declared-names.ts';
import type { DeclaredName } from './declared-names.ts';
import { GENERAL } from './general-rules.ts';
import type { PackFileKind } from './pack-files.ts';

/** Ids that are one list over all plants; the others belong to a plant, and two plants may well use the same one. */
const GLOBAL_KINDS: readonly DeclaredName['kind'][] = ['procedure', 'clause', 'plant'];

export class BrokenNames {
  readonly #files = new Map<string, string>();
  /** Templates of broken files: an id made from one is longer than the template's own. */
  readonly #templates: { readonly plant: string; readonly id: string; readonly file: string }[] = [];

  /** Takes note of a file that is left out, from its raw content. */
  remember(file: string, kind: PackFileKind, content: unknown): void {
    const plant = plantNamed(kind, content);
    if (plant !== null) this.#files.set(keyOf('plant', plant, null), file);
    for (const name of declaredNames(kind, content)) {
      this.#files.set(keyOf(name.kind, name.id, plant), file);
      if (name.kind === 'template') this.#templates.push({ plant: plant ?? '', id: name.id, file });
    }
  }

  /** The file that a thing of this plant, or of the general rules, stands in; undefined when no broken file names it. */
  fileOf(kind: DeclaredName['kind'], id: string, plant: string): string | undefined {
    const own = this.#files.get(keyOf(kind, id, plant)) ?? this.#files.get(keyOf(kind, id, GENERAL));
    if (own !== undefined || kind !== 'condition') return own;
    return this.#templates.find((template) => (template.plant === plant || template.plant === GENERAL) && id.startsWith(`${template.id}-`))?.file;
  }
}

/** The key of a name: two files that declare the same key stand for each other. */
export function keyOf(kind: DeclaredName['kind'], id: string, plant: string | null): string {
  return GLOBAL_KINDS.includes(kind) ? `${kind} ${id}` : `${plant ?? ''} ${kind} ${id}`;
}
