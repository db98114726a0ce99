/** Records per person and debriefs as files for the console to save: CSV, PDF, xAPI. The same pages and rows as `haven competence` and `haven debrief` write. */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { Debrief } from '../../contract/drill.ts';
import { EXPORT_MAX_BYTES } from '../../contract/training.ts';
import type { Text } from '../../contract/text.ts';
import { certificateHtml } from './certificate-html.ts';
import { debriefHtml } from './debrief-html.ts';
import type { SignedRecord } from './read-exercise.ts';
import { recordsCsv } from './records-csv.ts';
import { statementsText } from './xapi.ts';
import type { Printed } from '../reports/pdf.ts';
import { TIME_ZONE_DEFAULT } from '../reports/pen.ts';
import type { Asked } from '../training/line.ts';

interface Surroundings {
  /** All that instructors signed, oldest first. */
  readonly signed: readonly SignedRecord[];
  /** Only where one is asked for as PDF. */
  readonly debrief: Debrief | null;
  readonly plant: Text;
  readonly version: string;
  readonly nowMs: number;
  readonly print: (page: string) => Promise<Printed>;
}
type File = CommandOutput<'training.export'>;

export async function exportOf({ format, what, language }: CommandInput<'training.export'>, { signed, debrief, plant, version, nowMs, print }: Surroundings): Promise<Asked<File>> {
  const pen = { language, timeZone: TIME_ZONE_DEFAULT };
  const name = what.kind === 'records' ? `competence${what.user === null ? '' : `-${what.user}`}` : `debrief-${what.exercise}`;
  try {
    switch (format) {
      case 'csv': return file(`${name}.csv`, 'text/csv;charset=utf-8', [...recordsCsv(signedFor(what, signed), pen.timeZone, nowMs)].join(''));
      case 'xapi': {
        const made = statementsText(signedFor(what, signed));
        return made.ok ? file(`${name}.xapi.json`, 'application/json', made.text) : { ok: false, reason: made.problem };
      }
      case 'pdf': {
        if (what.kind === 'debrief' && debrief === null) return { ok: false, reason: 'this exercise was not scored' };
        const page = debrief === null ? certificateHtml(signedFor(what, signed), nowMs, version, pen) : debriefHtml(debrief, { plant, record: null, version }, pen);
        const printed = await print(page);
        return printed.ok ? file(`${name}.pdf`, 'application/pdf', printed.bytes) : { ok: false, reason: printed.problem };
      }
    }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

const signedFor = (what: CommandInput<'training.export'>['what'], signed: readonly SignedRecord[]): SignedRecord[] => signed.filter(({ record }) => (what.kind === 'debrief' ? record.exercise === what.exercise : what.user === null || record.user === what.user));

function file(name: string, type: string, content: string | Uint8Array): Asked<File> {
  const bytes = Buffer.from(content);
  return bytes.byteLength > EXPORT_MAX_BYTES ? { ok: false, reason: `the file is larger than ${EXPORT_MAX_BYTES} bytes; use the command line (haven competence, haven debrief)` } : { ok: true, value: { name: name.replaceAll(/[^\w.-]/gu, '_'), type, base64: bytes.toString('base64') } };
}
