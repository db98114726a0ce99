/** What a benchmark is and what it answers. Each one measures its peer in the same run, so that a noisy machine disturbs both. */

/** One figure. `low` and `high` are the range over `runs` repetitions; `figure` is their median. */
export interface Figure {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  /** What the figure is measured against; null when nothing comparable ran beside it. */
  readonly peer: string | null;
  readonly peerFigure: number | null;
  /** figure / peerFigure. */
  readonly ratio: number | null;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

export interface BenchContext {
  /** A folder of its own on a real disk; removed afterwards. */
  readonly dir: string;
  /** One line for whoever waits. */
  readonly progress: (line: string) => void;
}

export interface Benchmark {
  readonly name: string;
  readonly about: string;
  /** `checkout`: starts the simulator, which an installed copy does not have. */
  readonly needs: 'nothing' | 'checkout';
  /** Too long for a run of all: only when it is named. */
  readonly onlyByName?: true;
  readonly run: (context: BenchContext) => Promise<readonly Figure[]>;
}
