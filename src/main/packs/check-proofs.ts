/** Checks of proofs, after 4.3.3: what is called proof shows what it says, by the evidence that the clause names, and everything commanded is looked at. */
import { EVIDENCE_FOR } from '../../domain/packs/schema.ts';
import type { EvidenceKind, ProofDef, Sets, Shown } from '../../domain/packs/schema.ts';
import { proofListsOf } from './draft.ts';
import { commandsOf, conditionsById, eachProcedure, inputsBelow } from './procedure-parts.ts';
import type { Command } from './procedure-parts.ts';

/** How many different kinds of evidence one list needs (4.3.3(1), A3.3, A3.4: two kinds of pressure monitoring that agree). */
const KINDS_NEEDED: Readonly<Partial<Record<Shown, number>>> = { depressurised: 2 };

/** Words that say that something has no pressure. 常压储罐, an atmospheric tank, is a kind of tank, and "not depressurised" is the opposite. */
const SAYS_DEPRESSURISED = /泄压完成|已泄压|常压(?!储罐|贮罐|罐|塔|容器|设备|蒸馏)|无压|(?<!\b(?:not|never) )depressuri[sz]ed|atmospheric pressure(?! (?:tank|tower|vessel))|no pressure/iu;

/** 4.3.3(2): a closed valve does not isolate. What is marked as shown must name evidence that counts for it. */
export const evidenceFits = eachProcedure((procedure, _names, report) => {
  for (const { path, proof } of proofListsOf(procedure.value)) {
    for (const [index, { id, shows, evidence }] of proof.entries()) {
      const allowed: readonly EvidenceKind[] = shows === undefined ? [] : EVIDENCE_FOR[shows];
      if (shows === undefined && evidence !== undefined) report.error(procedure, [...path, index, 'evidence'], `proof ${id} has evidence and does not say of what; expected 'shows' beside it`);
      else if (shows !== undefined && evidence === undefined) report.error(procedure, [...path, index, 'shows'], `proof ${id} shows ${shows} without evidence${shows === 'isolated' ? ', and a closed valve is none' : ''} (4.3.3); expected 'evidence' with one of ${allowed.join(', ')}`);
      else if (evidence !== undefined && !allowed.includes(evidence)) report.error(procedure, [...path, index, 'evidence'], `${evidence} is no evidence that anything is ${String(shows)} (4.3.3); expected one of ${allowed.join(', ')}`);
    }
  }
});

/** 4.3.3(1): one gauge at zero may be a plugged gauge. */
export const evidenceAgrees = eachProcedure((procedure, _names, report) => {
  for (const { path, title, proof } of proofListsOf(procedure.value)) {
    for (const [shows, needed] of Object.entries(KINDS_NEEDED)) {
      const kinds = new Set(proof.flatMap((one) => (one.shows === shows && one.evidence !== undefined ? [one.evidence] : [])));
      const first = proof.findIndex((one) => one.shows === shows);
      if (kinds.size > 0 && kinds.size < needed) report.error(procedure, [...path, first], `the proof of ${title} shows ${shows} by ${[...kinds].join(', ')} alone (4.3.3(1)); expected ${needed} different kinds of evidence out of ${EVIDENCE_FOR[shows as Shown].join(', ')}`);
    }
  }
});

/** Whoever reads "no pressure" opens a flange: the words bind to the evidence, whether or not the author marked them. */
export const wordsOfPressureAreProved = eachProcedure((procedure, _names, report) => {
  for (const { path, proof } of proofListsOf(procedure.value)) {
    for (const [index, one] of proof.entries()) {
      if (one.shows === 'depressurised') continue;
      for (const [key, lang] of [['text', 'zh'], ['text', 'en'], ['expected', 'zh'], ['expected', 'en']] as const) {
        const word = SAYS_DEPRESSURISED.exec(one[key][lang])?.[0];
        if (word !== undefined) { report.error(procedure, [...path, index, key, lang], `proof ${one.id} says '${word}' and does not show it (4.3.3(1)); expected 'shows: depressurised' with its evidence, or other words`); break; }
      }
    }
  }
});

/**
 * ISA-106: command, perform, verify. A valve that was told to close and that nobody looks at is an open valve. A continuous action is proved
 * by what it brings about (the pressure holds), and only by the opposite state not at all.
 */
export const commandsAreProved = eachProcedure((procedure, names, report, plant) => {
  const conditions = conditionsById(plant);
  for (const command of commandsOf(procedure.value)) {
    // No proof at all is told by itself; a tag that is not there too.
    if (command.proof.length === 0) continue;
    const seen = new Set(command.proof.flatMap((one) => ('when' in one ? [...inputsBelow(one.when, conditions)] : [])));
    for (const [tag, value] of Object.entries(command.sets)) {
      const path = [...command.path, 'sets', tag];
      if (!names.has('tag', tag)) continue;
      if (command.isStep && ![...seen].some((input) => input === tag || isFeedbackOf(input, tag))) report.error(procedure, path, `${tag} is commanded by ${command.title} but not proved; expected a proof of the same step that looks at ${tag} or at its feedback`);
      else tellOpposite(command, tag, value, (message) => report.error(procedure, path, message));
    }
  }
});

/** A proof that waits for another state than the command brings about never comes, and people wait for it. */
function tellOpposite({ title, proof }: Command, tag: string, value: Sets[string], tell: (message: string) => void): void {
  const wanted = proof.flatMap((one) => wantedState(one, tag));
  if (wanted.length > 0 && !wanted.some((words) => words.some((word) => word === value))) tell(`${title} commands ${tag} to '${String(value)}' and its proof waits for '${wanted.flat().map(String).join("' or '")}'; expected the state that is commanded`);
}

function wantedState(proof: ProofDef, tag: string): (readonly (string | boolean)[])[] {
  if (!('when' in proof) || proof.when.kind !== 'state' || proof.when.input !== tag) return [];
  return [Array.isArray(proof.when.is) ? proof.when.is : [proof.when.is]];
}

/** ISA-5.1 names: the position of XV-4101 comes back as ZS-4101 or ZI-4101, the flow of FIC-109 as FI-109; some write XV-4101-FB. */
function isFeedbackOf(input: string, tag: string): boolean {
  if (input.startsWith(`${tag}-`) || input.startsWith(`${tag}.`)) return true;
  const [back, out] = [/^([A-Za-z]+)-?(\d.*)$/u.exec(input), /^([A-Za-z]+)-?(\d.*)$/u.exec(tag)];
  if (back?.[2] === undefined || back[2] !== out?.[2]) return false;
  return /^Z/iu.test(back[1] ?? '') || (/^[A-Z]{2,}$/iu.test(out[1] ?? '') && back[1]?.[0] === out[1]?.[0]);
}
