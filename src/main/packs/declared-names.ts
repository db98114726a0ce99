/** Which things a file declares, read from its raw content, so that it also works for a file that is not sound. */
import type { PackFileKind } from './pack-files.ts';

export type NameKind = 'tag' | 'condition' | 'procedure' | 'interlock' | 'zone' | 'area' | 'clause' | 'lab' | 'observation' | 'plant' | 'template' | 'hazard' | 'protection' | 'site' | 'authority';

const LIST_KINDS: readonly (readonly [string, NameKind])[] = [
  ['tags', 'tag'], ['conditions', 'condition'], ['interlocks', 'interlock'], ['zones', 'zone'], ['protection', 'protection'], ['areas', 'area'], ['labs', 'lab'], ['observations', 'observation'], ['templates', 'template'], ['hazards', 'hazard'], ['authority', 'authority'],
];

export interface DeclaredName { readonly kind: NameKind; readonly id: string }

export function declaredNames(fileKind: PackFileKind, content: unknown): DeclaredName[] {
  if (typeof content !== 'object' || content === null) return [];
  const fields = content as Readonly<Record<string, unknown>>;
  switch (fileKind) {
    case 'procedure': return named('procedure', fields['id']);
    case 'clauses': return idsOf('clause', fields['clauses']);
    case 'site': return named('site', fields['site']);
    case 'rules': case 'tags': return LIST_KINDS.flatMap(([key, kind]) => idsOf(kind, fields[key]));
  }
}

/** The plant that a file of rules speaks of; several files share one plant, so this is not a declaration. */
export function plantNamed(fileKind: PackFileKind, content: unknown): string | null {
  if (fileKind === 'procedure' || fileKind === 'clauses' || typeof content !== 'object' || content === null) return null;
  const { plant } = content as { plant?: unknown };
  return typeof plant === 'string' ? plant : null;
}

function idsOf(kind: NameKind, list: unknown): DeclaredName[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).flatMap((entry) => named(kind, typeof entry === 'object' && entry !== null ? (entry as { id?: unknown }).id : undefined));
}

function named(kind: NameKind, id: unknown): DeclaredName[] {
  return typeof id === 'string' ? [{ kind, id }] : [];
}
