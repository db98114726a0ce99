/** Brings the small plant's procedure to where only the two approvals of its return are missing. */
import { expect } from 'vitest';
import { placeOf } from '../../../src/domain/procedures/machine.ts';
import type { Console, House } from './house.ts';

export async function readyToReturn(house: House, desk: Console): Promise<string> {
  house.nowMs += 60_000; // Room in the console's measure.
  const must = async (command: Parameters<Console['ask']>[0], input: unknown): Promise<void> => {
    const answer = await desk.ask(command, input);
    expect([command, answer]).toMatchObject([command, { outcome: 'done' }]);
  };
  await must('procedure.raise', { procedure: 'P-1', reason: 'a test' });
  const { instance } = house.core.state.runs[0] ?? expect.fail('nothing runs');
  if (placeOf(house.core.state.runs[0]?.course ?? expect.fail('nothing runs')) === 'raised') await must('procedure.start', { instance });
  house.tell({ 'T-plain': -5 });
  house.pass(10_000);
  await must('post.commander', { signature: house.sign('sup1') });
  await must('post.watch', { signature: house.sign('op1') });
  await must('procedure.investigate', { instance });
  await must('procedure.cause', { instance, text: 'a test', signature: house.sign('eng1') });
  await must('procedure.confirm', { instance, step: 'returnConditions', proof: 'r1', note: '', signature: house.sign('op1') });
  house.pass(2_000);
  return instance;
}
