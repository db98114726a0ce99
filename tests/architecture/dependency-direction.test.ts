/**
 * The direction of dependencies holds in the repository, and the rules that say so are awake: for each rule there is a
 * small tree under seeded/ that breaks it, and it must be caught by that rule and by no other.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseOptions, ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const seededDir = join(import.meta.dirname, 'seeded');

interface Rules { forbidden: (IForbiddenRuleType & { name: string; comment: string })[]; options: ICruiseOptions }
const rules = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Rules;

interface Violation { rule: string; from: string; to: string }

async function violationsIn(baseDir: string, folders: string[]): Promise<{ violations: Violation[]; modules: number }> {
  // The rules are written against paths from the root of a repository, and the cruiser takes those from the working folder.
  process.chdir(baseDir);
  const result = await cruise(folders, { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true, outputType: 'json', baseDir });
  const { summary } = JSON.parse(String(result.output)) as ICruiseResult;
  return { violations: summary.violations.map((v) => ({ rule: v.rule.name, from: v.from, to: v.to })), modules: summary.totalCruised };
}

describe('the direction of dependencies', () => {
  const startedIn = process.cwd();
  afterEach(() => { process.chdir(startedIn); });

  it('holds in the repository', async () => {
    const folders = ['src', 'simulators', 'scripts'].filter((folder) => existsSync(join(root, folder)));
    const { violations, modules } = await violationsIn(root, folders);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(10); // an empty cruise is a cruise that looked in the wrong place
  });

  it('has a seeded violation for every rule and no rule without a reason', () => {
    expect(rules.forbidden.map((rule) => rule.name).sort()).toEqual(readdirSync(seededDir).sort());
    expect(rules.forbidden.filter((rule) => rule.severity !== 'error' || rule.comment.length < 20)).toEqual([]);
  });

  it('REQ-PLT-12 the platform takes the client out of node:https and node:tls, and no server', () => {
    const taken = [...readFileSync(join(root, 'src/main/platform/client.ts'), 'utf8').matchAll(/^import (?!type)\{ ([^}]*) \} from 'node:(?:https|tls)';$/gmu)].flatMap(([, names]) => (names ?? '').split(', '));
    expect(taken.sort()).toEqual(['Agent', 'connect', 'request']);
  });

  it.each(readdirSync(seededDir))('catches a violation of %s', async (rule) => {
    const tree = join(seededDir, rule);
    const { violations } = await violationsIn(tree, readdirSync(tree));
    expect([...new Set(violations.map((violation) => violation.rule))]).toEqual([rule]);
  });
});
