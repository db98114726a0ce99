/**
 * One sound per priority, made of sine tones in code: told apart by rhythm and by pitch, so that neither a deaf ear for high notes
 * nor a noisy room takes the difference away. Browsers keep quiet until somebody has pressed something; the screen says so.
 */
import type { Priority } from '../../contract/view.ts';

export type Note = { hz: number; atMs: number; forMs: number };
export type Pattern = { everyMs: number; notes: readonly Note[] };

const notes = (hz: readonly number[], stepMs: number, forMs: number): Note[] => hz.map((each, index) => ({ hz: each, atMs: index * stepMs, forMs }));

/** The more urgent, the more notes, the higher, and the sooner again. */
export const PATTERNS: Record<Priority, Pattern> = {
  1: { everyMs: 1_500, notes: notes([988, 784, 988, 784, 988], 180, 140) },
  2: { everyMs: 3_000, notes: notes([740, 740, 740], 260, 200) },
  3: { everyMs: 6_000, notes: notes([523, 440], 400, 320) },
  4: { everyMs: 15_000, notes: notes([349], 0, 500) },
};

const VOLUME = 0.25;
/** A tone that starts or ends at once clicks; so it swells and fades within this. */
const EDGE_S = 0.015;

/** `blocked`: the browser waits for a press. `absent`: this machine makes no sound at all. */
export type ChimeState = 'on' | 'blocked' | 'absent';

export class Chime {
  private readonly context: AudioContext | null;
  private readonly listeners = new Set<() => void>();

  constructor() {
    this.context = typeof AudioContext === 'undefined' ? null : new AudioContext();
    this.context?.addEventListener('statechange', () => { for (const listener of this.listeners) listener(); });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly state = (): ChimeState => (this.context === null ? 'absent' : this.context.state === 'running' ? 'on' : 'blocked');

  /** To be called from a press; the browser refuses it at any other time, and then nothing has changed. */
  unlock(): void {
    if (this.context !== null && this.context.state !== 'running') this.context.resume().catch(() => undefined);
  }

  play(priority: Priority): void {
    const context = this.context;
    if (context === null || context.state !== 'running') return;
    for (const { hz, atMs, forMs } of PATTERNS[priority].notes) tone(context, hz, context.currentTime + atMs / 1_000, forMs / 1_000);
  }
}

function tone(context: AudioContext, hz: number, startS: number, forS: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = hz;
  gain.gain.setValueAtTime(0, startS);
  gain.gain.linearRampToValueAtTime(VOLUME, startS + EDGE_S);
  gain.gain.setValueAtTime(VOLUME, startS + forS - EDGE_S);
  gain.gain.linearRampToValueAtTime(0, startS + forS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(startS);
  oscillator.stop(startS + forS);
}
