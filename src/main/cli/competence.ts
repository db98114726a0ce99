/** `haven competence --journal DIR`: the records per person (H.2), from a journal of TRAINING: CSV, a sheet on paper, xAPI statements, JSON. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../../../package.json' with { type: 'json' };
import { currentRecords, standingOf } from '../../domain/drills/competence.ts';
import { canonicalJson } from '../../domain/journal/canonical-json.ts';
import { certificateHtml } from '../drill-report/certificate-html.ts';
import { competenceIn } from '../drill-report/read-exercise.ts';
import type { SignedRecord } from '../drill-report/read-exercise.ts';
import { recordsCsv } from '../drill-report/records-csv.ts';
import { statementsText } from '../drill-report/xapi.ts';
import { journalFileOf } from '../journal/proof.ts';
import { TIME_ZONE_DEFAULT } from '../reports/pen.ts';
import { listOf, penOf, printed, writeFiles } from './exercise-options.ts';
import type { Writer } from './exercise-options.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';
import { isFaultOfOurs } from './unforeseen.ts';

const HELP = `haven competence --journal DIR [--user U] [--format csv,pdf,xapi,json] [--out DIR] [--language zh|en] [--time-zone ZONE] [--at DATE] [--json]

What each person has shown in exercises (TRAINING), signed by an instructor, from a journal alone: its folder, or a copy of journal.sqlite.
Without --out: one line for each person and scenario.

  --user U           one person, by account
  --format LIST      any of csv, pdf, xapi (statements of xAPI 1.0.3), json; default csv,json
  --out DIR          where the files go
  --language zh|en   of the PDF; default zh
  --time-zone ZONE   IANA name; default ${TIME_ZONE_DEFAULT}
  --at DATE          what is valid, due or expired is told as of then (ISO 8601); default now
  --json             {mode, files:[{name, path, format, bytes, sha256}], notMade:[{format, reason}]}; without --out {mode, records:[...]}

Exit: 0 done, 1 a format could not be made, 2 wrong call or a journal that cannot be read, 130 ended by Ctrl-C (no file is left behind).
`;
/** What was shown was shown on a simulated plant. */
const MODE = 'TRAINING';
const FORMATS = ['csv', 'pdf', 'xapi', 'json'] as const;

interface Call { readonly help: boolean; readonly json: boolean; readonly journal: string; readonly user: string | null; readonly formats: readonly (typeof FORMATS)[number][]; readonly out: string | null; readonly pen: { readonly language: 'zh' | 'en'; readonly timeZone: string }; readonly nowMs: number }

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => { io.stderr(`haven competence: ${what}\n`); return EXIT_WRONG_CALL; };
  const call = readCall(args);
  if ('wrong' in call) return wrong(`${call.wrong}; expected ${HELP.split('\n')[0] ?? ''}`);
  if (call.help) { io.stdout(HELP); return EXIT_DONE; }
  const journal = journalFileOf(path.resolve(io.cwd, call.journal));
  if (!existsSync(journal)) return wrong(`there is no journal at ${journal}`);
  let records: readonly SignedRecord[];
  try {
    records = competenceIn(journal, call.user);
  } catch (error) {
    if (isFaultOfOurs(error)) throw error;
    return wrong(`${journal} cannot be read as a journal: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`);
  }
  if (call.user !== null && records.length === 0) return wrong(`there is no record of '${call.user}' in the journal`);
  if (call.out === null) {
    const shown = currentRecords({ records: records.map(({ record }) => record).toReversed() }).map((record) => ({ ...record, standing: standingOf(record, call.nowMs) }));
    io.stdout(call.json ? `${JSON.stringify({ mode: MODE, records: shown })}\n` : `${MODE}\n${shown.map(({ user, name, scenario, total, standing, validUntilMs }) => `${user}  ${name}  ${scenario}  ${String(total)}  ${standing}${validUntilMs === null ? '' : `  until ${new Date(validUntilMs).toISOString().slice(0, 10)}`}\n`).join('') || 'no records\n'}`);
    return EXIT_DONE;
  }
  return writeFiles('competence', path.resolve(io.cwd, call.out), call.json, call.formats.map((format) => writerOf(format, records, call)), io, { mode: MODE });
}

function writerOf(format: (typeof FORMATS)[number], records: readonly SignedRecord[], { pen, nowMs }: Call): Writer {
  switch (format) {
    case 'csv': return async (folder) => { await folder.write('competence.csv', 'csv', recordsCsv(records, pen.timeZone, nowMs)); return null; };
    case 'pdf': return printed('competence.pdf', certificateHtml(records, nowMs, packageJson.version, pen));
    case 'xapi': return async (folder) => {
      const made = statementsText(records);
      if (!made.ok) return { format, reason: made.problem };
      await folder.write('competence.xapi.json', 'json', [made.text]);
      return null;
    };
    case 'json': return async (folder) => {
      const text = canonicalJson({ mode: MODE, records: records.map(({ record, n, recordedMs, by }) => ({ ...record, record: n, recordedMs, by })) });
      if (!text.ok) return { format, reason: text.problem.message };
      await folder.write('competence.json', 'json', [`${text.text}\n`]);
      return null;
    };
  }
}

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: { 'help': { type: 'boolean', short: 'h', default: false }, 'json': { type: 'boolean', default: false }, 'journal': { type: 'string' }, 'user': { type: 'string' }, 'format': { type: 'string', default: 'csv,json' }, 'out': { type: 'string' }, 'language': { type: 'string', default: 'zh' }, 'time-zone': { type: 'string', default: TIME_ZONE_DEFAULT }, 'at': { type: 'string' } },
    });
    if (positionals.length > 0) return { wrong: `unexpected '${positionals[0] ?? ''}'` };
    if (!values.help && values.journal === undefined) return { wrong: '--journal is missing' };
    const [formats, pen] = [listOf('format', values.format, FORMATS), penOf(values.language, values['time-zone'])];
    if (!formats.ok) return formats;
    if (!pen.ok) return pen;
    const nowMs = values.at === undefined ? Date.now() : Date.parse(values.at);
    if (!Number.isFinite(nowMs) || nowMs < 0) return { wrong: `--at ${values.at ?? ''} is no date; expected ISO 8601 such as 2026-11-30` };
    return { help: values.help, json: values.json, journal: values.journal ?? '', user: values.user ?? null, formats: formats.value, out: values.out ?? null, pen: pen.value, nowMs };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}
