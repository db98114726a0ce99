/** Two signatures over the wire, with the real handlers, a real journal and real accounts: posts and the shift. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/contract/commands.ts';
import { handOverItems } from '../../src/domain/handover/items.ts';
import { BareStation } from '../support/house/bare-station.ts';
import { sample, shippedPack, T0 } from '../unit/domain/bench.ts';

let station: BareStation;
beforeAll(async () => { station = await BareStation.open(shippedPack()); }, 120_000);
afterAll(() => station.close());
beforeEach(() => station.beginAnew(shippedPack()));

const send = (command: string, input: unknown): Promise<Record<string, unknown>> => station.send(command, input);
const of = (role: 'operator' | 'supervisor' | 'engineer', secret?: string) => station.of(role, secret);

describe('REQ-POST-06 4.5.1 posts over the wire', () => {
  it('both signatures are checked, and which of them did not hold is said; nothing changes', async () => {
    await send('post.watch', { signature: of('operator') });
    const handOver = (from: unknown, to: unknown) => send('post.handOver', { post: 'watch', from, to });
    expect(await handOver(of('operator', 'wrong'), of('engineer'))).toMatchObject({ problem: { code: 'bad-signature', path: 'from' } });
    expect(await handOver(of('operator'), of('engineer', 'wrong'))).toMatchObject({ problem: { code: 'bad-signature', path: 'to' } });
    expect(station.core.state.watch?.user).toBe(of('operator').user);
    expect(await handOver(of('operator'), of('engineer'))).toMatchObject({ outcome: 'done' });
    expect(station.core.state.watch?.user).toBe(of('engineer').user);
  });

  it('a held post is refused as a value; it is relieved by two with a reason', async () => {
    await send('post.watch', { signature: of('operator') });
    expect(await send('post.watch', { signature: of('engineer') })).toMatchObject({ outcome: 'refused', refusal: { operation: 'post.watch', direction: 'intervene', obstacles: [{ rule: 'G-POST-HELD', clause: '4.5.1' }] } });
    expect(await send('post.relieve', { post: 'watch', reason: '', to: of('engineer'), second: of('supervisor') })).toMatchObject({ problem: { code: 'bad-input', path: 'reason' } });
    expect(await send('post.relieve', { post: 'watch', reason: 'collapsed', to: of('engineer'), second: of('engineer') })).toMatchObject({ outcome: 'refused', refusal: { obstacles: [{ rule: 'G-TWO-PERSONS' }] } });
    expect(await send('post.relieve', { post: 'watch', reason: 'collapsed', to: of('engineer'), second: of('supervisor') })).toMatchObject({ outcome: 'done' });
  });

  it('what can be refused is no holding: posts and re-authorisation intervene, the hand-over of the shift holds', () => {
    expect(['post.commander', 'post.watch', 'post.handOver', 'post.relieve', 'procedure.reauthorise', 'shift.handOver'].map((name) => COMMANDS[name as 'post.watch'].direction)).toEqual(['intervene', 'intervene', 'intervene', 'intervene', 'intervene', 'hold']);
  });
});

describe('REQ-HOV-05 the shift over the wire', () => {
  it('is handed over when every open item is ticked and both sign; a retreat in the middle of it is done', async () => {
    station.core.ingest([sample('TI-4202', 60, T0)]);
    const items = () => handOverItems(station.core.plant, station.core.state, T0).map(({ id }) => id);
    const input = (ticked: readonly string[], to = of('supervisor')) => ({ items: ticked, notes: 'pump B vibrates', from: of('operator'), to });
    expect(await send('shift.handOver', input([]))).toMatchObject({ outcome: 'failed', problem: { code: 'bad-input' } });
    expect(await send('shift.handOver', input(items(), of('supervisor', 'wrong')))).toMatchObject({ problem: { code: 'bad-signature', path: 'to' } });
    const before = items();
    expect(await send('retreat.stop', {})).toMatchObject({ outcome: 'done' });
    expect(await send('shift.handOver', input(before))).toMatchObject({ outcome: 'failed' });
    expect(station.core.state.shift).toBe(null);
    expect(await send('shift.handOver', input(items()))).toMatchObject({ outcome: 'done' });
    expect(station.core.state.shift?.user).toBe(of('supervisor').user);
  });

  it('its input is bounded and strict', async () => {
    const rest = { from: of('operator'), to: of('supervisor') };
    for (const wrong of [{ items: ['x'.repeat(300)], notes: '' }, { items: Array.from({ length: 2_000 }, (_, i) => `i${i}`), notes: '' }, { items: [], notes: 'x'.repeat(2_001) }, { items: [], notes: '', more: 1 }]) expect(await send('shift.handOver', { ...wrong, ...rest })).toMatchObject({ problem: { code: 'bad-input' } });
  });
});
