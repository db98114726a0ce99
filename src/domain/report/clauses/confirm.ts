/** 4.3.3 and what it asks for: depressurised, isolated, dead, free of gas - shown by instruments and by what stands on the spot, never by senses alone. */
import type { Text } from '../../../contract/text.ts';
import { FALSE } from '../../conditions/truth.ts';
import type { Shown } from '../../packs/schema.ts';
import type { CaseFile } from './case-file.ts';
import { isSensory, isShown, proofsShown, stepsSeen } from './evidence-seen.ts';
import type { ProofSeen, StepSeen } from './evidence-seen.ts';
import { byPeople, met, notApplicable, notMet, unknown } from './finding.ts';
import type { Finding } from './finding.ts';
import { eventsOf } from './runs-seen.ts';
import type { RunSeen } from './runs-seen.ts';
import { ids, t } from './wording.ts';

const SHOWN_WORDS: Readonly<Record<Shown, Text>> = {
  'depressurised': t('泄压', 'depressurised'), 'isolated': t('隔离', 'isolated'), 'deenergised': t('断电', 'power off'), 'gas-free': t('气体检测', 'free of gas'),
};
export const CONFIRMED_BY: Readonly<Record<string, readonly Shown[]>> = { '4.3.3(1)': ['depressurised'], '4.3.3(2)': ['isolated'], '4.3.3(3)': ['deenergised'], '4.3.3(4)': ['gas-free'] };
const ALL_SHOWN: readonly Shown[] = ['depressurised', 'isolated', 'deenergised', 'gas-free'];
/** Two kinds at least, that agree (4.3.3(1), A3.3, A3.4). */
const KINDS_AT_LEAST = 2;

/** `clause` of the annex: only in procedures that carry it. */
export function confirmed(file: CaseFile, shown: readonly Shown[], runs: readonly RunSeen[] = file.runs): Finding[] {
  const steps = stepsSeen(runs, file.span.toMs);
  const findings = shown.flatMap((each) => runs.flatMap((run) => confirmedIn(file, run, steps.filter((step) => step.run === run), each)));
  return findings.length > 0 ? findings : [notApplicable(t(`没有做过需要确认${shown.map((each) => SHOWN_WORDS[each].zh).join('、')}的步骤`, `no step was done that had to show: ${shown.map((each) => SHOWN_WORDS[each].en).join(', ')}`))];
}

function confirmedIn(file: CaseFile, run: RunSeen, steps: readonly StepSeen[], shown: Shown): Finding[] {
  const asked = steps.filter(({ step }) => step.proof.some(({ shows }) => shows === shown));
  const left = asked.filter(({ done, skipped }) => skipped !== null && (done === null || done.n < skipped.n));
  const begun = asked.filter(({ done, skipped, permitted }) => done === null && skipped === null && permitted.length > 0);
  const proofs = proofsShown(asked, [shown]);
  const words = SHOWN_WORDS[shown];
  return [
    ...left.map(({ step, skipped }) => byPeople(notMet(t(`${run.procedure} 的第 ${step.id} 步被跳过，${words.zh}没有确认`, `step ${step.id} of ${run.procedure} was passed over, so it was not shown: ${words.en}`), [skipped?.n]))),
    ...begun.map(({ step, permitted }) => byPeople(unknown(t(`${run.procedure} 的第 ${step.id} 步（${words.zh}）已许可，没有完成的记录`, `step ${step.id} of ${run.procedure} (${words.en}) was permitted, and there is no record of its end`), permitted.map(({ n }) => n)))),
    ...proofs.flatMap((proof) => proofFinding(run, words, proof)),
    ...(proofs.length === 0 ? [] : [byPeople(kindsOf(run, words, proofs, shown === 'depressurised' ? KINDS_AT_LEAST : 1))]),
  ];
}

function proofFinding(run: RunSeen, words: Text, seen: ProofSeen): Finding[] {
  const { proof, signed, truth, of } = seen;
  if ('when' in proof) return [];
  const name = t(`${run.procedure} 的 ${proof.id}（${words.zh}）`, `${proof.id} of ${run.procedure} (${words.en})`);
  const numbers = [signed?.n, of.done?.n];
  if (signed === null) return [byPeople(unknown(t(`没有${name.zh}的签字记录`, `no signature of ${name.en} is on record`), numbers))];
  if (isSensory(proof)) return [];
  // On the way to safety a word is enough: no form stands between people and a retreat.
  if (signed.event.evidence === undefined && (of.part === 'handling' || !isShown(seen))) return [byPeople(unknown(t(`${name.zh}只有签字，没有写明证据`, `${name.en} was signed without a record of what showed it`), numbers))];
  if (truth === FALSE) return [byPeople(notMet(t(`${name.zh}的证据表明未达到要求或已撤除`, `what was recorded for ${name.en} shows the contrary, or was taken away again`), numbers))];
  return isShown(seen) ? [] : [byPeople(unknown(t(`${name.zh}的证据在完成该步时已失效或相互矛盾`, `what was recorded for ${name.en} had run out or contradicted another when the step was done`), numbers))];
}

function kindsOf(run: RunSeen, words: Text, proofs: readonly ProofSeen[], atLeast: number): Finding {
  const good = proofs.filter((seen) => 'when' in seen.proof || isShown(seen));
  const kinds = [...new Set(good.map(({ kind }) => kind))];
  const numbers = proofs.flatMap(({ signed, of }) => [signed?.n, of.done?.n]);
  if (kinds.length >= atLeast) return met(t(`${run.procedure} 中${words.zh}由 ${kinds.length} 种证据确认：${ids(kinds).zh}`, `${words.en} in ${run.procedure} was shown by ${kinds.length} kind(s) of evidence: ${ids(kinds).en}`), numbers);
  if (proofs.some((seen) => !good.includes(seen))) return unknown(t(`${run.procedure} 中${words.zh}的证据不完整`, `the evidence for ${words.en} in ${run.procedure} is not complete`), numbers);
  return notMet(t(`${run.procedure} 中${words.zh}只有 ${kinds.length} 种证据，至少要 ${atLeast} 种`, `${words.en} in ${run.procedure} was shown by ${kinds.length} kind(s) of evidence only; at least ${atLeast} are asked for`), numbers);
}

/** 4.3.3 as a whole: the four below it, and no step proved by senses alone. */
export function judgeConfirmation(file: CaseFile): Finding[] {
  const steps = stepsSeen(file.runs, file.span.toMs);
  const sensed = steps.filter(({ step, done }) => done !== null && step.proof.length > 0 && step.proof.every(isSensory));
  return [
    ...sensed.map(({ run, step, done }) => byPeople(notMet(t(`${run.procedure} 的第 ${step.id} 步只凭看、闻、听、摸确认`, `step ${step.id} of ${run.procedure} was proved by senses alone`), [done?.n, ...signaturesOf(run, step.proof.map(({ id }) => id))]))),
    ...confirmed(file, ALL_SHOWN),
  ];
}

const signaturesOf = (run: RunSeen, proofs: readonly string[]): number[] => eventsOf(run, 'SIGNED').filter(({ event }) => proofs.includes(event.proof)).map(({ n }) => n);

/** A3.3, A3.4: atmospheric in several ways, in the procedures of that clause. */
export function judgeAtmospheric(file: CaseFile, clause: string): Finding[] {
  const carriers = file.runs.filter(({ def }) => def?.clauses.includes(clause) === true);
  const lost = file.runs.filter(({ def, procedure }) => def === null && file.incident.plant.procedures.get(procedure)?.clauses.includes(clause) === true);
  return [...lost.map((run) => unknown(t(`${run.procedure} 第 ${run.version} 版不在日志的规则包中`, `${run.procedure} version ${run.version} is not in the journal's pack`), [run.raised.n])), ...confirmed(file, ['depressurised'], carriers)];
}
