/** Sentences of a session: how a model ended, where it was led back to, what it was begun from. */
import type { Refused } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { PlantDefinition, Words } from '../machine/definition.ts';
import type { PlantMachine } from '../machine/machine.ts';
import { failureWords } from '../machine/words.ts';
import type { MomentFacts } from './tree.ts';

export function ended({ failure }: PlantMachine): Refused {
  const words = failure === null ? { zh: '模型已停止。', en: 'The model has ended.' } : failureWords(failure);
  return no(words.zh, words.en);
}

/** a moment with a name by its name, every other by its time */
export function backAt({ kind, name, timeS }: MomentFacts): Words {
  return kind === 'named' ? { zh: `回到“${name}”（${timeS} 秒）`, en: `Back at "${name}" (${timeS} s)` } : { zh: `回到 ${timeS} 秒`, en: `Back at ${timeS} s` };
}

export function begunFrom({ starts }: PlantDefinition, startId: string, seed: number): Words {
  const { zh, en } = starts.find(({ id }) => id === startId) ?? { zh: '正常运行', en: 'normal running' };
  return { zh: `从“${zh}”开始，种子 ${seed}`, en: `Begun from "${en}" with seed ${seed}` };
}
