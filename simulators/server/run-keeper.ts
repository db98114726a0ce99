/** What a session has of the disk: the file that its own run is written to, earlier runs that can be gone on with, and the trends of the one that was. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { PlantDefinition } from '../machine/definition.ts';
import { PlantMachine } from '../machine/machine.ts';
import type { EarlierRun, RunBook, RunFacts, RunFolder } from './run-file.ts';
import type { Row } from './track.ts';
import { Track } from './track.ts';
import type { MomentFacts, TreeChange } from './tree.ts';
import { RunTree } from './tree.ts';

/** wall time that one tick may spend on the trends of a run that was taken up */
const RETELL_BUDGET_MS = 40;

export class RunKeeper {
  readonly #definition: PlantDefinition;
  readonly #folder: RunFolder | null;
  readonly #nowMs: () => number;
  #book: RunBook | null;
  /** the latest earlier run when the process began */
  readonly #latest: EarlierRun | null;
  /** trends of a run that was taken up, one row a moment */
  #trends: Track | null = null;
  #retelling: Iterator<undefined> | null = null;
  /** rows of the track up to here are of the run that was left for it: their branches have numbers of another tree */
  #leftAtMs = 0;

  /** `folder` null: nothing is kept. */
  constructor(definition: PlantDefinition, folder: RunFolder | null, nowMs: () => number) {
    this.#definition = definition;
    this.#folder = folder;
    this.#nowMs = nowMs;
    folder?.tidy(nowMs());
    this.#latest = folder?.earlier()[0] ?? null;
    this.#book = folder?.begin(nowMs()) ?? null;
  }

  readonly tell = (change: TreeChange): void => this.#book?.tell(change);

  /** for Status: what is written to, and whether an earlier run is there */
  get facts(): { run: RunFacts | null; earlier: EarlierRun | null } {
    return { run: this.#book?.facts ?? null, earlier: this.#latest };
  }

  /** runs of earlier processes that can be gone on with, as they are on the disk now, the latest first */
  runs(): { run: RunFacts | null; earlier: readonly EarlierRun[] } {
    return { run: this.#book?.facts ?? null, earlier: this.#folder?.earlier() ?? [] };
  }

  /** Reads an earlier run (empty: the latest) and the moment at which it ends. */
  read(run: string): Checked<{ run: string; tree: RunTree; last: MomentFacts }> {
    if (this.#folder === null) return no('没有保存演练过程：仿真装置启动时没有给出 --runs。', 'No runs are kept: the simulator was started without --runs.');
    const name = run === '' ? this.#folder.earlier()[0]?.run : run;
    if (name === undefined) return no('没有可以继续的演练过程。', 'There is no earlier run to go on with.');
    const read = this.#folder.read(name);
    if (!read.ok) return read;
    const tree = RunTree.of(read.value);
    const last = tree?.before(Number.MAX_VALUE) ?? null;
    return tree === null || last === null ? no(`演练过程 ${name} 中没有可以返回的时刻。`, `The run ${name} holds no moment to go back to.`) : { ok: true, value: { run: name, tree, last } };
  }

  /** From now on this tree is kept, in a file of its own; the file that it came from is left as it is. */
  goOnWith(tree: RunTree, track: Track): void {
    if (this.#folder === null) return;
    for (const { atMs } of track.walk(true)) {
      this.#leftAtMs = atMs;
      break;
    }
    this.#book?.close();
    this.#book = this.#folder.begin(this.#nowMs());
    this.#book.rewrite(tree.changes());
    tree.tell = this.tell;
    this.#trends = new Track(this.#definition);
    this.#retelling = this.#trendsOf(tree, this.#trends);
  }

  /** Called when something was kept: a file that holds much that no longer counts is written anew. */
  slim(tree: RunTree): void {
    if (this.#book?.isFat(tree.bytes) === true) this.#book.rewrite(tree.changes());
  }

  /** a few rows at a time, so that nobody waits for them */
  retell(nowMs: () => number): void {
    const endMs = nowMs() + RETELL_BUDGET_MS;
    while (this.#retelling !== null && nowMs() < endMs) if (this.#retelling.next().done === true) this.#retelling = null;
  }

  /** what can be laid over each other: the rows of a run that was taken up, then those of this process */
  *rows(track: Track): Generator<Row> {
    if (this.#trends !== null) yield* this.#trends.walk();
    yield* this.own(track);
  }

  /** the rows of this process that belong to the tree of now */
  *own(track: Track): Generator<Row> {
    for (const row of track.walk()) if (row.atMs > this.#leftAtMs) yield row;
  }

  close(): void {
    this.#book?.close();
  }

  /** What the tags showed at each moment that was kept: all that is left of the trends of a run that was taken up. */
  *#trendsOf(tree: RunTree, track: Track): Generator<undefined> {
    const plant = new PlantMachine(this.#definition);
    for (const { id, branch, atMs } of [...tree.all()]) {
      if (plant.restore(tree.open(id)).ok) track.record(plant, branch, atMs);
      yield;
    }
  }
}
