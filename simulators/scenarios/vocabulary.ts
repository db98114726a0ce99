/** What a name in an expression of a scenario means, without a machine: for reading files. */
import { commandsOf } from '../machine/commands.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import type { NameKind, Vocabulary } from '../machine/expression.ts';

export function vocabularyOf(definition: PlantDefinition): Vocabulary {
  const names = new Map<string, NameKind>(commandsOf(definition).map(({ id }) => [id, { kind: 'boolean' }]));
  for (const tag of definition.tags) {
    switch (tag.kind) {
      case 'analog': case 'count': names.set(tag.id, { kind: 'number' }); break;
      case 'boolean': names.set(tag.id, { kind: 'boolean' }); break;
      case 'discrete': names.set(tag.id, { kind: 'words', words: tag.states }); break;
    }
  }
  return (name) => names.get(name) ?? null;
}
