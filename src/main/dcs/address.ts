/** Where a tag lives, by namespace URI. Pure: the index is looked up anew after every connection. */
import type { DcsTag } from './types.ts';

/** The node id in this server's present numbering, or null when the URI is not there or the text is not an address. */
export function nodeIdOf(tag: DcsTag, namespaceUri: string, namespaceArray: readonly string[]): string | null {
  const text = tag.nodeId ?? `s=${tag.id}`;
  const explicit = /^nsu=([^;]+);(.+)$/s.exec(text);
  const uri = explicit?.[1] ?? namespaceUri;
  const identifier = explicit?.[2] ?? text;
  if (!/^(s=.+|i=\d{1,10}|g=[0-9A-Fa-f-]{36}|b=[0-9A-Za-z+/=]+)$/s.test(identifier)) return null;
  const index = namespaceArray.indexOf(uri);
  return index < 0 ? null : `ns=${index};${identifier}`;
}
