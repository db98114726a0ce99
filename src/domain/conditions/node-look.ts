/** The engine as a kind may see it, from one node. One object for all nodes: the engine turns it to the node that it looks at. */
import type { Answers } from './answers.ts';
import type { Channels } from './channels.ts';
import type { ExtremesWindow } from './extremes-window.ts';
import type { Look } from './kinds/kind.ts';
import type { LabHistory } from './lab-history.ts';
import type { Memory } from './memory.ts';
import type { Nodes } from './nodes.ts';
import type { Truth } from './truth.ts';

export class NodeLook implements Look {
  readonly channels: Channels;
  readonly #nodes: Nodes;
  readonly #answers: Answers;
  readonly #memory: Memory;
  nowMs = 0;
  /** The node that is looked at. */
  node = 0;

  constructor(channels: Channels, nodes: Nodes, answers: Answers, memory: Memory) {
    this.channels = channels;
    this.#nodes = nodes;
    this.#answers = answers;
    this.#memory = memory;
  }

  get count(): number {
    return this.#nodes.places(this.node);
  }

  get lastWasTrue(): boolean {
    return this.#answers.lastWasTrue(this.node);
  }

  channel(place: number): number {
    return this.#nodes.input(this.node, place);
  }

  part(place: number): Truth {
    return this.#answers.truthOf(this.#nodes.child(this.node, place));
  }

  isUnspoken(): boolean {
    return this.#nodes.observationsBelow(this.node).some((channel) => !this.channels.wasSeen(channel));
  }

  partHeldSinceMs(place: number): number | null {
    return this.#answers.heldSinceMs(this.#nodes.child(this.node, place));
  }

  slopePerMin(untilMs: number): number | null {
    this.#memory.commit(this.channels.newest, this.channel(0));
    return this.#memory.slopes.slopePerMin(this.#memory.slopeOf(this.node), untilMs);
  }

  isSlopeQuiet(perMin: number): boolean {
    this.#memory.commit(this.channels.newest, this.channel(0));
    const { slopes } = this.#memory;
    const w = this.#memory.slopeOf(this.node);
    return slopes.range(w) && slopes.high - slopes.low <= slopes.quietRange(w, perMin, this.channels.sourceMsOf(this.channel(0)));
  }

  extremes(place: number): ExtremesWindow {
    return this.#memory.extremes.get(this.node)?.[place] as ExtremesWindow;
  }

  get lab(): LabHistory {
    return this.#memory.labs.get(this.node) as LabHistory;
  }

  get votes(): number {
    return this.#memory.votes.get(this.node) ?? 0;
  }

  set votes(bits: number) {
    this.#memory.votes.set(this.node, bits);
  }
}
