/** What the server says about its tags (Part 8): units, ranges, state words. For comparison with the pack, never for judging. */
import { AttributeIds, BrowseDirection } from 'node-opcua-client';
import type { ClientSession } from 'node-opcua-client';
import { nodeIdOf } from './address.ts';
import { chunksOf } from './chunks.ts';
import type { DcsTag, TagDescription } from './types.ts';

const NODES_PER_CALL = 100;
const HAS_PROPERTY = 'i=46';
const MAX_STATES = 256;
const PROPERTIES = ['EngineeringUnits', 'EURange', 'EnumStrings'] as const;
type PropertyName = (typeof PROPERTIES)[number];

interface PropertyNode {
  readonly tag: string;
  readonly name: PropertyName;
  readonly nodeId: string;
}

/** Reads the properties of every tag that the server knows; a tag without properties comes back bare. */
export async function describeTags(session: ClientSession, tags: readonly DcsTag[], namespaceUri: string, namespaceArray: readonly string[]): Promise<TagDescription[]> {
  const found = new Map<string, TagDescription>(tags.map((tag) => [tag.id, { tag: tag.id }]));
  for (const chunk of chunksOf(tags, NODES_PER_CALL)) {
    const properties = await findProperties(session, chunk, namespaceUri, namespaceArray);
    for (const part of chunksOf(properties, NODES_PER_CALL)) {
      const values = await session.read(part.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })));
      part.forEach(({ tag, name }, index) => {
        const known = found.get(tag);
        if (known) found.set(tag, { ...known, ...meaningOf(name, values[index]?.value.value) });
      });
    }
  }
  return [...found.values()];
}

async function findProperties(session: ClientSession, tags: readonly DcsTag[], namespaceUri: string, namespaceArray: readonly string[]): Promise<PropertyNode[]> {
  const addressed = tags.flatMap((tag) => {
    const nodeId = nodeIdOf(tag, namespaceUri, namespaceArray);
    return nodeId === null ? [] : [{ tag: tag.id, nodeId }];
  });
  if (addressed.length === 0) return [];
  const results = await session.browse(
    addressed.map(({ nodeId }) => ({ nodeId, referenceTypeId: HAS_PROPERTY, browseDirection: BrowseDirection.Forward, includeSubtypes: true, nodeClassMask: 0, resultMask: 63 })),
  );
  return results.flatMap((result, index) =>
    (result.references ?? []).flatMap((reference) => {
      const name = PROPERTIES.find((wanted) => wanted === reference.browseName.name);
      const tag = addressed[index]?.tag;
      return name && tag ? [{ tag, name, nodeId: reference.nodeId.toString() }] : [];
    }),
  );
}

function meaningOf(name: PropertyName, value: unknown): Omit<TagDescription, 'tag'> {
  switch (name) {
    case 'EngineeringUnits':
      return unitOf(value);
    case 'EURange':
      return rangeOf(value);
    case 'EnumStrings':
      return { states: Array.isArray(value) ? value.slice(0, MAX_STATES).map((word) => localText(word) ?? '') : [] };
  }
}

function unitOf(value: unknown): { unit?: string } {
  const unit = isRecord(value) ? localText(value['displayName']) : undefined;
  return unit === undefined ? {} : { unit };
}

function rangeOf(value: unknown): { low?: number; high?: number } {
  if (!isRecord(value)) return {};
  const { low, high } = value as { low?: unknown; high?: unknown };
  return { ...(typeof low === 'number' ? { low } : {}), ...(typeof high === 'number' ? { high } : {}) };
}

function localText(value: unknown): string | undefined {
  const text = isRecord(value) ? value['text'] : value;
  return typeof text === 'string' ? text : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
