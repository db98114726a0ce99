/** `haven prove [PROCEDURE...]`: explores every reachable state of every procedure, and every pair that can meet, and checks the laws. */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { PlantPack, ProcedureDef } from '../../domain/packs/schema.ts';
import type { LawId, Proof } from '../../domain/prove/laws.ts';
import type { PairProof } from '../../domain/prove/pairs.ts';
import { proveProcedures, provePairs } from '../../domain/prove/prove-plant.ts';
import { clauseFigures } from '../packs/clause-register.ts';
import { formatFinding } from '../packs/finding.ts';
import { loadPacks } from '../packs/load.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { parsePackOptions } from './options.ts';

const HELP = `haven prove [PROCEDURE...] [--json] [--rules DIR] [--procedures DIR]

Explores every reachable state of every procedure (or of those named), in every design of its plant, with every value of
every fact that its guards and gates read, and every pair of procedures that shares a commanded tag, an interlock or a
zone. What is explored is the table that runs. Checks:

  L1  from every state the retreat is open and leads to the safe state or to the next mode of retreat
  L2  nothing but retreat and hold happens while a linked interlock is bypassed unapproved, expired or unknown
  L3  people never exceed the limit of the stage, the procedure and its clauses
  L4  no return without cause found, trip conditions clear, safe state proved, two different approvers
  L5  no dead end, no endless loop without a person or a deadline
  L6  every prohibition is shown before its step, and watched where a tag can show it
  L7  every deadline leads somewhere
  L8  losing any tag, the link or the power never makes retreat impossible and never counts as proof

  --json   one JSON document: {ok, procedures: [{id, plant, design?, states, transitions, ms, laws: [{id, holds,
           counterexample?}]}], pairs: [{pair, states, transitions, conflicts, holds, counterexample?}]}

Exit: 0 all laws hold, 1 one is broken or the packs have errors, 2 wrong call.
`;

/** What the laws are called in a report. */
const LAW_WORDS: Readonly<Record<LawId, string>> = {
  L1: 'the retreat is open and leads on', L2: 'no way back past an interlock', L3: 'people within limits', L4: 'no return without proof, cause and two people',
  L5: 'no dead end, no endless loop', L6: 'prohibitions shown and watched', L7: 'deadlines lead somewhere', L8: 'what is lost never proves',
};

interface Timed extends Proof { readonly plant: string; readonly design?: string; readonly ms: number }

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const parsed = parsePackOptions(args);
  if ('wrong' in parsed) return wrong(io, parsed.wrong);
  const { json, help, rules, procedures, positionals } = parsed.options;
  if (help) { io.stdout(HELP); return EXIT_DONE; }
  const loaded = loadPacks({ rulesDir: path.resolve(io.cwd, rules), proceduresDir: path.resolve(io.cwd, procedures) });
  const errors = loaded.findings.filter((finding) => finding.severity === 'error');
  for (const finding of errors) io.stderr(`${formatFinding(finding)}\n`);
  const packs: PlantPack[] = [...loaded.plants, ...loaded.otherDesigns()];
  const known = new Set(packs.flatMap((pack) => pack.procedures.map(({ id }) => id)));
  const unknown = positionals.find((id) => !known.has(id));
  if (unknown !== undefined) return wrong(io, `there is no procedure '${unknown}'`);
  const isWanted = ({ id }: ProcedureDef): boolean => positionals.length === 0 || positionals.includes(id);
  const clauses = clauseFigures(loaded.clauses);
  const proofs: Timed[] = [];
  const pairs: PairProof[] = [];
  for (const pack of packs) {
    for (const proof of timed(proveProcedures(pack, clauses, isWanted))) {
      proofs.push({ ...proof.value, plant: pack.id, ...(pack.design === undefined ? {} : { design: pack.design }), ms: proof.ms });
      if (!json) io.stdout(`${procedureText(proofs.at(-1) as Timed)}\n`);
      await io.drained?.();
    }
    for (const pair of provePairs(pack, isWanted)) pairs.push(pair);
  }
  const ok = errors.length === 0 && proofs.every(({ laws }) => laws.every(({ holds }) => holds)) && pairs.every(({ holds }) => holds);
  io.stdout(json ? `${JSON.stringify({ ok, procedures: proofs.map(({ procedure: id, ...proof }) => ({ id, ...proof })), pairs })}\n` : summary(proofs, pairs, ok));
  return ok ? EXIT_DONE : EXIT_FINDINGS;
}

function wrong(io: CommandIo, what: string): number {
  io.stderr(`haven prove: ${what}; expected ${HELP.split('\n')[0] ?? ''}\n`);
  return EXIT_WRONG_CALL;
}

function* timed<T>(each: Iterable<T>): Generator<{ readonly value: T; readonly ms: number }> {
  const iterator = each[Symbol.iterator]();
  for (;;) {
    const startedMs = performance.now();
    const { value, done } = iterator.next() as IteratorResult<T>;
    if (done === true) return;
    yield { value, ms: Math.round(performance.now() - startedMs) };
  }
}

function procedureText({ procedure, plant, design, states, transitions, ms, laws }: Timed): string {
  const broken = laws.filter(({ holds }) => !holds);
  const head = `${broken.length === 0 ? 'ok    ' : 'BROKEN'} ${procedure.padEnd(18)} ${plant}${design === undefined ? '' : ` (${design})`}: ${states} states, ${transitions} transitions, ${ms} ms`;
  return [head, ...broken.flatMap(({ id, counterexample }) => [`  ${id} ${LAW_WORDS[id]}: broken`, ...(counterexample ?? []).map((line, i) => `    ${i + 1}. ${line}`)])].join('\n');
}

function summary(proofs: readonly Timed[], pairs: readonly PairProof[], ok: boolean): string {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const brokenPairs = pairs.filter(({ holds }) => !holds).flatMap(({ pair, counterexample }) => [`BROKEN ${pair.join(' with ')}`, ...(counterexample ?? []).map((line, i) => `    ${i + 1}. ${line}`)]);
  const resolved = pairs.flatMap(({ pair, conflicts }) => conflicts.map(({ tag, followed }) => `  ${tag}: ${pair.join(' with ')}, ${followed} is followed`));
  return [
    ...brokenPairs, '',
    `${proofs.length} procedures, ${sum(proofs.map(({ states }) => states))} states, ${sum(proofs.map(({ transitions }) => transitions))} transitions, ${(sum(proofs.map(({ ms }) => ms)) / 1_000).toFixed(1)} s`,
    `${pairs.length} pairs, ${sum(pairs.map(({ states }) => states))} states; commands that contradict each other and are resolved by priority: ${resolved.length}`, ...resolved,
    ok ? 'all laws hold' : 'NOT all laws hold', '',
  ].join('\n');
}
