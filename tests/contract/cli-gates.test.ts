/** REQ-GATE-20: what outside programs and readers see of the gates. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../src/main/cli/gates.ts';
import { GATE_RULES } from '../../src/domain/gates/rules.ts';
import { OPERATIONS } from '../../src/domain/gates/operations.ts';

async function call(args: readonly string[], cwd = process.cwd()) {
  const said = { out: '', err: '' };
  const code = await run(args, { stdout: (text) => { said.out += text; return true; }, stderr: (text) => { said.err += text; return true; }, cwd, isTerminal: false, drained: () => Promise.resolve() });
  return { code, ...said };
}

it('REQ-GATE-20 docs/gates.md is the page that the tables print', async () => {
  const { code, out } = await call([]);
  expect(code).toBe(0);
  expect(readFileSync('docs/gates.md', 'utf8'), 'run: npm run haven -- gates --out docs/gates.md').toBe(out);
});

it('REQ-GATE-20 haven gates --json: every rule and every operation, one document', async () => {
  const { code, out } = await call(['--json']);
  expect(code).toBe(0);
  const { operations, rules } = JSON.parse(out) as { operations: { id: string; direction: string; rules: string[] }[]; rules: { id: string; clause: string }[] };
  expect(rules.map(({ id }) => id)).toEqual(GATE_RULES.map(({ id }) => id));
  expect(operations.map(({ id }) => id)).toEqual(Object.keys(OPERATIONS));
  expect(operations.find(({ id }) => id === 'procedure.return')?.rules).toContain('G-CAUSE');
  expect(operations.map(({ direction }) => direction).filter((d) => d === 'retreat' || d === 'hold')).toEqual([]);
});

it('REQ-GATE-20 --out writes the page; where it cannot, exit 2 with the file and what is expected', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'haven-gates-'));
  expect((await call(['--out', 'gates.md'], dir)).code).toBe(0);
  expect(readFileSync(path.join(dir, 'gates.md'), 'utf8')).toContain('| G-INTERLOCK | 3.3 |');
  const wrong = await call(['--out', 'no/such/folder/gates.md'], dir);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toMatch(/^no\/such\/folder\/gates\.md:1:1: cannot be written.*expected/u);
  expect((await call(['--nonsense'])).code).toBe(2);
});
