/** The gates as a page to read: every operation, every rule, and which is asked of which. Made from the tables that decide. */
import { GATES, MEANWHILE, rulesOf } from './decide.ts';
import type { OperationId, OperationSpec } from './operations.ts';

/** What `haven gates --json` gives. */
export interface PrintedGates {
  readonly operations: readonly { readonly id: string; readonly direction: string; readonly title: { zh: string; en: string }; readonly rules: readonly string[]; readonly why: { zh: string; en: string } | null }[];
  readonly rules: readonly { readonly id: string; readonly clause: string; readonly directions: readonly string[]; readonly looksAt: { zh: string; en: string }; readonly whoCanChange: readonly string[] }[];
}

export function printedGates(): PrintedGates {
  const ids = Object.keys(GATES.operations) as OperationId[];
  return {
    operations: ids.map((id) => {
      const spec: OperationSpec = GATES.operations[id];
      return { id, direction: spec.direction, title: spec.title, rules: rulesOf(GATES, id, spec.direction).map((rule) => rule.id), why: spec.why ?? null };
    }),
    rules: GATES.rules.map(({ id, clause, directions, looksAt, whoCanChange }) => ({ id, clause, directions, looksAt, whoCanChange })),
  };
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The page as Markdown. */
export function gatesPage(): string {
  const { operations, rules } = printedGates();
  const narrow = operations.filter(({ why }) => why !== null);
  const fieldAndBack = operations.filter(({ why }) => why === null);
  return `# What the gates refuse

Printed by \`haven gates --out docs/gates.md\` from the tables that decide (\`src/domain/gates/\`); a test holds this page to them. How they are made and tested: [design/gates.md](design/gates.md).

\`decide(operation, facts)\` answers yes, or no with every obstacle: the rule, the clause, the fact, who can change it. Retreat (\`retreat\`) and staying safe (\`hold\`) have no row here:
they return before any rule is looked at. With every refusal stands what may be done meanwhile: ${MEANWHILE.map(({ en, zh }) => `${en} / ${zh}`).join('; ')}.

## Rules
A rule counts for the directions it names. Nobody in the last column: it is what the thing is, and only the plant changes it.

${table(['rule', 'clause', 'sustain', 'intervene', 'return', 'looks at', '查看', 'who can change it'], rules.map(({ id, clause, directions, looksAt, whoCanChange }) => [id, clause, ...(['sustain', 'intervene', 'return'] as const).map((d) => (directions.includes(d) ? '●' : '')), looksAt.en, looksAt.zh, whoCanChange.join(', ') || 'nobody']))}

## Operations that ask every rule of their direction
${table(['operation', 'direction', 'what', '做什么', 'rules'], fieldAndBack.map(({ id, direction, title, rules: asked }) => [`\`${id}\``, direction, title.en, title.zh, String(asked.length)]))}

## Operations that ask less, and why
${table(['operation', 'direction', 'what', '做什么', 'asks', 'why it asks no more', '原因'], narrow.map(({ id, direction, title, rules: asked, why }) => [`\`${id}\``, direction, title.en, title.zh, asked.join(', '), why?.en ?? '', why?.zh ?? '']))}
`;
}
