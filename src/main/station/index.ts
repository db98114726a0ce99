/**
 * Composition root of the station: packs, journal, accounts, link, training and core put together; started, stopped,
 * restored. The same for Electron, for a browser, and for tests.
 */
import { hash } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import type { WireValue } from '../../contract/envelope.ts';
import type { View } from '../../contract/view.ts';
import { recordedPackText } from '../../domain/packs/recorded-pack.ts';
import { SCAN_DEFAULT_MS } from '../../domain/packs/schema.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact, FactType } from '../../domain/station/facts.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { createDcsClient } from '../dcs/index.ts';
import type { DcsClient, LinkState } from '../dcs/index.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/journal.ts';
import { verifyJournalInSlices } from '../journal/verify.ts';
import type { JournalVerdict } from '../journal/verify.ts';
import { formatFinding } from '../packs/finding.ts';
import { loadPacks } from '../packs/load.ts';
import type { LoadedPacks } from '../packs/load.ts';
import { readPlatformConfig } from '../platform/config.ts';
import type { PlatformConfig } from '../platform/config.ts';
import { Recorder } from '../recorder/recorder.ts';
import type { Button } from '../training/simulator-link.ts';
import { createTraining } from '../training/training.ts';
import type { Training } from '../training/training.ts';
import { openUsers, TRAINING_SECRET } from '../users/users.ts';
import type { Users } from '../users/users.ts';
import { AccessLog } from './access-log.ts';
import { AlarmBoard } from './alarm-board.ts';
import { readAlarmHistory } from './alarm-history.ts';
import { createClock } from './clock.ts';
import type { StationClock } from './clock.ts';
import { ConsoleSession } from './console-session.ts';
import type { ConsolePort, Published, WholeSections } from './console-session.ts';
import { StationCore } from './core.ts';
import { Dispatcher } from './dispatcher.ts';
import { makeHandlers } from './handlers.ts';
import { IncidentHistory } from './incident-history.ts';
import { journalSection } from './journal-section.ts';
import { kpiHistory } from './kpi-history.ts';
import { KpiView } from './kpi-view.ts';
import { linkReason } from './link-reason.ts';
import { LogOns } from './log-ons.ts';
import { Paper } from './paper.ts';
import { PlatformDesk } from './platform.ts';
import { Publisher } from './publisher.ts';
import { recordText } from './record-text.ts';
import { ReportDesk } from './report-desk.ts';
import { forkKeeper } from '../drill-report/books-fork.ts';
import type { KeeperRunner } from '../drill-report/books-job.ts';
import { forkRunner } from '../incident-report/fork-runner.ts';
import type { ReportRunner } from '../incident-report/job.ts';
import { SampleHistory } from './sample-history.ts';
import { StationBooks } from './training-books.ts';
import { shownBy } from './reading.ts';
import { trainingSection } from './training-view.ts';
import { actionsSection } from './actions-view.ts';
import { analysesSection, followUpsSection, ReadinessView } from './aftermath-view.ts';
import { handoverSection } from './handover-view.ts';
import { interlocksSection } from './interlocks-view.ts';
import { peopleSection } from './people-view.ts';
import { incidentSection, plantSection, upsetSection } from './view.ts';
import { workSection } from './work-view.ts';

export interface StationOptions {
  readonly dataDir: string;
  readonly plant: string;
  readonly training: boolean;
  readonly rulesDir: string;
  /** The site whose figures the plant is to have; refused, the plant runs with its own. */
  readonly site?: string;
  readonly proceduresDir: string;
  /** Where the plant's OPC UA server is. */
  readonly endpoint?: string;
  /** TRAINING: PEM of the simulator's certificate, trusted from the start. */
  readonly simulatorCertificate?: string;
  readonly instructorEndpoint?: string;
  readonly instructorCertificate?: string;
  readonly instructorSecret?: string;
  readonly scenariosDir?: string;
  /** Second place for the journal's signed checkpoints. */
  readonly checkpointCopyDir?: string;
  /** Who makes reports outside of this process; left out, forked processes of Node do. */
  readonly reportRunner?: ReportRunner;
  /** Who keeps the books of exercises outside of this process; left out, a forked process of Node does. */
  readonly booksRunner?: KeeperRunner;
}

export interface Station {
  connect(port: ConsolePort): void;
  stop(): Promise<void>;
  /** For benchmarks and tests: the state as it is. */
  readonly core: StationCore;
}

export type StationStart = { readonly ok: true; readonly station: Station; /** What a person must know though the station runs. */ readonly warnings: readonly string[] } | { readonly ok: false; readonly problem: { readonly message: string } };

const TICK_MS = 100;
const PUSH_MS = 200;
const RECORDER_TICK_MS = 250;
const HEARTBEAT_MS = 1_000;
/** Facts whose news is worth a push of its own, and the least time between two such pushes. */
const AT_ONCE: ReadonlySet<FactType> = new Set<FactType>(['alarm.raised', 'alarm.raised-again', 'alarm.unshelved', 'no-procedure.raised', 'procedure.raised', 'procedure.moved', 'prohibition.changed', 'interlock.changed', 'interlock.inputs', 'interlock.forced-reset', 'bypass.lapsed', 'bypass.expired', 'people.changed', 'link.changed']);
const AT_ONCE_SPACING_MS = 50;
/** In a flood five times a second is enough for a person, and all that a console can draw. */
const FLOOD_SPACING_MS = 200;
const TRAINING_REFRESH_MS = 1_000;
/** How often idle log-ons and counted refusals are looked at. */
const ACCESS_TICK_MS = 1_000;
/** A measured difference of the clocks is news, for the first-out and for the record, when it has changed by so much. */
const SKEW_NEWS_MS = 200;
/** How long and how often a retreat is tried again on a simulator that does not answer. */
const ACT_ATTEMPTS_MAX = 30;
const ACT_AGAIN_MS = 1_000;

/** Apart by mode: nobody must take an exercise's sheet for the plant's, nor have one put the other away. */
const PAPER_FOLDER = { OPERATION: 'paper', TRAINING: 'paper-training' } as const;

const refuse = (message: string): StationStart => ({ ok: false, problem: { message } });
const { version } = packageJson;

export async function startStation(options: StationOptions): Promise<StationStart> {
  const dataDir = resolve(options.dataDir);
  const writable = makeWritable(dataDir);
  if (writable !== null) return refuse(writable);
  const pack = choosePack(options);
  if (!('pack' in pack)) return refuse(pack.message);
  if (options.endpoint === undefined) return refuse('no OPC UA endpoint is given; expected --endpoint opc.tcp://host:port/path');
  const mode = options.training ? 'TRAINING' as const : 'OPERATION' as const;
  const journalDir = join(dataDir, mode.toLowerCase());
  let clock = createClock();
  // Asked between two appends; before the station has restored itself there is nothing that could be carried.
  let running: RunningStation | null = null;
  const carried = (): ReturnType<StationCore['carried']> => running?.core.carried() ?? null;
  const opened = openJournal({ dir: journalDir, mode, nowMs: () => clock.nowMs(), carried, ...(options.checkpointCopyDir === undefined ? {} : { copyDir: options.checkpointCopyDir }) });
  if (!opened.ok) return refuse(opened.problem.message.en);
  // A calendar that was set back while the station was off must not put new records before old ones.
  clock = createClock(opened.value.tail(1)[0]?.atMs ?? 0);
  const users = await openUsers({ dir: journalDir, mode });
  if (!users.ok) {
    opened.value.close();
    return refuse(users.problem.message.en);
  }
  const pkiDir = join(dataDir, 'pki');
  const dcs = createDcsClient({ endpointUrl: options.endpoint, namespaceUri: pack.pack.namespaceUri, applicationName: 'Haven', pkiDir, clock, expects: options.training ? 'simulator' : 'plant', tags: pack.pack.tags.map((tag) => ({ id: tag.id, kind: tag.kind, scanMs: tag.scan ?? SCAN_DEFAULT_MS, ...(tag.nodeId === undefined ? {} : { nodeId: tag.nodeId }), ...('states' in tag ? { states: tag.states } : {}) })) });
  const plant = makePlant(pack.pack);
  const training = trainingOf(options, plant, pkiDir, () => clock.nowMs());
  for (const certificate of options.training ? [options.simulatorCertificate, options.instructorCertificate] : []) {
    if (certificate === undefined) continue;
    const trusted = await dcs.importTrusted(certificate);
    if (!trusted.ok) {
      opened.value.close();
      return refuse(`the simulator's certificate ${certificate} cannot be used: ${trusted.reason.text}`);
    }
  }
  const platform = readPlatformConfig(dataDir, mode, clock.wallMs());
  running = new RunningStation({ plant, packText: pack.text, clauses: pack.clauses, journal: opened.value, users: users.value, dcs, training, clock, mode, paperDir: join(dataDir, PAPER_FOLDER[mode]), platform, reportsDir: join(journalDir, 'reports'), reportRunner: options.reportRunner ?? forkRunner(), booksRunner: options.booksRunner ?? forkKeeper() });
  const refused = running.restore();
  if (refused !== null) {
    opened.value.close();
    return refuse(refused);
  }
  await running.start();
  return { ok: true, station: running, warnings: [...pack.warnings, ...(platform.state === 'wrong' ? [`NOT HANDED ON to the supervising platform: ${platform.reason.en} / 未向监管平台上传：${platform.reason.zh}`] : [])] };
}

function makeWritable(dir: string): string | null {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK);
    return null;
  } catch (error) {
    return `the data folder ${dir} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function choosePack(options: StationOptions): { pack: PlantPack; text: string; clauses: LoadedPacks['clauses']; warnings: readonly string[] } | { message: string } {
  const loaded = loadPacks({ rulesDir: options.rulesDir, proceduresDir: options.proceduresDir, site: options.site });
  const all = loaded.findings.filter((finding) => finding.severity === 'error');
  // What a broken file breaks in others is an echo; the cause is what a person must put right.
  const causes = all.filter((finding) => finding.because === undefined);
  const errors = causes.length > 0 ? causes : all;
  if (errors.length > 0) return { message: `the packs are broken; nothing was started:\n${errors.slice(0, 10).map(formatFinding).join('\n')}${errors.length > 10 ? `\n... and ${errors.length - 10} more` : ''}` };
  const pack = loaded.plants.find((plant) => plant.id === options.plant);
  return pack === undefined ? { message: `there is no plant '${options.plant}' in ${options.rulesDir}; expected one of ${loaded.plants.map((p) => p.id).join(', ') || 'none'}` } : { pack, text: recordedPackText(pack, loaded.clauses), clauses: loaded.clauses, warnings: siteWarnings(loaded, pack) };
}

/** A site that is refused is never applied in part: the plant has its own figures, and that is said loudly. */
function siteWarnings({ sites }: LoadedPacks, pack: PlantPack): string[] {
  if (pack.site?.applied !== false) return [];
  const findings = sites.filter((site) => site.plant === pack.id && !site.applied).flatMap((site) => site.findings);
  return [`SITE REFUSED: ${pack.site.id} is not applied, ${pack.id} runs with its own figures / 现场配置 ${pack.site.id} 被拒绝，装置按自身限值运行`, ...findings.slice(0, 10).map(formatFinding)];
}

/** Training is built only in TRAINING, and only when everything it needs is given. */
function trainingOf(options: StationOptions, plant: Plant, pkiDir: string, nowMs: () => number): Training | null {
  const { pack } = plant;
  const { endpoint, instructorEndpoint, instructorSecret, scenariosDir } = options;
  if (!options.training || endpoint === undefined || instructorEndpoint === undefined || instructorSecret === undefined) return null;
  return createTraining({ plant: pack.id, namespaceUri: pack.namespaceUri, endpointUrl: endpoint, instructorEndpointUrl: instructorEndpoint, instructorSecret, pkiDir, scenariosDir: scenariosDir ?? join(import.meta.dirname, '../../../simulators/scenarios', pack.id), nowMs, readingOf: shownBy(plant) });
}

/** Tells this journal from every other one, so that no console takes its mirror of another for it. Unreadable, a console mirrors nothing. */
function genesisOf(journal: Pick<Journal, 'records'>): { genesis?: string } {
  try {
    const first = journal.records(1).next().value as { readonly n: number; readonly hash: string } | undefined;
    return first === undefined ? {} : { genesis: first.hash };
  } catch {
    return {};
  }
}

interface Parts {
  readonly plant: Plant;
  /** What the journal is to hold of rules, procedures and clauses. */
  readonly packText: string;
  readonly clauses: LoadedPacks['clauses'];
  readonly journal: Journal;
  readonly users: Users;
  readonly dcs: DcsClient;
  readonly training: Training | null;
  readonly clock: StationClock;
  readonly mode: 'OPERATION' | 'TRAINING';
  readonly paperDir: string;
  readonly platform: PlatformConfig;
  readonly reportsDir: string;
  readonly reportRunner: ReportRunner;
  readonly booksRunner: KeeperRunner;
}

class RunningStation implements Station {
  readonly core: StationCore;
  readonly #parts: Parts;
  readonly #sessions = new Set<ConsoleSession>();
  readonly #dispatcher: Dispatcher;
  readonly #logOns: LogOns;
  readonly #access: AccessLog;
  #verifying: Promise<JournalVerdict> | null = null;
  readonly #publisher = new Publisher();
  readonly #board: AlarmBoard;
  readonly #history = new SampleHistory();
  readonly #kpis: KpiView;
  readonly #readiness: ReadinessView;
  readonly #paper: Paper;
  readonly #platform: PlatformDesk;
  readonly #reports: ReportDesk;
  readonly #recorder: Recorder;
  readonly #books: StationBooks;
  readonly #changed = new Map<string, true>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #startedMs: number;
  readonly #plantSection: View['plant'];
  readonly #genesis: { genesis?: string };
  readonly #detach: (() => void)[] = [];
  #dirty = true;
  #lastPushMs = 0;
  #isPushQueued = false;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#startedMs = parts.clock.nowMs();
    this.#plantSection = plantSection(parts.plant.pack);
    this.#genesis = genesisOf(parts.journal);
    this.#board = new AlarmBoard(parts.plant);
    this.#kpis = new KpiView(parts.plant);
    this.core = new StationCore({ plant: parts.plant, journal: parts.journal, clock: parts.clock, onFacts: (facts) => { this.#kpis.tell(facts); this.#tellSoon(facts); this.#paper.tell(facts); this.#platform.tell(); this.#recorder.tell(facts); } });
    this.#books = new StationBooks({ core: this.core, journal: parts.journal, runner: parts.booksRunner, version, onChanged: () => { this.#dirty = true; } });
    this.#readiness = new ReadinessView(parts.plant);
    this.#paper = new Paper({
      dir: parts.paperDir, plant: parts.plant, mode: parts.mode, nowMs: () => parts.clock.nowMs(), state: () => this.core.state,
      onFailure: (reason) => { if (!this.#stopped) this.core.record([fact('effect.failed', parts.clock.nowMs(), null, { effect: 'paper', reason: reason.slice(0, 500) })]); },
    });
    this.#platform = new PlatformDesk({ config: parts.platform, plant: parts.plant, packHash: hash('sha256', parts.packText, 'hex'), journal: parts.journal, core: this.core, nowMs: () => parts.clock.nowMs(), changed: () => { this.#dirty = true; } });
    this.#reports = new ReportDesk({
      dir: parts.reportsDir, journal: parts.journal.status().path, runner: parts.reportRunner, nowMs: () => parts.clock.nowMs(), onChanged: () => { this.#dirty = true; this.#pushSoon(); },
      record: (made, by) => { if (!this.#stopped) this.core.record([fact('report.made', parts.clock.nowMs(), by, made)]); },
    });
    const record = (facts: readonly Fact[]): void => { if (!this.#stopped) this.core.record(facts); };
    this.#recorder = new Recorder({ dir: dirname(parts.journal.status().path), tags: parts.plant.pack.tags.map((tag) => ({ id: tag.id, ...('states' in tag ? { states: tag.states } : {}) })), nowMs: () => parts.clock.nowMs(), record: (facts) => this.core.record(facts) });
    const nowMs = (): number => parts.clock.nowMs();
    this.#logOns = new LogOns({ users: parts.users, nowMs, record });
    this.#access = new AccessLog({ nowMs, record, isAccount: (user) => parts.users.rows().some((row) => row.user === user) });
    this.#dispatcher = new Dispatcher(makeHandlers({
      core: this.core, users: parts.users, training: parts.training, dcs: parts.dcs, history: this.#history, nowMs: () => parts.clock.nowMs(),
      publish: () => this.#publish(), alarmHistory: (query) => readAlarmHistory(parts.journal, parts.plant, query), verifyJournal: () => this.#verify(), actOnSimulator: (button) => { void this.#act(button); },
      logOns: this.#logOns, reports: this.#reports, books: this.#books,
      incidents: new IncidentHistory({ journal: parts.journal, plant: parts.plant, state: () => this.core.state }),
    }), { nowMs, access: this.#access, onAsked: (session) => this.#logOns.used(session) });
  }

  /** Puts back what the journal tells. Answers with why it cannot: half a history is none to lead a plant by. */
  restore(): string | null {
    const { journal, clock, mode, packText } = this.#parts;
    try {
      // Up to here: what the restart itself records is told as news.
      this.#kpis.restore(kpiHistory(journal, clock.nowMs()));
      this.core.restore({ version, mode, pack: { hash: hash('sha256', packText, 'hex'), text: packText } });
      return null;
    } catch (error) {
      return `the journal in ${journal.status().path} cannot be gone on with: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  async start(): Promise<void> {
    const { dcs, training, mode } = this.#parts;
    this.#paper.start();
    this.#platform.start();
    this.#reports.start();
    this.#recorder.start(this.core.state);
    this.#detach.push(
      dcs.onSamples((batch) => this.#take(batch)),
      dcs.onAlive(({ atMs }) => this.core.alive(atMs)),
      dcs.onLink((link) => this.#linkChanged(link)),
      dcs.onLink((link) => this.#recorder.link(link)),
      dcs.onGap(({ fromMs, toMs, reason, lost }) => this.#recorder.gap(reason, fromMs, toMs, lost)),
      dcs.onGap(({ fromMs, toMs, reason }) => this.core.record([fact('data.gap', this.#parts.clock.nowMs(), null, { fromMs: Math.round(fromMs), toMs: Math.round(toMs), reason })])),
    );
    await dcs.start();
    this.#timers.push(setInterval(() => this.core.tick(), TICK_MS), setInterval(() => this.#push(), PUSH_MS), setInterval(() => this.#recorder.tick(), RECORDER_TICK_MS), setInterval(() => { this.#logOns.tick(); this.#access.tick(); }, ACCESS_TICK_MS));
    if (mode === 'TRAINING') void this.#books.start();
    if (training !== null) {
      const refresh = (): void => { void training.refresh().then(() => { this.#dirty = true; }); };
      refresh();
      this.#timers.push(setInterval(refresh, TRAINING_REFRESH_MS));
    }
  }

  #take(batch: readonly Sample[]): void {
    for (const sample of batch) {
      this.#history.add(sample);
      this.#changed.set(sample.tag, true);
    }
    this.#kpis.take(batch);
    this.core.ingest(batch);
    this.#recorder.take(batch);
    this.#dirty = true;
  }

  #linkChanged(link: LinkState): void {
    const { skewMs } = this.core.state;
    if (link.skewMs !== null && (skewMs === null || Math.abs(link.skewMs - skewMs) >= SKEW_NEWS_MS)) this.core.record([fact('link.skewed', this.#parts.clock.nowMs(), null, { skewMs: Math.round(link.skewMs) })]);
    if (link.phase !== this.core.state.link) this.core.record([fact('link.changed', this.#parts.clock.nowMs(), null, { phase: link.phase, reason: link.reason?.text ?? null })]);
    this.#dirty = true;
  }

  connect(port: ConsolePort): void {
    const session = new ConsoleSession(port);
    this.#sessions.add(session);
    port.onClose(() => { this.#sessions.delete(session); this.#logOns.left(session); });
    port.onMessage((text) => {
      void this.#dispatcher.handle(text, session).then((answer) => {
        port.send(answer);
        this.#pushSoon();
      });
    });
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#access.flush();
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    // From here on the link falls silent because we let go of it; that is no news about the plant.
    for (const detach of this.#detach) detach();
    await Promise.allSettled([this.#parts.dcs.stop(), this.#parts.training?.close(), this.#paper.stop(), this.#platform.stop(), this.#reports.stop(), this.#books.stop()]);
    this.#recorder.stop();
    this.core.record([fact('station.stopped', this.#parts.clock.nowMs(), null, {})]);
    this.#parts.journal.close();
  }

  /** Presses a button of the simulated plant, and again until it has been pressed: a retreat is not given up after one lost message. */
  async #act(button: Button): Promise<void> {
    const { training } = this.#parts;
    const attempts = button === 'reset' ? 1 : ACT_ATTEMPTS_MAX;
    for (let attempt = 1; attempt <= attempts && !this.#stopped; attempt += 1) {
      const pressed = await (training?.press(button) ?? Promise.resolve({ ok: false as const, reason: 'not in training' }));
      if (pressed.ok) return;
      if (attempt === 1) this.core.record([fact('effect.failed', this.#parts.clock.nowMs(), null, { effect: training?.buttonName(button) ?? button, reason: pressed.reason })]);
      await new Promise((resume) => setTimeout(resume, ACT_AGAIN_MS));
    }
  }

  /** Whoever asks meanwhile gets the answer of the one that runs: it reads the whole journal. */
  #verify(): Promise<JournalVerdict> {
    if (this.#verifying !== null) return this.#verifying;
    this.#parts.journal.checkpoint();
    this.#verifying = verifyJournalInSlices(this.#parts.journal.status().path).finally(() => { this.#verifying = null; });
    return this.#verifying;
  }

  /** What a person must see at once does not wait for the next push; a flood of it still goes out as one. */
  #tellSoon(facts: readonly Fact[]): void {
    this.#dirty = true;
    if (facts.some((f) => AT_ONCE.has(f.type))) this.#pushSoon();
  }

  /** Many answers one after the other make one push: a picture for each would be work that whoever floods us orders. */
  #pushSoon(): void {
    if (this.#isPushQueued) return;
    this.#isPushQueued = true;
    const sinceMs = performance.now() - this.#lastPushMs;
    setTimeout(() => {
      this.#isPushQueued = false;
      if (!this.#stopped) this.#push();
    }, Math.max(0, (this.core.state.flood === null ? AT_ONCE_SPACING_MS : FLOOD_SPACING_MS) - sinceMs));
  }

  #push(): void {
    // A push at least every second, even an empty one: silence is how a console notices that the station is gone.
    const isDue = performance.now() - this.#lastPushMs >= HEARTBEAT_MS;
    if ((!this.#dirty && !isDue) || this.#sessions.size === 0) return;
    this.#lastPushMs = performance.now();
    const published = this.#publish();
    for (const session of this.#sessions) session.push(published, this.#logOns.view(session));
    this.#dirty = false;
  }

  #publish(): Published {
    const changed = [...this.#changed.keys()].map((tag) => [tag, this.#wire(tag)] as const);
    this.#changed.clear();
    const nowMs = this.#parts.clock.nowMs();
    this.#board.update(this.core.state, nowMs);
    return this.#publisher.publish(nowMs, this.#view(), this.#board, changed);
  }

  #wire(tag: string): WireValue {
    const reading = this.#parts.plant.engine.readingOf(tag);
    if (reading === null) return [null, 'bad', null];
    const value = typeof reading.value === 'number' && !Number.isFinite(reading.value) ? null : reading.value;
    return [value, reading.quality, reading.sourceMs === null ? null : Math.max(0, Math.round(reading.sourceMs))];
  }

  #view(): WholeSections {
    const { plant, journal, users, training, clock, mode } = this.#parts;
    const { state } = this.core;
    const nowMs = clock.nowMs();
    const waiting = this.core.waiting;
    return {
      plant: this.#plantSection,
      station: {
        mode, version, startedMs: this.#startedMs, accounts: users.list().map(({ user, name, roles }) => ({ user, name, roles: [...roles] })), trainingSecret: mode === 'TRAINING' ? TRAINING_SECRET : null,
        recorder: this.#recorder.warning(),
        journal: { ...journalSection(journal.status(), waiting), ...this.#genesis },
      },
      link: this.#linkSection(),
      upset: upsetSection(plant, state, nowMs),
      interlocks: interlocksSection(plant, state, nowMs),
      people: peopleSection(plant, state, nowMs),
      work: workSection(plant, state, nowMs),
      incident: incidentSection(state),
      actions: actionsSection(plant, state, nowMs),
      analyses: analysesSection(plant, state, nowMs),
      followUps: followUpsSection(plant, state, nowMs),
      readiness: this.#readiness.section(state, nowMs),
      training: trainingSection({ training, books: this.#books, state, mode, instructors: this.#logOns.present('instructor') }),
      kpiWords: this.#kpis.words,
      kpi: this.#kpis.kpi(nowMs),
      forecast: this.#kpis.forecast(nowMs),
      handover: handoverSection(plant, state, nowMs),
      platform: this.#platform.section(),
      reports: this.#reports.section(),
      journal: { tail: this.core.tail.map(({ n, fact: f }) => ({ n, atMs: f.atMs, type: f.type, by: f.by, text: recordText(f, plant) })) },
    };
  }

  #linkSection(): View['link'] {
    const link = this.#parts.dcs.link();
    const { pack, engine } = this.#parts.plant;
    const goodTags = pack.tags.filter((tag) => engine.readingOf(tag.id)?.quality === 'good').length;
    const { untrusted } = link;
    const { fault } = this.core;
    return {
      phase: fault === null ? link.phase : 'failed', endpointUrl: link.endpointUrl,
      reason: fault !== null ? { zh: `站点内部故障，一切按未知处理，退守仍可用：${fault}`, en: `The station itself has failed; everything counts as unknown, retreat still works: ${fault}` } : linkReason(link.reason), sinceMs: Math.round(link.sinceMs),
      lastDataMs: link.lastDataMs === null ? null : Math.round(link.lastDataMs), skewMs: link.skewMs, goodTags, totalTags: pack.tags.length, lostTags: [...link.lostTags],
      untrusted: untrusted === undefined ? null : { thumbprint: untrusted.thumbprint, subject: untrusted.subject, applicationUri: untrusted.applicationUri ?? '', validFrom: untrusted.validFrom, validTo: untrusted.validTo },
    };
  }
}
