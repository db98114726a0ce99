/** `haven debrief EXERCISE --journal DIR`: the debrief of an exercise, from the journal and the truth kept beside it. Without EXERCISE: which there are. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../../../package.json' with { type: 'json' };
import { WHAT_IF_MINUTES_MAX, WHAT_IF_RUNS_MAX } from '../../contract/incidents.ts';
import { canonicalJson } from '../../domain/journal/canonical-json.ts';
import { debriefHtml } from '../drill-report/debrief-html.ts';
import { makeDebrief } from '../drill-report/make-debrief.ts';
import { exercisesOf, readExercise } from '../drill-report/read-exercise.ts';
import type { KnownExercise } from '../drill-report/read-exercise.ts';
import { journalFileOf } from '../journal/proof.ts';
import { TIME_ZONE_DEFAULT } from '../reports/pen.ts';
import { listOf, penOf, printed, writeFiles } from './exercise-options.ts';
import type { Writer } from './exercise-options.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_WRONG_CALL } from './io.ts';
import { isFaultOfOurs } from './unforeseen.ts';

const HELP = `haven debrief [EXERCISE] --journal DIR [--format html,pdf,json] [--out DIR] [--language zh|en] [--time-zone ZONE] [--what-if MINUTES] [--json]

The debrief of one exercise (TRAINING): score with its reasons, clauses broken, the simulator's truth beside what was shown, what would have come
of an earlier or later stop. From the journal (its folder) and the truth kept beside it, which the journal vouches for by its hash.
Without EXERCISE: the exercises of the journal.

  --format LIST      any of html, pdf, json; default html,json
  --out DIR          default the folder debrief-EXERCISE here
  --language zh|en   of HTML and PDF; default zh. JSON holds both
  --time-zone ZONE   IANA name; default ${TIME_ZONE_DEFAULT}
  --what-if LIST     the stop so many minutes earlier (-) or later, e.g. --what-if=-5,5; default none
  --json             {mode, files:[{name, path, format, bytes, sha256}], notMade:[{format, reason}], truth}, or {mode, exercises:[...]}

Exit: 0 done, 1 something of what was asked for could not be made (a truth that is missing or altered counts), 2 wrong call or a journal that
cannot be read, 130 ended by Ctrl-C (no file is left behind).
`;
const FORMATS = ['html', 'pdf', 'json'] as const;
/** Exercises are in no other journal. */
const MODE = 'TRAINING';

interface Call { readonly help: boolean; readonly json: boolean; readonly exercise: string | null; readonly journal: string; readonly formats: readonly (typeof FORMATS)[number][]; readonly out: string; readonly pen: { readonly language: 'zh' | 'en'; readonly timeZone: string }; readonly minutes: readonly number[] }

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => { io.stderr(`haven debrief: ${what}\n`); return EXIT_WRONG_CALL; };
  const call = readCall(args);
  if ('wrong' in call) return wrong(`${call.wrong}; expected ${HELP.split('\n')[0] ?? ''}`);
  if (call.help) { io.stdout(HELP); return EXIT_DONE; }
  const journal = journalFileOf(path.resolve(io.cwd, call.journal));
  if (!existsSync(journal)) return wrong(`there is no journal at ${journal}`);
  try {
    if (call.exercise === null) {
      const exercises = exercisesOf(journal);
      io.stdout(call.json ? `${JSON.stringify({ mode: MODE, exercises })}\n` : `${MODE}\n${exercises.map(line).join('') || 'no exercises\n'}`);
      return EXIT_DONE;
    }
    const found = readExercise(journal, call.exercise);
    if (!found.ok) return wrong(`${call.exercise}: ${found.reason}`);
    const { debrief, noTruth } = await makeDebrief(found.value, { journalDir: path.dirname(journal), minutes: call.minutes });
    const page = debriefHtml(debrief, { plant: found.value.plant.pack.title, record: found.value.record, version: packageJson.version }, call.pen);
    const writers: Writer[] = [];
    if (noTruth !== null) writers.push(() => Promise.resolve({ format: 'truth', reason: noTruth.reason }));
    if (call.minutes.length > 0 && debrief.counterfactuals.length === 0) writers.push(() => Promise.resolve({ format: 'whatIf', reason: debrief.noCounterfactuals?.en ?? 'the simulator did not answer' }));
    if (call.formats.includes('json')) writers.push(async (folder) => {
      const text = canonicalJson(debrief);
      if (!text.ok) return { format: 'json', reason: text.problem.message };
      await folder.write('debrief.json', 'json', [`${text.text}\n`]);
      return null;
    });
    if (call.formats.includes('html')) writers.push(async (folder) => { await folder.write('debrief.html', 'html', [page]); return null; });
    if (call.formats.includes('pdf')) writers.push(printed('debrief.pdf', page));
    return await writeFiles('debrief', path.resolve(io.cwd, call.out), call.json, writers, io, { mode: MODE, truth: noTruth?.code ?? 'whole' });
  } catch (error) {
    if (isFaultOfOurs(error)) throw error;
    return wrong(`${journal} cannot be read as a journal: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`);
  }
}

const line = ({ id, scenario, startedMs, total, passed }: KnownExercise): string => `${id}  ${new Date(startedMs).toISOString()}  ${scenario}  ${String(total)}  ${passed ? 'passed' : 'not passed'}\n`;

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: { 'help': { type: 'boolean', short: 'h', default: false }, 'json': { type: 'boolean', default: false }, 'journal': { type: 'string' }, 'format': { type: 'string', default: 'html,json' }, 'out': { type: 'string' }, 'language': { type: 'string', default: 'zh' }, 'time-zone': { type: 'string', default: TIME_ZONE_DEFAULT }, 'what-if': { type: 'string', default: '' } },
    });
    if (positionals.length > 1) return { wrong: `${String(positionals.length)} exercises are named` };
    if (!values.help && values.journal === undefined) return { wrong: '--journal is missing' };
    const [formats, pen] = [listOf('format', values.format, FORMATS), penOf(values.language, values['time-zone'])];
    if (!formats.ok) return formats;
    if (!pen.ok) return pen;
    const words = values['what-if'] === '' ? [] : values['what-if'].split(',');
    const minutes = words.map(Number);
    if (!minutes.every((each, i) => (words[i] ?? '').trim() !== '' && Math.abs(each) <= WHAT_IF_MINUTES_MAX) || minutes.length > WHAT_IF_RUNS_MAX) return { wrong: `--what-if ${values['what-if']}; expected at most ${String(WHAT_IF_RUNS_MAX)} numbers of minutes from -${String(WHAT_IF_MINUTES_MAX)} to ${String(WHAT_IF_MINUTES_MAX)}` };
    const exercise = positionals[0] ?? null;
    return { help: values.help, json: values.json, exercise, journal: values.journal ?? '', formats: formats.value, out: values.out ?? `debrief-${(exercise ?? '').replaceAll(/[^\w.-]/gu, '_').replace(/^\.+/u, '_')}`, pen: pen.value, minutes };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}
