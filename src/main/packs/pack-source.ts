/** One file of a pack, read by what it is: YAML, or a tag list as CSV. */
import type { PackFile } from './pack-files.ts';
import { readTagList } from './tag-list.ts';
import type { ReadOutcome } from './yaml-source.ts';
import { readYamlSource } from './yaml-source.ts';

export function readPackSource(file: PackFile): ReadOutcome {
  return file.kind === 'tags' ? readTagList(file.name, file.bytes) : readYamlSource(file.name, file.bytes);
}
