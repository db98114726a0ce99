/** Tidiness as a test: what a reviewer would otherwise have to say again and again. It reads the repository, it runs nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Longest source file, lines. */
const FILE_LINES_MAX = 600;

/** Longer files that have to be: path and reason. */
const LONGER_WITH_REASON: Readonly<Record<string, string>> = {
  'src/main/journal/verify.ts': 'REQ-JRN-17: an outsider copies one file, which repeats every definition and imports nothing but Node',
};

/** The top level is the user's; nothing is added to it on the quiet. */
const TOP_LEVEL = new Set([
  '.ci', '.dependency-cruiser.cjs', '.gitattributes', '.gitignore', '.npmrc', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'docs', 'eslint.config.mjs',
  'forge.config.ts', 'package-lock.json', 'package.json', 'procedures', 'rules', 'scripts', 'simulators', 'src', 'tests',
  'tsconfig.json', 'tsconfig.root.json', 'vitest.config.ts',
]);

/** Tracked and new files alike, without what git ignores. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  .split('\n').filter((path) => path !== '' && existsSync(join(root, path)));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const isSource = (path: string): boolean => /\.(ts|tsx)$/u.test(path) && !path.startsWith('tests/architecture/');
const sources = files.filter(isSource);
const inSrc = sources.filter((path) => path.startsWith('src/'));

function linesMatching(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) => read(path).split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])));
}

describe('source', () => {
  it(`has no file of more than ${FILE_LINES_MAX} lines without a reason`, () => {
    const long = inSrc.filter((path) => read(path).split('\n').length > FILE_LINES_MAX && LONGER_WITH_REASON[path] === undefined);
    expect(long).toEqual([]);
  });

  it('keeps no exemption that is no longer needed', () => {
    const stale = Object.keys(LONGER_WITH_REASON).filter((path) => !existsSync(join(root, path)) || read(path).split('\n').length <= FILE_LINES_MAX);
    expect(stale).toEqual([]);
  });

  it('never switches the type checker off', () => {
    expect(linesMatching(sources, /\bas any\b|@ts-(ignore|nocheck)/u)).toEqual([]);
  });

  it('leaves nothing undone in the domain', () => {
    expect(linesMatching(files.filter((path) => path.startsWith('src/domain/')), /\b(TODO|FIXME|XXX|HACK)\b/u)).toEqual([]);
  });

  it('names no file or folder utils, helpers or manager', () => {
    const vague = files.filter((path) => path.split('/').some((part) => /^(utils?|helpers?|managers?)(\.|$)|[-.](utils?|helpers?|manager)\./iu.test(part)));
    expect(vague).toEqual([]);
  });

  it('names files in kebab-case or, for components, in PascalCase', () => {
    const odd = sources.filter((path) => !/^([a-z0-9]+([-.][a-z0-9]+)*|[A-Z][A-Za-z0-9]*(\.test)?)\.tsx?$/u.test(basename(path)));
    expect(odd).toEqual([]);
  });
});

describe('tests', () => {
  it('run all: no test is picked out', () => {
    expect(linesMatching(files.filter((path) => /^tests\/.*\.(ts|tsx)$/u.test(path) && !path.startsWith('tests/architecture/')), /\b(it|test|describe)\.only\(/u)).toEqual([]);
  });

  it('carry every numbered requirement of the design pages in a title', () => {
    const testText = files.filter((path) => /^tests\/.*\.(test|spec)\.tsx?$/u.test(path)).map(read).join('\n')
      .split('\n').filter((line) => !/^\s*(\/\/|\*|\/\*)/u.test(line)).join('\n');
    const required = files.filter((path) => /^docs\/design\/.*\.md$/u.test(path))
      .flatMap((path) => [...new Set(read(path).match(/\bREQ-[A-Z]{2,5}-\d{2,3}\b/gu) ?? [])].map((id) => ({ id, path })));
    expect(required.filter(({ id }) => !testText.includes(id)).map(({ id, path }) => `${id} of ${path} has no test`)).toEqual([]);
  });
});

describe('the repository', () => {
  const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies' | 'scripts', Record<string, string>>;

  it('has only the agreed names at the top', () => {
    expect([...new Set(files.map((path) => path.split('/')[0] ?? ''))].filter((name) => !TOP_LEVEL.has(name))).toEqual([]);
  });

  it('pins every dependency to one version', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version));
    expect(loose).toEqual([]);
  });

  it('has a lock file that names no host', () => {
    expect(read('package-lock.json').includes('"resolved"')).toBe(false);
  });

  it('has every npm script its README tells people to run', () => {
    if (!existsSync(join(root, 'README.md'))) return;
    const builtIn = new Set(['ci', 'install', 'start', 'test', 'audit', 'run', 'exec']);
    const named = [...read('README.md').matchAll(/\bnpm (?:(?:--?[\w-]+ )*)(run (?:--silent )?)?([\w:-]+)/gu)]
      .filter(([, run, name]) => run !== undefined || !builtIn.has(name ?? '')).map(([, , name]) => name ?? '');
    expect(named.filter((name) => name.length > 1 && !name.startsWith('-') && manifest.scripts[name] === undefined)).toEqual([]);
  });

  it('keeps a row for every dependency in docs/dependencies.md, with licence and reason', () => {
    const rows = read('docs/dependencies.md').split('\n').filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const bad = names.filter((name) => {
      const row = rows.find((cells) => cells[0] === `\`${name}\``);
      const licence = (JSON.parse(read(`node_modules/${name}/package.json`)) as { license?: string }).license;
      return row === undefined || row.length < 5 || row.some((cell) => cell === '') || row[3] !== licence;
    });
    expect(bad).toEqual([]);
    expect(rows.flatMap((cells) => /^`(.+)`$/u.exec(cells[0] ?? '')?.[1] ?? []).filter((name) => !names.includes(name))).toEqual([]);
  });
});
