/** What is asked of the simulator by the training commands, and how its answers become what the console understands. */
import { z } from 'zod';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { aheadResultOutput, catalogueOutput, devicesOutput, overlayOutput, treeOutput } from '../../contract/training.ts';
import type { Asked, Line } from './line.ts';
import type { Done } from './simulator-link.ts';
import type { Training } from './training.ts';
import { truthAnswer } from './truth-watch.ts';

export const order = (line: Line, { device, position }: CommandInput<'training.order'>): Promise<Done> => line.tell('Order', device, position === null ? 'null' : String(position));
export const devices = (line: Line): Promise<Asked<CommandOutput<'training.devices'>>> => line.ask('Devices', devicesOutput);
export const catalogue = (line: Line): Promise<Asked<CommandOutput<'instructor.catalogue'>>> => line.ask('Catalogue', catalogueOutput);
export const ahead = (line: Line, input: CommandInput<'training.ahead'>): Promise<Asked<{ ahead: string }>> => line.ask('Ahead', z.object({ ahead: z.string().max(80) }), input);
export const aheadResult = (line: Line, id: string): Promise<Asked<CommandOutput<'training.aheadResult'>>> => line.ask('AheadResult', aheadResultOutput, id);
export const snapshot = (line: Line, name: string): Promise<Asked<{ node: string }>> => line.ask('Snapshot', z.object({ node: z.string().max(80) }), name);
export const goBack = (line: Line, node: string): Promise<Done> => line.tell('Backtrack', node);
export const tree = (line: Line): Promise<Asked<CommandOutput<'instructor.tree'>>> => line.ask('Tree', treeOutput);
export const overlay = (line: Line, input: CommandInput<'instructor.overlay'>): Promise<Asked<CommandOutput<'instructor.overlay'>>> => line.ask('Overlay', overlayOutput, input);
export const comms = (line: Line, input: CommandInput<'instructor.comms'>): Promise<Done> => line.tell('Comms', input);

/** The last look of the running exercise; where none runs, the plant as it is. */
export async function truth({ line, exercise }: Pick<Training, 'line' | 'exercise'>): Promise<Asked<CommandOutput<'instructor.truth'>>> {
  const seen = await line.ask('Truth', truthAnswer);
  if (!seen.ok) return seen;
  return { ok: true, value: { sample: exercise?.last ?? null, margins: [...(exercise?.margins ?? [])], events: [...(exercise?.events ?? [])].slice(-200), faults: seen.value.faults ?? [] } };
}
