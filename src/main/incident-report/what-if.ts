/**
 * What if the stop had come earlier, or later: asks a simulator in a process of its own, which the product does not hold and which may not be
 * there. Bounded in time and size, cancellable; whatever goes wrong is a reason that the report can tell, and the report is made without.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WHAT_IF_MINUTES_MAX, WHAT_IF_RUNS_MAX } from '../../contract/incidents.ts';
import { whatIfSchema } from '../../contract/report.ts';
import type { IncidentReport, WhatIf } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import type { IncidentRecords, RecordedSamples } from '../../domain/report/incident.ts';
import { fidelityOf, plantCourse, questionOf } from '../../domain/report/what-if.ts';
import type { PlacedHand } from '../../domain/report/what-if.ts';
import { outsideReason } from '../outside-reason.ts';

/** Beside the program, where its simulators are. */
export const SIMULATOR = join(import.meta.dirname, '../../../simulators/what-if.ts');
const TIME_LIMIT_MS = 180_000;
const ANSWER_MAX_BYTES = 16_000_000;
const COMPLAINT_MAX_LENGTH = 500;

export interface WhatIfRequest {
  readonly mode: IncidentReport['mode'];
  readonly records: IncidentRecords;
  readonly samples: Pick<RecordedSamples, 'series'>;
  /** What the simulator itself told of hands on the plant; left out: those that the journal has. */
  readonly hands?: readonly PlacedHand[];
  /** The stop so many minutes of plant time earlier (-) or later (+). */
  readonly minutes: readonly number[];
  /** The simulator's program; default the one beside this program. */
  readonly simulator?: string;
  readonly timeLimitMs?: number;
  readonly signal?: AbortSignal;
}

export type WhatIfResult = { readonly ok: true; readonly whatIf: WhatIf } | { readonly ok: false; readonly reason: Text };

const answerSchema = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), runs: whatIfSchema.shape.runs }), z.strictObject({ ok: z.literal(false), message: z.string() })]);
const no = (zh: string, en: string): { readonly ok: false; readonly reason: Text } => ({ ok: false, reason: { zh, en } });

/** The runs of a training incident with its stop moved, and how far the unmoved one is from what was recorded. Never throws. */
export async function whatIfOf({ mode, records, samples, hands, minutes, simulator = SIMULATOR, timeLimitMs = TIME_LIMIT_MS, signal }: WhatIfRequest): Promise<WhatIfResult> {
  if (mode === 'OPERATION') return no('真实事件不作假设推演：没有仿真能代表真实装置', 'Nothing is supposed about what happened to a real plant: no simulator stands for it');
  if (mode === 'RECONSTRUCTED') return no('重建的事件不知道当时的操作，不作假设推演', 'What was done is not known of an incident that was reconstructed from a trace');
  if (minutes.length > WHAT_IF_RUNS_MAX) return no(`最多 ${String(WHAT_IF_RUNS_MAX)} 种推演`, `At most ${String(WHAT_IF_RUNS_MAX)} what-ifs`);
  if (!minutes.every((minute) => Math.abs(minute) <= WHAT_IF_MINUTES_MAX)) return no(`停车最多移动 ${String(WHAT_IF_MINUTES_MAX)} 分钟`, `The stop can be moved by at most ${String(WHAT_IF_MINUTES_MAX)} minutes`);
  const course = plantCourse(records, hands);
  if (!course.ok) return course;
  if (!existsSync(simulator)) return no('没有仿真程序，不能推演', 'The simulator is not there, so that nothing can be run again');
  const question = questionOf(records, course, minutes.map((minute) => Math.round(minute * 60_000)));
  const answered = await ask(simulator, JSON.stringify(question), timeLimitMs, signal);
  if (!answered.ok) return answered;
  const answer = answerSchema.safeParse(jsonOf(answered.text));
  if (!answer.success) return no('仿真程序的答复无法理解', "The simulator's answer makes no sense");
  if (!answer.data.ok) return no(`仿真程序不能推演：${answer.data.message.slice(0, COMPLAINT_MAX_LENGTH)}`, `The simulator cannot run it: ${answer.data.message.slice(0, COMPLAINT_MAX_LENGTH)}`);
  const { runs } = answer.data;
  const unmoved = runs.find(({ shiftMs }) => shiftMs === 0);
  if (unmoved === undefined || question.shifts.some((shift) => !runs.some(({ shiftMs }) => shiftMs === shift))) return no('仿真程序没有回答所问', 'The simulator did not answer what was asked');
  const units = new Map(records.plant.pack.tags.map((tag) => [tag.id, 'unit' in tag ? tag.unit : '']));
  return { ok: true, whatIf: { scenario: course.scenario, seed: question.seed, runs, fidelity: fidelityOf(course, unmoved, samples, (tag) => units.get(tag) ?? '') } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Answered = { readonly ok: true; readonly text: string } | ReturnType<typeof no>;

/** It gets the question and nothing else: none of the station's environment, which may hold secrets. */
function ask(program: string, question: string, timeLimitMs: number, signal: AbortSignal | undefined): Promise<Answered> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) { resolve(CANCELLED); return; }
    // The desktop program is Electron, which runs as plain Node when told so.
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'], env: { ELECTRON_RUN_AS_NODE: '1', ...(process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] }) } });
    const parts: Buffer[] = [];
    let [bytes, complaint] = [0, ''];
    const end = (answer: Answered): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      resolve(answer);
    };
    const cancel = (): void => end(CANCELLED);
    const timer = setTimeout(() => end(no(`仿真程序 ${String(timeLimitMs / 1_000)} s 内没有算完`, `The simulator was not done within ${String(timeLimitMs / 1_000)} s`)), timeLimitMs);
    signal?.addEventListener('abort', cancel);
    child.on('error', (error) => end(no(`仿真程序无法启动：${outsideReason(error).zh}`, `The simulator cannot be started: ${outsideReason(error).en}`)));
    child.stdin.on('error', () => undefined); // It need not hear the question out; how it ends says more.
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > ANSWER_MAX_BYTES) end(no('仿真程序的答复过长', "The simulator's answer is too long"));
      else parts.push(part);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { complaint = (complaint + text).slice(-COMPLAINT_MAX_LENGTH); });
    child.on('close', (code, killed) => {
      const text = Buffer.concat(parts).toString('utf8');
      // 1 with an answer: it says itself why not.
      if (code === 0 || (code === 1 && text.startsWith('{"ok":false'))) end({ ok: true, text });
      else end(no(`仿真程序中断（${String(code ?? killed)}）：${complaint}`, `The simulator broke off (${String(code ?? killed)}): ${complaint}`));
    });
    child.stdin.end(question);
  });
}

const CANCELLED = no('已取消', 'Cancelled');
