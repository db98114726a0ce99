/** `haven report INCIDENT --journal FILE`: the post-incident report, from a journal alone. Without INCIDENT: which incidents there are. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { REPORT_FORMATS, WHAT_IF_MINUTES_MAX, WHAT_IF_RUNS_MAX } from '../../contract/incidents.ts';
import type { ReportFileFormat } from '../../contract/incidents.ts';
import { composeReport } from '../incident-report/compose.ts';
import type { Composed, ReportOrder } from '../incident-report/compose.ts';
import { houseAuthors } from '../incident-report/house-authors.ts';
import { incidentsOf } from '../incident-report/incidents.ts';
import type { KnownIncident } from '../incident-report/incidents.ts';
import { modeIn } from '../journal/read.ts';
import { journalFileOf } from '../journal/proof.ts';
import { TIME_ZONE_DEFAULT } from '../reports/pen.ts';
import { browserPrinter } from '../reports/pdf.ts';
import type { CommandIo } from './io.ts';
import { EXIT_CANCELLED, EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { PhaseLine } from './phase-line.ts';

const HELP = `haven report [INCIDENT] --journal FILE [--format html,pdf,json,csv] [--out DIR] [--redacted] [--language zh|en] [--time-zone ZONE] [--what-if MINUTES] [--json]

The report of one incident, made from a journal alone: a journal.sqlite, a copy of one, or the folder that it is in.
Without INCIDENT: the incidents of the journal.

  --format LIST      any of html, pdf, json, csv; default html,json
  --out DIR          default the folder report-INCIDENT here
  --redacted         without names; the files say so in their names
  --language zh|en   of HTML and PDF; default zh. JSON and CSV hold both
  --time-zone ZONE   IANA name; default ${TIME_ZONE_DEFAULT}
  --what-if LIST     TRAINING: the stop so many minutes earlier (-) or later, e.g. --what-if -5,5
  --json             {files:[{name, path, format, bytes, sha256}], notMade:[{format, reason}]}, or {incidents:[...]}

PDF is printed by an installed Chromium, Chrome or Edge, or the one that HAVEN_BROWSER names; without one the other formats
are made all the same.

Exit: 0 done, 1 something of what was asked for could not be made, 2 wrong call or a journal that cannot be read, 130 ended
by Ctrl-C (no file is left behind).
`;

interface Call {
  readonly help: boolean;
  readonly json: boolean;
  readonly incident: string | null;
  readonly journal: string;
  readonly formats: readonly ReportFileFormat[];
  readonly out: string;
  readonly redacted: boolean;
  readonly language: 'zh' | 'en';
  readonly timeZone: string;
  readonly whatIf: readonly number[];
}

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven report: ${what}\n`);
    return EXIT_WRONG_CALL;
  };
  const call = readCall(args);
  if ('wrong' in call) return wrong(`${call.wrong}; expected ${HELP.split('\n')[0] ?? ''}`);
  if (call.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  const journal = journalFileOf(path.resolve(io.cwd, call.journal));
  if (!existsSync(journal)) return wrong(`there is no journal at ${journal}`);
  if (call.incident !== null) return make({ ...call, incident: call.incident, journal, outDir: path.resolve(io.cwd, call.out) }, call.json, io);
  try {
    const incidents = incidentsOf(journal);
    io.stdout(call.json ? `${JSON.stringify({ mode: modeIn(journal), incidents })}\n` : `${modeIn(journal) ?? 'mode unknown'}\n${incidents.map(incidentLine).join('') || 'no incidents\n'}`);
    return EXIT_DONE;
  } catch (error) {
    return wrong(`${journal} cannot be read as a journal: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`);
  }
}

const incidentLine = ({ id, openedMs, closedMs, firstCondition }: KnownIncident): string => `${id}  ${new Date(openedMs).toISOString()}  ${closedMs === null ? 'open'.padEnd(24) : new Date(closedMs).toISOString()}  ${firstCondition ?? '-'}\n`;

async function make(order: ReportOrder, json: boolean, io: CommandIo): Promise<number> {
  const cancel = new AbortController();
  // The first Ctrl-C takes back what was begun; a second one ends the process as usual.
  const onInterrupt = (): void => cancel.abort();
  process.once('SIGINT', onInterrupt);
  const line = new PhaseLine(io);
  const made = await composeReport(order, { authors: houseAuthors, printPdf: browserPrinter(), signal: cancel.signal, onProgress: (progress) => line.show(progress) }).finally(() => process.off('SIGINT', onInterrupt));
  line.clear();
  return tell(made, order, json, io);
}

function tell(made: Composed, { outDir, language, incident }: ReportOrder, json: boolean, io: CommandIo): number {
  switch (made.outcome) {
    case 'cancelled':
      io.stderr('haven report: ended by Ctrl-C; no file was left behind\n');
      return EXIT_CANCELLED;
    case 'failed':
      io.stderr(`haven report: ${incident}: ${made.code === 'internal' ? 'the report could not be made: ' : ''}${made.reason.en}\n`);
      return EXIT_WRONG_CALL;
    case 'done': {
      const files = made.files.map((file) => ({ ...file, path: path.join(outDir, file.name) }));
      io.stdout(json ? `${JSON.stringify({ mode: made.mode, files, notMade: made.notMade })}\n` : files.map(({ path: file, bytes, sha256 }) => `${file}  ${bytes} bytes  sha256 ${sha256}\n`).join(''));
      for (const { format, reason } of made.notMade) io.stderr(`haven report: ${format} was not made: ${reason}${language === 'zh' ? '（其余已生成）' : ''}\n`);
      return made.notMade.length === 0 ? EXIT_DONE : EXIT_FINDINGS;
    }
  }
}

/** A list that begins with a minus would be taken for an option. */
function joined(args: readonly string[]): string[] {
  const at = args.indexOf('--what-if');
  const list = at < 0 ? undefined : args[at + 1];
  return list !== undefined && /^-\d/u.test(list) ? [...args.slice(0, at), `--what-if=${list}`, ...args.slice(at + 2)] : [...args];
}

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: joined(args), allowPositionals: true, strict: true,
      options: {
        'help': { type: 'boolean', short: 'h', default: false }, 'json': { type: 'boolean', default: false }, 'redacted': { type: 'boolean', default: false }, 'journal': { type: 'string' }, 'format': { type: 'string', default: 'html,json' },
        'out': { type: 'string' }, 'language': { type: 'string', default: 'zh' }, 'time-zone': { type: 'string', default: TIME_ZONE_DEFAULT }, 'what-if': { type: 'string', default: '' },
      },
    });
    const { help, json, redacted, language, journal } = values;
    const [incident, ...more] = positionals;
    if (more.length > 0) return { wrong: `${String(positionals.length)} incidents are named` };
    if (!help && journal === undefined) return { wrong: '--journal is missing' };
    if (language !== 'zh' && language !== 'en') return { wrong: `--language ${language} is not known` };
    const formats = formatsOf(values.format);
    if (!Array.isArray(formats)) return formats as { wrong: string };
    const whatIf = minutesOf(values['what-if']);
    if (!Array.isArray(whatIf)) return whatIf as { wrong: string };
    if (!isTimeZone(values['time-zone'])) return { wrong: `--time-zone ${values['time-zone']} is not known; expected an IANA name such as ${TIME_ZONE_DEFAULT}` };
    const out = values.out ?? `report-${(incident ?? '').replaceAll(/[^\w.-]/gu, '_').replace(/^\.+/u, '_')}`;
    return { help, json, redacted, language, incident: incident ?? null, journal: journal ?? '', formats, out, timeZone: values['time-zone'], whatIf };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}

const isFormat = (word: string): word is ReportFileFormat => (REPORT_FORMATS as readonly string[]).includes(word);

function formatsOf(list: string): ReportFileFormat[] | { wrong: string } {
  const words = list.split(',').map((word) => word.trim());
  const strange = words.find((word) => !isFormat(word));
  return strange === undefined ? [...new Set(words.filter(isFormat))] : { wrong: `--format ${strange} is not known; expected any of ${REPORT_FORMATS.join(', ')}` };
}

function minutesOf(list: string): number[] | { wrong: string } {
  const words = list === '' ? [] : list.split(',');
  const minutes = words.map(Number);
  const isGood = minutes.every((each, i) => (words[i] ?? '').trim() !== '' && Math.abs(each) <= WHAT_IF_MINUTES_MAX) && minutes.length <= WHAT_IF_RUNS_MAX;
  return isGood ? minutes : { wrong: `--what-if ${list}; expected at most ${String(WHAT_IF_RUNS_MAX)} numbers of minutes from -${String(WHAT_IF_MINUTES_MAX)} to ${String(WHAT_IF_MINUTES_MAX)}` };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
