/** `haven replay FILE --plant ID`: a recorded trace through conditions, alarms and procedures at full speed. */
import path from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { parseArgs } from 'node:util';
import { recordedPackText } from '../../domain/packs/recorded-pack.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { formatFinding } from '../packs/finding.ts';
import { loadPacks } from '../packs/load.ts';
import type { LoadedPacks } from '../packs/load.ts';
import { LineOutput } from './line-output.ts';
import { ProgressLine } from './progress-line.ts';
import type { ReplayEvent } from '../replay/events.ts';
import { Reconstruction, ReconstructionFailed, sourceOf } from '../replay/reconstruct.ts';
import type { ReconstructedIncident } from '../replay/reconstruct.ts';
import { replayFile } from '../replay/replay-file.ts';
import type { ReplayOutcome, ReplayProgress } from '../replay/replay-file.ts';
import type { CommandIo } from './io.ts';
import { EXIT_CANCELLED, EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven replay FILE --plant ID [--json] [--incident DIR] [--encoding utf8|gb18030] [--ignore-unknown] [--site ID] [--rules DIR] [--procedures DIR]

Feeds a recorded trace (CSV, wide: time,TAG,TAG,... or long: time,tag,value[,quality]) through conditions, alarms and
procedures at full speed, on the trace's own clock and in constant memory. time: ISO 8601 with offset, or seconds from 0. A field is a number,
true/false, a word of a state tag, !bad or !uncertain; empty means no new sample.

  --json             one JSON object per line on stdout
  --incident DIR     make a journal of it in DIR, a new folder: its facts and samples, marked as reconstructed, for
                     'haven report'. With --json one line more for each incident: {incident, openedMs, closedMs, journal}
  --ignore-unknown   leave out columns whose tag the plant does not have
  --site ID          with this site's figures; a refused site ends the replay

Exit: 0 done, 2 wrong call, unreadable trace or broken packs, 130 ended by Ctrl-C. Events are told as the trace is
read; only a trace that was replayed to its end has the event 'end'.
`;

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const call = readCall(args);
  if ('wrong' in call) {
    io.stderr(`haven replay: ${call.wrong}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  if (call.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  const loaded = loadPacks({ rulesDir: path.resolve(io.cwd, call.rules), proceduresDir: path.resolve(io.cwd, call.procedures), site: call.site });
  const errors = [...loaded.findings, ...loaded.sites.filter((site) => site.plant === call.plant).flatMap((site) => site.findings)].filter((finding) => finding.severity === 'error');
  const pack = loaded.plants.find((plant) => plant.id === call.plant);
  for (const error of errors) io.stderr(`${formatFinding(error)}\n`);
  if (pack === undefined) io.stderr(`haven replay: there is no plant '${call.plant}'; expected one of ${loaded.plants.map((p) => p.id).join(', ') || 'none'}\n`);
  if (errors.length > 0 || pack === undefined) return EXIT_WRONG_CALL;
  try {
    const reconstruction = call.incident === undefined ? null : await reconstructionOf(call, call.incident, pack, loaded, io);
    return await play(call, pack, io, reconstruction);
  } catch (error) {
    if (!(error instanceof ReconstructionFailed)) throw error;
    io.stderr(`haven replay: ${error.message}\n`);
    return EXIT_WRONG_CALL;
  }
}

async function reconstructionOf(call: Call, dir: string, pack: PlantPack, { clauses }: LoadedPacks, io: CommandIo): Promise<Reconstruction> {
  return new Reconstruction({ dir: path.resolve(io.cwd, dir), pack, packText: recordedPackText(pack, clauses), source: await sourceOf(path.resolve(io.cwd, call.file)), version: packageJson.version });
}

async function play(call: Call, pack: PlantPack, io: CommandIo, reconstruction: Reconstruction | null): Promise<number> {
  const output = new LineOutput(io);
  const progress = new ProgressLine(io);
  const cancel = new AbortController();
  let isKept = false;
  // The first Ctrl-C ends the replay between two moments; a second one ends the process as usual.
  const onInterrupt = (): void => cancel.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const ended = await replayFile(path.resolve(io.cwd, call.file), pack, {
      ignoreUnknown: call.ignoreUnknown, ...(call.encoding === undefined ? {} : { encoding: call.encoding }), signal: cancel.signal,
      tell: (event) => output.line(call.json ? JSON.stringify(event) : sentence(event)), untilTold: () => output.untilTold(), onProgress: (now) => progress.show(now),
      ...(reconstruction === null ? {} : { keeper: reconstruction, onChunk: reconstruction.onChunk }),
    });
    if (ended.outcome === 'done') for (const incident of reconstruction?.end() ?? []) output.line(call.json ? JSON.stringify(incident) : incidentSentence(incident));
    isKept = ended.outcome === 'done';
    progress.clear();
    output.flush();
    return answerTo(ended, call, io, reconstruction !== null);
  } finally {
    process.off('SIGINT', onInterrupt);
    progress.clear();
    if (!isKept) reconstruction?.abandon();
  }
}

function answerTo(ended: ReplayOutcome, call: Call, io: CommandIo, hasJournal: boolean): number {
  switch (ended.outcome) {
    case 'done': return EXIT_DONE;
    case 'cancelled':
      io.stderr(`haven replay: ended by Ctrl-C ${howFar(ended.progress)}; this is not the whole trace${hasJournal ? ', and no journal is left of it' : ''}\n`);
      return EXIT_CANCELLED;
    case 'refused':
      for (const problem of ended.problems) io.stderr(`${call.file}:${problem.line}:${problem.column}: ${problem.message}\n`);
      return EXIT_WRONG_CALL;
  }
}

function incidentSentence({ incident, openedMs, closedMs, journal }: ReconstructedIncident): string {
  const time = (ms: number): string => new Date(ms).toISOString();
  return `据历史数据重建 / reconstructed: ${incident}  ${time(openedMs)} - ${closedMs === null ? '历史数据结束时尚未结束 / still open when the trace ends' : time(closedMs)}  ${journal}`;
}

function howFar({ nowMs, startMs, samples }: ReplayProgress): string {
  return nowMs === null || startMs === null ? 'before the first row' : `after ${samples.toLocaleString('en')} samples, ${((nowMs - startMs) / 1_000).toLocaleString('en')} s into the trace, at ${new Date(nowMs).toISOString()}`;
}

interface Call {
  readonly help: boolean;
  readonly json: boolean;
  readonly ignoreUnknown: boolean;
  readonly file: string;
  readonly plant: string;
  readonly rules: string;
  readonly procedures: string;
  readonly site?: string | undefined;
  readonly encoding?: 'utf8' | 'gb18030';
  readonly incident?: string | undefined;
}

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: {
        'help': { type: 'boolean', short: 'h', default: false }, 'json': { type: 'boolean', default: false }, 'ignore-unknown': { type: 'boolean', default: false },
        'plant': { type: 'string' }, 'site': { type: 'string' }, 'incident': { type: 'string' }, 'encoding': { type: 'string' }, 'rules': { type: 'string', default: 'rules' }, 'procedures': { type: 'string', default: 'procedures' },
      },
    });
    const { help, json, plant, site, incident, encoding, rules, procedures } = values;
    if (!help && positionals.length !== 1) return { wrong: `${positionals.length} files are named` };
    if (!help && plant === undefined) return { wrong: '--plant is missing' };
    if (encoding !== undefined && encoding !== 'utf8' && encoding !== 'gb18030') return { wrong: `--encoding ${encoding} is not known` };
    return { help, json, ignoreUnknown: values['ignore-unknown'], file: positionals[0] ?? '', plant: plant ?? '', rules, procedures, site, incident, ...(encoding === undefined ? {} : { encoding }) };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}

/** One event for a person: time, kind, and what else there is. */
function sentence(event: ReplayEvent): string {
  const { t, time: _time, type, ...rest } = event;
  const details = Object.entries(rest).filter(([, value]) => value !== null).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`);
  return `${t.toFixed(1).padStart(10)} s  ${type.padEnd(12)} ${details.join('  ')}`;
}
