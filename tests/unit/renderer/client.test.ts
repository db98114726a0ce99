// The transport against a fake channel: gap, retry with the same id, time-out, silence.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Request } from '../../../src/contract/envelope.ts';
import type { ChannelEvents } from '../../../src/renderer/transport/channel.ts';
import { QUIET_ANSWER_MS, QUIET_MS, REQUEST_TIMEOUT_MS, StationClient, backoffMs } from '../../../src/renderer/transport/client.ts';
import { viewOf } from '../../support/fake-station/scenes.ts';

class FakeWire {
  readonly sent: Request[] = [];
  opens = 0;
  events: ChannelEvents | null = null;
  readonly open = (events: ChannelEvents) => {
    this.opens += 1;
    this.events = events;
    return { send: (json: string) => { this.sent.push(JSON.parse(json) as Request); }, close: () => undefined };
  };
  answer(request: Request | undefined, output: unknown): void {
    this.events?.onMessage(JSON.stringify({ kind: 'response', id: request?.id, outcome: 'done', output }));
  }
  snapshot(seq: number): void {
    this.answer(this.sent.findLast(({ command }) => command === 'view.snapshot'), { seq, nowMs: 1_000, view: viewOf('normal', 1e12, 1e12), values: {}, session: null });
  }
  push(seq: number): void {
    this.events?.onMessage(JSON.stringify({ kind: 'push', seq, nowMs: 1_000, sections: {}, values: {}, session: null, dropped: 0 }));
  }
  of(command: string): Request[] { return this.sent.filter((request) => request.command === command); }
}

function connected() {
  const wire = new FakeWire();
  const told = { onSnapshot: vi.fn(), onPush: vi.fn(), onConnected: vi.fn() };
  const client = new StationClient(wire.open, told);
  client.start();
  wire.events?.onOpen();
  return { wire, told, client };
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('the client', () => {
  test('opens, takes a snapshot, then says connected', async () => {
    const { wire, told } = connected();
    expect(told.onConnected).not.toHaveBeenCalled();
    wire.snapshot(5);
    await settled();
    expect(told.onSnapshot).toHaveBeenCalledOnce();
    expect(told.onConnected).toHaveBeenLastCalledWith(true);
  });

  test('pushes in order are applied, an old one is not, a gap asks for one snapshot', async () => {
    const { wire, told } = connected();
    wire.snapshot(5);
    await settled();
    wire.push(6);
    wire.push(6);
    expect(told.onPush).toHaveBeenCalledTimes(1);
    expect(wire.of('view.snapshot')).toHaveLength(1);
    wire.push(8);
    wire.push(10);
    expect(told.onPush).toHaveBeenCalledTimes(3);
    expect(wire.of('view.snapshot')).toHaveLength(2);
    wire.snapshot(9);
    await settled();
    expect(told.onSnapshot, 'a snapshot older than what was pushed is not applied').toHaveBeenCalledTimes(1);
    expect(wire.of('view.snapshot')).toHaveLength(3);
  });

  test('after a reconnect the same request goes out again with the same id, before the snapshot', async () => {
    const { wire, told, client } = connected();
    wire.snapshot(1);
    await settled();
    const answer = client.request('alarm.acknowledge', { alarms: ['a'] });
    wire.events?.onClose();
    expect(told.onConnected).toHaveBeenLastCalledWith(false);
    await vi.advanceTimersByTimeAsync(backoffMs(0));
    expect(wire.opens).toBe(2);
    const before = wire.sent.length;
    wire.events?.onOpen();
    const [first, second] = wire.of('alarm.acknowledge');
    expect(second?.id).toBe(first?.id);
    expect(wire.sent[before]?.command).toBe('alarm.acknowledge');
    wire.answer(second, {});
    expect(await answer).toEqual({ outcome: 'done', output: {} });
  });

  test('an ordinary request gives up after its time-out; a retreat request waits through every reconnect', async () => {
    const { wire, client } = connected();
    wire.snapshot(1);
    await settled();
    wire.events?.onClose();
    const ordinary = client.request('journal.verify', {});
    const stop = client.request('retreat.stop', {}, { untilAnswered: true });
    await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS);
    expect(await ordinary).toMatchObject({ outcome: 'failed', problem: { code: 'timeout' } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wire.of('retreat.stop')).toHaveLength(0);
    wire.events?.onOpen();
    wire.answer(wire.of('retreat.stop')[0], { atMs: 7, actedOn: 'simulator' });
    expect(await stop).toMatchObject({ outcome: 'done', output: { atMs: 7 } });
  });

  test('an open channel that falls silent counts as lost', async () => {
    const { wire, told } = connected();
    wire.snapshot(1);
    await settled();
    await vi.advanceTimersByTimeAsync(QUIET_MS + QUIET_ANSWER_MS + 1);
    expect(told.onConnected).toHaveBeenLastCalledWith(false);
  });

  test('an answer that does not fit the contract is a problem, not a value', async () => {
    const { wire, client } = connected();
    const answer = client.request('journal.verify', {});
    wire.answer(wire.of('journal.verify')[0], { verdict: 'fine' });
    expect(await answer).toMatchObject({ outcome: 'failed', problem: { code: 'unreadable' } });
  });

  test('backoff runs from 250 ms to 2 s', () => {
    expect([0, 1, 2, 3, 9].map(backoffMs)).toEqual([250, 500, 1_000, 2_000, 2_000]);
  });
});

describe('REQ-SES-13 going on after the connection was lost', () => {
  async function loggedOn() {
    const parts = connected();
    parts.wire.snapshot(5);
    await settled();
    const asked = parts.client.request('session.logOn', { user: 'op1', secret: 'x' });
    parts.wire.answer(parts.wire.of('session.logOn').at(-1), { ticket: 't'.repeat(43) });
    await asked;
    return parts;
  }
  async function reconnect(wire: FakeWire): Promise<void> {
    wire.events?.onClose();
    wire.sent.length = 0;
    await vi.advanceTimersByTimeAsync(backoffMs(0));
    wire.events?.onOpen();
  }

  test('3.4 the retreat that waited goes first, then the ticket, then what needs the person, then the snapshot', async () => {
    const { wire, client } = await loggedOn();
    wire.events?.onClose();
    wire.sent.length = 0;
    void client.request('alarm.acknowledge', { alarms: ['a'] });
    void client.request('retreat.stop', {}, { untilAnswered: true });
    await vi.advanceTimersByTimeAsync(backoffMs(0));
    wire.events?.onOpen();
    expect(wire.sent.map(({ command }) => command)).toEqual(['retreat.stop', 'session.resume', 'alarm.acknowledge', 'view.snapshot']);
    expect(wire.of('session.resume')[0]?.input).toEqual({ ticket: 't'.repeat(43) });
  });

  test('after log-off, or when the station says that it has ended, no ticket is shown any more', async () => {
    const first = await loggedOn();
    const off = first.client.request('session.logOff', {});
    first.wire.answer(first.wire.of('session.logOff').at(-1), {});
    await off;
    await reconnect(first.wire);
    expect(first.wire.of('session.resume')).toEqual([]);

    const second = await loggedOn();
    await reconnect(second.wire);
    second.wire.events?.onMessage(JSON.stringify({ kind: 'response', id: second.wire.of('session.resume')[0]?.id, outcome: 'failed', problem: { code: 'log-on-ended', message: '' } }));
    await reconnect(second.wire);
    expect(second.wire.of('session.resume')).toEqual([]);
  });

  test('a page that has not logged on shows none', async () => {
    const { wire } = connected();
    await reconnect(wire);
    expect(wire.of('session.resume')).toEqual([]);
  });
});
