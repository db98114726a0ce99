/**
 * The incidents and their time lines as the screens read them: first what the browser's store has, then what is missing from the station,
 * whose journal is the truth. While nobody looks, nothing is asked. Without a connection what is there is shown, with the time of the last
 * word of the station; without a store everything comes from the station.
 */
import { TIMELINE_PAGE_MAX } from '../../contract/incidents.ts';
import type { IncidentEvent, IncidentRow } from '../../contract/incidents.ts';
import type { ClientProblem, StationClient } from '../transport/client.ts';
import { IncidentMirror } from './incident-mirror.ts';
import type { ConsoleModel } from './model.ts';

/** How often it is looked whether there is news, and how often an open incident is counted anew. */
const TICK_MS = 1_000;
const RECOUNT_MS = 10_000;
/** After a question that failed. */
const AGAIN_MS = 5_000;
export const LIST_PAGE = 30;
/** A page may be short, even empty, and still go on: so many questions for one look. */
const EMPTY_PAGES_MAX = 200;
/** Events of one time line that the console holds; what is beyond is in the report. */
export const STORY_EVENTS_MAX = 50_000;
/** Time lines held at a time. */
const STORIES_MAX = 4;
/** Records belong to an incident until half an hour after its close. */
const AROUND_MS = 30 * 60_000;

export type ListView = {
  rows: readonly IncidentRow[];
  /** Older ones can be asked for. */
  hasMore: boolean;
  phase: 'loading' | 'idle';
  problem: ClientProblem | null;
  /** When the station last spoke of them; null = they are as the station has them now. */
  asOfMs: number | null;
  /** False: the browser's store does not work. */
  isMirrored: boolean;
};
export type StoryView = {
  incident: string;
  /** In the order of their records. */
  events: readonly IncidentEvent[];
  /** All records up to this one have been read, of `head` that there are; null before the station has spoken. */
  upTo: number;
  head: number | null;
  phase: 'loading' | 'idle';
  problem: ClientProblem | null;
  asOfMs: number | null;
  /** There are more than the console holds. */
  isFull: boolean;
};
/** Of no generation of the mirror. */
const NOT_WRITTEN = -1;

type Story = { view: StoryView; watchers: number; isBusy: boolean; isRecalled: boolean; failedAtMs: number; /** Written into the mirror of this generation. */ generation: number };

export class Incidents {
  private readonly model: ConsoleModel;
  private readonly client: StationClient;
  private readonly mirror = new IncidentMirror();
  private readonly listeners = new Set<() => void>();
  private readonly rows = new Map<string, IncidentRow>();
  private readonly stories = new Map<string, Story>();
  private listView: ListView = { rows: [], hasMore: false, phase: 'loading', problem: null, asOfMs: null, isMirrored: true };
  /** Where the list goes on; null = it is whole. */
  private next: number | null = null;
  /** Of the journal that the station has; '' = it does not say, then nothing is mirrored. */
  private identity: string | null = null;
  private recalledOf: string | null = null;
  private recordsSeen = 0;
  /** Goes up when everything is forgotten: an answer that was asked for before is not taken. */
  private epoch = 0;
  private hasRecalled = false;
  private listWatchers = 0;
  private isListBusy = false;
  private wantsOlder = false;
  private listGeneration = NOT_WRITTEN;
  private listedFor = '';
  private listedAtMs = -Infinity;
  private listFailedAtMs = -Infinity;
  private timer: ReturnType<typeof setInterval> | null = null;
  private turning: Promise<void> | null = null;

  constructor(model: ConsoleModel, client: StationClient) {
    this.model = model;
    this.client = client;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly list = (): ListView => this.listView;

  story(incident: string): StoryView { return this.storyOf(incident).view; }

  watchList(): () => void {
    this.listWatchers += 1;
    this.turn();
    return () => { this.listWatchers -= 1; this.rest(); };
  }

  watchStory(incident: string): () => void {
    const story = this.storyOf(incident);
    story.watchers += 1;
    this.turn();
    return () => { story.watchers -= 1; this.rest(); };
  }

  loadOlder(): void {
    this.wantsOlder = true;
    this.turn();
  }

  private storyOf(incident: string): Story {
    const known = this.stories.get(incident);
    if (known !== undefined) return known;
    const made: Story = { view: emptyStory(incident), watchers: 0, isBusy: false, isRecalled: false, failedAtMs: -Infinity, generation: NOT_WRITTEN };
    this.stories.set(incident, made);
    for (const [id, story] of this.stories) if (this.stories.size > STORIES_MAX && story.watchers === 0 && id !== incident) this.stories.delete(id);
    return made;
  }

  private isWatched(): boolean { return this.listWatchers > 0 || [...this.stories.values()].some(({ watchers }) => watchers > 0); }

  private rest(): void {
    if (this.isWatched() || this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
  }

  /** One look at what is there and what is missing. Only one at a time; whoever comes meanwhile is served by the next. */
  private turn(): void {
    this.timer ??= setInterval(() => this.turn(), TICK_MS);
    if (this.turning !== null || !this.isWatched()) return;
    this.turning = this.look().finally(() => { this.turning = null; });
  }

  private async look(): Promise<void> {
    await this.settle();
    if (!this.hasRecalled) await this.recall();
    this.rewriteWhatWasLost();
    if (this.listWatchers > 0) void this.readList();
    for (const [id, story] of this.stories) if (story.watchers > 0) void this.readStory(id, story);
    this.showAge();
  }

  /** Whose incidents these are. Another journal than before, or one that has lost records: nothing that is here belongs to it. */
  private async settle(): Promise<void> {
    const station = this.model.section('station'), plant = this.model.section('plant');
    if (!this.isConnected() || station === undefined || plant === undefined) return;
    const { genesis, records } = station.journal;
    // Sentences and titles are of a version and a plant; rows of another one would not match those that come now.
    const identity = genesis === undefined ? '' : `${genesis}/${station.version}/${plant.id}`;
    const isRewound = records < this.recordsSeen;
    this.recordsSeen = isRewound ? records : Math.max(records, this.recordsSeen);
    if (identity === this.identity && !isRewound) return;
    if (isRewound || this.identity !== null || (this.hasRecalled && this.recalledOf !== identity)) this.forget();
    this.identity = identity;
    if (identity !== '') await this.mirror.settle(identity, records, this.model.nowMs());
    else this.hasRecalled = true;
  }

  private forget(): void {
    this.epoch += 1;
    this.rows.clear();
    this.next = null;
    this.listedFor = '';
    this.listedAtMs = -Infinity;
    this.hasRecalled = false;
    for (const [id, story] of this.stories) Object.assign(story, { view: emptyStory(id), isRecalled: false, failedAtMs: -Infinity, generation: NOT_WRITTEN });
    this.showList({ phase: 'loading', problem: null });
  }

  private async recall(): Promise<void> {
    this.hasRecalled = true;
    const [journal, rows] = await Promise.all([this.mirror.journal(), this.mirror.rows()]);
    if (journal === undefined || (this.identity !== null && journal.identity !== this.identity)) { this.showList({}); return; }
    this.recalledOf = journal.identity;
    this.recordsSeen = Math.max(this.recordsSeen, journal.records);
    for (const row of rows) if (!this.rows.has(row.id)) this.rows.set(row.id, row);
    this.next = journal.next;
    this.listGeneration = this.mirror.generation;
    this.showList({ phase: this.isConnected() ? 'loading' : 'idle', asOfMs: journal.atMs });
  }

  /** The store was deleted or has come back: what is in memory goes into it again. */
  private rewriteWhatWasLost(): void {
    const { generation } = this.mirror;
    if (this.identity === null || this.identity === '' || !this.isConnected()) return;
    if (this.listGeneration !== generation && this.rows.size > 0) { this.listGeneration = generation; void this.keepList([]); }
    for (const [id, story] of this.stories) {
      if (story.generation === generation || !story.isRecalled || story.view.events.length === 0) continue;
      story.generation = generation;
      void this.mirror.keepStory(id, story.view.events, { upTo: story.view.upTo, count: story.view.events.length, usedMs: this.model.nowMs() }).then((isKept) => { if (!isKept) story.generation = NOT_WRITTEN; });
    }
  }

  /** What was not taken is brought again at a later look. */
  private async keepList(left: readonly string[]): Promise<void> {
    const isKept = this.identity !== null && this.identity !== '' && await this.putList(left, this.identity);
    if (!isKept) this.listGeneration = NOT_WRITTEN;
  }

  private putList(left: readonly string[], identity: string): Promise<boolean> {
    const records = this.model.section('station')?.journal.records ?? 0;
    return this.mirror.keepRows([...this.rows.values()].toSorted(byNewest), left, { identity, records, next: this.next, atMs: this.model.nowMs() });
  }

  // --- the list -----------------------------------------------------------------------------------------------------------------

  private isListDue(): boolean {
    const current = this.model.section('incident');
    const key = `${current?.current?.id ?? ''}/${current?.past[0]?.id ?? ''}/${current?.past.length ?? 0}`;
    const isDue = key !== this.listedFor || (current?.current != null && performance.now() - this.listedAtMs >= RECOUNT_MS);
    this.listedFor = key;
    return isDue;
  }

  private async readList(): Promise<void> {
    if (this.isListBusy || !this.isConnected() || performance.now() - this.listFailedAtMs < AGAIN_MS) return;
    this.isListBusy = true;
    try {
      if (this.isListDue() || this.listView.asOfMs !== null) await this.readNewest();
      if (this.wantsOlder) await this.readOlder();
    } finally {
      this.isListBusy = false;
    }
  }

  private async readNewest(): Promise<void> {
    const page = await this.readPage(undefined);
    if (page === null) return;
    const ids = new Set(page.rows.map(({ id }) => id));
    const overlaps = this.rows.size === 0 || page.rows.some(({ id }) => this.rows.has(id));
    // Without a row in common there is a hole between these and those that were here: they go, and are asked for when somebody wants them.
    const left = page.next === null || !overlaps ? [...this.rows.keys()].filter((id) => !ids.has(id)) : [];
    const isFirst = this.rows.size === 0;
    for (const id of left) this.rows.delete(id);
    for (const row of page.rows) this.rows.set(row.id, row);
    if (isFirst || left.length > 0 || page.next === null) this.next = page.next;
    this.listedAtMs = performance.now();
    this.showList({ phase: 'idle', problem: null, asOfMs: null });
    await this.keepList(left);
  }

  private async readOlder(): Promise<void> {
    this.wantsOlder = false;
    if (this.next === null) return;
    this.showList({ phase: 'loading' });
    const page = await this.readPage(this.next);
    if (page === null) return;
    for (const row of page.rows) this.rows.set(row.id, row);
    this.next = page.next;
    this.showList({ phase: 'idle', problem: null });
    await this.keepList([]);
  }

  /** Goes on over short pages until there is enough for a look, or the beginning is reached. */
  private async readPage(beforeMs: number | undefined): Promise<{ rows: IncidentRow[]; next: number | null } | null> {
    const rows: IncidentRow[] = [];
    const { epoch } = this;
    let before = beforeMs;
    for (let pages = 0; pages < EMPTY_PAGES_MAX; pages += 1) {
      const answer = await this.client.request('incident.list', { limit: LIST_PAGE - rows.length, ...(before === undefined ? {} : { beforeMs: before }) });
      if (this.epoch !== epoch) return null;
      if (answer.outcome !== 'done') {
        this.listFailedAtMs = performance.now();
        this.listedFor = '';
        this.showList({ phase: 'idle', problem: answer.outcome === 'failed' ? answer.problem : { code: 'internal', message: '' } });
        return null;
      }
      rows.push(...answer.output.incidents);
      before = answer.output.next ?? undefined;
      if (before === undefined || rows.length >= LIST_PAGE) break;
    }
    return { rows, next: before ?? null };
  }

  private showList(changes: Partial<Pick<ListView, 'phase' | 'problem' | 'asOfMs'>>): void {
    this.listView = { ...this.listView, ...changes, rows: [...this.rows.values()].toSorted(byNewest), hasMore: this.next !== null, isMirrored: this.mirror.isAvailable };
    this.tell();
  }

  // --- a time line --------------------------------------------------------------------------------------------------------------

  private async readStory(incident: string, story: Story): Promise<void> {
    if (story.isBusy) return;
    story.isBusy = true;
    try {
      if (!story.isRecalled) await this.recallStory(incident, story);
      if (this.isConnected() && performance.now() - story.failedAtMs >= AGAIN_MS && this.isStoryDue(incident, story)) await this.readOn(incident, story);
    } finally {
      story.isBusy = false;
    }
  }

  private async recallStory(incident: string, story: Story): Promise<void> {
    const { generation } = this.mirror;
    const { epoch } = this;
    const kept = this.identity === '' ? null : await this.mirror.story(incident, this.model.nowMs());
    // Without the time of the station's last word it could not be said how old it is: then it is taken for not there.
    const journal = kept === null ? undefined : await this.mirror.journal();
    if (this.epoch !== epoch) return;
    story.isRecalled = true;
    story.generation = generation;
    const phase = this.isConnected() ? 'loading' : 'idle';
    this.showStory(story, kept === null || journal === undefined ? { phase } : { events: kept.events, upTo: kept.upTo, asOfMs: journal.atMs, phase });
  }

  /** Not read to its end, or still going on and the journal has grown. */
  private isStoryDue(incident: string, { view }: Story): boolean {
    if (view.isFull) return false;
    if (view.head === null || view.asOfMs !== null || view.problem !== null || view.upTo < view.head) return true;
    const row = this.rows.get(incident);
    const isOpen = row === undefined || row.closedMs === null || this.model.nowMs() < row.closedMs + AROUND_MS + RECOUNT_MS;
    return isOpen && (this.model.section('station')?.journal.records ?? 0) > view.upTo;
  }

  private async readOn(incident: string, story: Story): Promise<void> {
    const { epoch } = this;
    for (;;) {
      const { view } = story;
      const answer = await this.client.request('incident.events', { incident, limit: TIMELINE_PAGE_MAX, ...(view.upTo === 0 ? {} : { cursor: view.upTo + 1 }) });
      if (this.epoch !== epoch) return;
      if (answer.outcome !== 'done') {
        story.failedAtMs = performance.now();
        this.showStory(story, { phase: 'idle', problem: answer.outcome === 'failed' ? answer.problem : { code: 'internal', message: '' } });
        return;
      }
      const { next, head } = answer.output;
      const room = STORY_EVENTS_MAX - view.events.length;
      const page = answer.output.events.filter(({ n }) => n > view.upTo).slice(0, room);
      const isFull = page.length < answer.output.events.length;
      const upTo = isFull ? (page.at(-1)?.n ?? view.upTo) : Math.max(view.upTo, next === null ? head : next - 1);
      const isAtEnd = next === null || isFull;
      this.showStory(story, { events: page.length === 0 ? view.events : [...view.events, ...page], upTo, head, isFull, problem: null, asOfMs: isAtEnd ? null : view.asOfMs, phase: isAtEnd ? 'idle' : 'loading' });
      if (upTo > view.upTo && !(await this.keepPage(story, page, upTo))) story.generation = NOT_WRITTEN;
      if (isAtEnd || story.watchers === 0 || !this.isConnected()) return;
    }
  }

  /**
   * False = a page that was not taken: it leaves a hole, and the whole is brought again when the store works or when it is known
   * whose journal this is (a time line may be read before the station has said so). A store that was lost between two pages has nothing
   * of those before; then too the whole is brought again.
   */
  private async keepPage(story: Story, page: readonly IncidentEvent[], upTo: number): Promise<boolean> {
    if (this.identity === null || this.identity === '' || story.generation !== this.mirror.generation) return false;
    const { incident, events } = story.view;
    return this.mirror.keepStory(incident, page, { upTo, count: events.length, usedMs: this.model.nowMs() });
  }

  private showStory(story: Story, changes: Partial<StoryView>): void {
    story.view = { ...story.view, ...changes };
    this.tell();
  }

  /** Without a connection everything is as old as the station's last word. */
  private showAge(): void {
    const { connected, downSinceMs } = this.model.linkToStation();
    if (!connected && downSinceMs !== null) {
      if (this.listView.asOfMs === null) this.showList({ asOfMs: downSinceMs, phase: 'idle' });
      for (const story of this.stories.values()) if (story.view.asOfMs === null) this.showStory(story, { asOfMs: downSinceMs, phase: 'idle' });
    }
    if (this.listView.isMirrored !== this.mirror.isAvailable) this.showList({});
  }

  private isConnected(): boolean { return this.model.linkToStation().connected; }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const emptyStory = (incident: string): StoryView => ({ incident, events: [], upTo: 0, head: null, phase: 'loading', problem: null, asOfMs: null, isFull: false });
const byNewest = (a: IncidentRow, b: IncidentRow): number => b.openedMs - a.openedMs || (a.id < b.id ? 1 : -1);
