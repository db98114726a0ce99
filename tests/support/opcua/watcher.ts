/** Keeps what a client under test has said, and waits for it to say something. */
import { severityOf } from '../../../src/domain/samples/sample.ts';
import type { Sample, StatusSeverity } from '../../../src/domain/samples/sample.ts';
import type { DcsClient, Gap, LinkState } from '../../../src/main/dcs/index.ts';

/** Generous: only so that a broken test ends. */
const PATIENCE_MS = 30_000;

/** Everything that one client has told since it was watched. */
export class Watcher {
  readonly latest = new Map<string, Sample>();
  readonly samples: Sample[] = [];
  readonly links: LinkState[] = [];
  readonly gaps: Gap[] = [];
  aliveCount = 0;
  readonly client: DcsClient;

  constructor(client: DcsClient) {
    this.client = client;
    client.onSamples((batch) => {
      for (const sample of batch) {
        this.samples.push(sample);
        this.latest.set(sample.tag, sample);
      }
    });
    client.onLink((state) => this.links.push(state));
    client.onGap((gap) => this.gaps.push(gap));
    client.onAlive(() => (this.aliveCount += 1));
  }

  value(tag: string): Sample['value'] | undefined {
    return this.latest.get(tag)?.value;
  }

  status(tag: string): number | undefined {
    return this.latest.get(tag)?.status;
  }

  /** Whether the latest samples of all these tags are of this severity. */
  all(tags: readonly string[], severity: StatusSeverity): boolean {
    return tags.every((tag) => {
      const sample = this.latest.get(tag);
      return sample !== undefined && severityOf(sample.status) === severity;
    });
  }

  get phases(): string[] {
    return this.links.map((link) => link.phase);
  }

  async until(what: string, condition: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`never happened: ${what}; link ${JSON.stringify(this.client.link())}; latest ${JSON.stringify([...this.latest.values()].slice(0, 20))}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
