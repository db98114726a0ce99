/** `haven kpi JOURNAL`: the KPIs of the alarm system by ISA-18.2 / EEMUA 191, out of a journal file. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { KPI_DEFS } from '../../domain/kpi/definitions.ts';
import type { KpiReport, KpiVerdict } from '../../domain/kpi/definitions.ts';
import { kpiEventOf } from '../../domain/kpi/events.ts';
import type { KpiEvent } from '../../domain/kpi/events.ts';
import { kpisOfPeriod } from '../../domain/kpi/period.ts';
import { JOURNAL_FILE } from '../journal/journal.ts';
import { modeIn, readRecords } from '../journal/read.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';
import { isFaultOfOurs } from './unforeseen.ts';

const HELP = `haven kpi JOURNAL [--from TIME] [--to TIME] [--json] [--definitions]

The KPIs of the alarm system by ISA-18.2-2016 and EEMUA 191, computed from a journal: a journal.sqlite, a copy of one, or
the folder that it is in. Figures are of one operator position; one station is one. Read in one pass, whatever its size.

  --from TIME     ISO 8601 with offset, rounded down to a whole 10-min window; default the journal's beginning
  --to TIME       default the last record
  --json          one JSON document
  --definitions   say in words what each KPI is (no JOURNAL needed)

Exit: 0 done, 2 wrong call or a journal that cannot be read.
`;

interface Call {
  readonly help: boolean;
  readonly json: boolean;
  readonly definitions: boolean;
  readonly file: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven kpi: ${what}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  };
  const call = readCall(args);
  if ('wrong' in call) return wrong(call.wrong);
  if (call.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  if (call.definitions) {
    io.stdout(call.json ? `${JSON.stringify(KPI_DEFS.map(({ value: _value, ...def }) => def))}\n` : `${KPI_DEFS.map(definitionLine).join('\n')}\n`);
    return EXIT_DONE;
  }
  const file = fileOf(path.resolve(io.cwd, call.file));
  if (!existsSync(file)) return wrong(`there is no journal at ${file}`);
  try {
    const report = kpisOfPeriod(eventsOf(file), { ...(call.fromMs === undefined ? {} : { fromMs: call.fromMs }), ...(call.toMs === undefined ? {} : { toMs: call.toMs }) });
    if (report === null) return wrong(`${file} has no record in that period`);
    const mode = modeIn(file);
    io.stdout(call.json ? `${JSON.stringify({ mode, ...withTimes(report) })}\n` : `${mode ?? 'mode unknown'}\n${sentences(report)}`);
    return EXIT_DONE;
  } catch (error) {
    if (isFaultOfOurs(error)) throw error;
    return wrong(`${file} cannot be read as a journal: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`);
  }
}

const fileOf = (given: string): string => (existsSync(given) && statSync(given).isDirectory() ? path.join(given, JOURNAL_FILE) : given);

function* eventsOf(file: string): Generator<KpiEvent> {
  for (const record of readRecords(file)) yield kpiEventOf(record);
}

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false }, definitions: { type: 'boolean', default: false }, from: { type: 'string' }, to: { type: 'string' } } });
    const { help, json, definitions } = values;
    if (!help && !definitions && positionals.length !== 1) return { wrong: `${positionals.length} journals are named` };
    const times: { fromMs?: number; toMs?: number } = {};
    for (const [name, given] of [['fromMs', values.from], ['toMs', values.to]] as const) {
      if (given === undefined) continue;
      const ms = timeOf(given);
      if (ms === null) return { wrong: `'${given}' is no time; expected ISO 8601 with offset, e.g. 2026-11-22T08:00:00+08:00` };
      times[name] = ms;
    }
    if (times.fromMs !== undefined && times.toMs !== undefined && times.toMs <= times.fromMs) return { wrong: '--to is not after --from' };
    return { help, json, definitions, file: positionals[0] ?? '', ...times };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}

/** Only with an offset: the wall clock of the machine that computes is not that of the plant. */
function timeOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(?:Z|[+-]\d{2}:\d{2})$/u.test(text)) return null;
  const ms = Date.parse(text.includes('T') ? text : text.replace(/^(\d{4}-\d{2}-\d{2})/u, '$1T00:00'));
  return Number.isFinite(ms) ? ms : null;
}

const time = (ms: number): string => new Date(ms).toISOString();
const withTimes = (report: KpiReport): object => ({ ...report, from: time(report.fromMs), to: time(report.toMs) });
const VERDICTS: Readonly<Record<KpiVerdict, string>> = { within: 'within', near: 'near', over: 'OVER', unknown: 'unknown', none: '-' };
const figure = (value: number | null): string => (value === null ? 'unknown' : String(Number(value.toFixed(2))));

function definitionLine(def: (typeof KPI_DEFS)[number]): string {
  const aim = def.target === null ? 'no target' : `target ${def.good === 'atMost' ? '<=' : '>='} ${def.target}${def.limit === null ? '' : `, limit ${def.limit}`}`;
  return `${def.id} (${def.unit.en}; ${aim}; ${def.source})\n  ${def.name.en}: ${def.definition.en}\n  ${def.name.zh}：${def.definition.zh}`;
}

function sentences(report: KpiReport): string {
  const lines = [
    `${time(report.fromMs)} to ${time(report.toMs)}; the station ran ${(report.observedMs / 3_600_000).toFixed(2)} h; ${report.raised} alarms`,
    ...(report.isShort ? ['Less than 30 days: shown, but not representative.'] : []),
    `${'KPI'.padEnd(26)} ${'value'.padStart(10)} ${'unit'.padEnd(7)} ${'target'.padStart(8)} ${'limit'.padStart(6)}  verdict`,
    ...report.values.map(({ id, value, verdict }) => {
      const def = KPI_DEFS.find((each) => each.id === id);
      const target = def?.target == null ? '-' : `${def.good === 'atMost' ? '<=' : '>='} ${def.target}`;
      return `${id.padEnd(26)} ${figure(value).padStart(10)} ${(def?.unit.en ?? '').padEnd(7)} ${target.padStart(8)} ${(def?.limit ?? '-').toString().padStart(6)}  ${VERDICTS[verdict]}`;
    }),
    ...(report.top.length === 0 ? [] : ['', 'Most frequent alarms:', ...report.top.map(({ id, raised }) => `${String(raised).padStart(10)}  ${id}`)]),
  ];
  return `${lines.join('\n')}\n`;
}
