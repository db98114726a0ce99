/** REQ-PACK-17: a site's own figures: stricter freely, looser at most to the guideline's own figure, whole or not at all. */
import { describe, expect, it } from 'vitest';
import { assemblePacks, loadPacks } from '../../../src/main/packs/load.ts';
import type { LoadedPacks } from '../../../src/main/packs/load.ts';
import { loadRich, RICH, richFiles } from './rich-plant.ts';
import { placeOf, swap } from './small-plant.ts';

const SITE = RICH.site.text;
const OVERRIDES = SITE.slice(SITE.indexOf('  - condition'));
/** A site with these overrides instead. */
const withOverride = (condition: string, figures: string) => (text: string): string => text.replace(OVERRIDES, `  - condition: ${condition}\n    ${figures}\n    reason: "Of the test."\n    approvedBy: engineer-01\n`);
const judge = (condition: string, figures: string): string[] => loadRich('site', withOverride(condition, figures)).sites.flatMap((site) => site.findings.map((finding) => finding.message));

describe('REQ-PACK-17 A4.2 the plant as the site has it', () => {
  const condition = (site: string | undefined, id = 'C-HIGH') => loadRich('site', (text) => text, { site }).plants[0]?.conditions.find((one) => one.id === id);

  it('has the site\'s figures when it is asked for, and its own otherwise', () => {
    expect(condition('works')).toMatchObject({ measure: { atOrAbove: 55, deadband: 2.5 } });
    expect(condition(undefined)).toMatchObject({ measure: { atOrAbove: 60, deadband: 3 } });
    expect(loadRich('site', (text) => text, { site: 'works' }).plants[0]?.site).toEqual({ id: 'works', title: { zh: '厂', en: 'Works' }, applied: true });
  });

  it('a figure is in the unit of the condition, and is converted like it', () => {
    const loaded = loadRich('rules', (text) => swap('input: TI-1, atOrAbove: 60, deadband: 3', 'input: TI-1, unit: K, atOrAbove: 333.15, deadband: 3')(text), { site: 'works' });
    // 55 in a condition that speaks of kelvins is far outside the range: the site is refused, and the plant keeps its 60.
    expect(loaded.sites[0]?.findings.map((finding) => finding.message)).toContain('limit -218.15 is outside the range of TI-1; expected 0 to 100');
    expect(loaded.plants[0]?.conditions.find((one) => one.id === 'C-HIGH')?.measure).toMatchObject({ atOrAbove: 60 });
  });

  it('a refused site is never half applied: every figure is the plant\'s own, and it is said', () => {
    const two = (text: string): string => `${text}  - condition: C-LOW\n    limit: 20\n    reason: "Too low."\n    approvedBy: engineer-01\n`;
    const { plants, sites, findings } = loadRich('site', two, { site: 'works' });
    expect(sites).toEqual([expect.objectContaining({ id: 'works', applied: false })]);
    expect(findings).toEqual([]);
    expect(plants[0]?.conditions.find((one) => one.id === 'C-HIGH')?.measure).toMatchObject({ atOrAbove: 60 });
    expect(plants[0]?.site).toMatchObject({ id: 'works', applied: false });
  });

  it('a site that cannot be read, is not there, or is there twice leaves the plant\'s own figures', () => {
    for (const change of [(): string => 'overrides: [', swap('site: works', 'site: works\nsite: works'), swap('limit: 55', 'limit: hot')]) {
      const { plants, sites } = loadRich('site', change, { site: 'works' });
      expect(sites.map((site) => site.applied)).toEqual([false]);
      expect(sites[0]?.findings.length).toBeGreaterThan(0);
      expect(plants[0]?.conditions.find((one) => one.id === 'C-HIGH')?.measure).toMatchObject({ atOrAbove: 60 });
    }
    const missing = loadRich('site', (text) => text, { site: 'wroks' });
    expect(missing.sites[0]).toMatchObject({ applied: false, findings: [{ file: 'rules/rich/sites/wroks.yaml', line: 1, column: 1, message: "unknown site 'wroks'; expected an existing site, perhaps 'works'" }] });
    expect(missing.plants[0]?.conditions.find((one) => one.id === 'C-HIGH')?.measure).toMatchObject({ atOrAbove: 60 });
  });

  it('the shipped example is applied', () => {
    const { plants, sites } = loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures', site: 'example' });
    expect(sites).toEqual([expect.objectContaining({ id: 'example', plant: 'h2o2', applied: true, findings: [] })]);
    expect(plants.find((plant) => plant.id === 'h2o2')?.conditions.find((one) => one.id === 'C-A4.2(2)-TI-4202')?.measure).toMatchObject({ atOrAbove: 58 });
  });
});

describe('REQ-PACK-17 A4.2 how far a site may go', () => {
  it.each([
    ['stricter than the plant', 'C-HIGH', 'limit: 54'], ['looser, up to the guideline\'s own figure', 'C-HIGH', 'limit: 65'],
    ['looser, where the figure is an engineering default', 'W-HIGH', 'limit: 57'], ['stricter low limit', 'C-LOW', 'limit: 60'], ['a quicker delay', 'C-LOW', 'onDelay: 2 s'],
    ['a wider deadband', 'C-LOW', 'deadband: 20'], ['a rate', 'W-RATE', 'limit: 3'], ['a longer window of a default', 'W-RATE', 'window: 4 min'], ['a time', 'C-LONG', 'window: 15 min'],
    ['a stricter laboratory limit', 'W-LAB', 'limit: 0.3'], ['a tolerance', 'W-DISAGREE', 'limit: 5'], ['a vote', 'C-VOTED', 'limit: 75'], ['a ratio', 'W-RATIO', 'limit: 1.2'], ['less time to act', 'W-HIGH', 'timeToAct: 10 min'],
  ])('takes %s', (_what, id, figures) => {
    expect(judge(id, figures)).toEqual([]);
  });

  it.each([
    ['beyond the guideline\'s own figure', 'C-HIGH', 'limit: 66', "C-HIGH would come at 66, beyond the guideline's own figure of A4.1, 65; expected at most 65", '66'],
    ['a looser low limit of the guideline', 'C-LOW', 'limit: 39', "C-LOW would come at 39, beyond the guideline's own figure of A4.1, 40; expected at least 40", '39'],
    ['a delay on a figure of the guideline', 'C-LOW', 'onDelay: 20 s', 'onDelay 20 s of C-LOW loosens what A4.1 says, where it is 10 s; expected at most 10 s', '20 s'],
    ['a looser laboratory limit', 'W-LAB', 'limit: 0.5', 'W-LAB would come at 0.5, beyond the laboratory limit of A4.1, 0.4; expected at most 0.4', '0.5'],
    ['outside the range', 'W-HIGH', 'limit: 101', 'limit 101 is outside the range of TI-1; expected 0 to 100', '101'],
    ['a figure for what has none', 'E-STOPPED', 'limit: 7', 'E-STOPPED is a state and has no limit of its own; expected a condition with one figure', '7'],
    ['a deadband for what has none', 'C-LONG', 'deadband: 7', 'C-LONG is a duration and has no deadband of its own; expected none', '7'],
    ['a limit for a time', 'C-LONG', 'limit: 5', "C-LONG is a duration and has no limit of its own; expected 'window' for the time", '5\n'],
    ['nothing', 'C-LOW', 'deadband: ~', "'deadband' is empty; expected a number", '~'],
    ['an unknown condition', 'C-LOWER', 'limit: 5', "unknown condition 'C-LOWER'; expected an existing condition, perhaps 'C-LOW'", 'C-LOWER'],
    ['a contradiction with another condition', 'W-HIGH', 'limit: 63', 'W-HIGH (warning, priority 3) comes only at 63, after 60', '63'],
    ['too little time', 'W-HIGH', 'timeToAct: 1 min', 'alarm W-HIGH leaves too little time', '1 min'],
    ['a deadband that could never clear', 'W-FLOW', 'deadband: 170', 'deadband 170', '170'],
  ])('refuses %s, at its place', (_what, id, figures, says, at) => {
    const change = withOverride(id, figures);
    const findings = loadRich('site', change).sites.flatMap((site) => site.findings);
    expect(findings.map(({ file, line, column, message }) => ({ file, line, column, message })), findings.map((finding) => finding.message).join('\n'))
      .toContainEqual({ file: RICH.site.name, ...placeOf(change(SITE), at), message: expect.stringContaining(says) as string });
  });

  it('a proof of the safe state is strict the other way round: cooler is safer there', () => {
    const figure = swap('below: 45}', 'below: 45}\n    guidelineFigure: 45');
    const isTaken = (limit: number): boolean | undefined => bothChanged(figure, withOverride('E-COOL', `limit: ${limit}`)).sites[0]?.applied;
    // E-COOL is part of C-BOTH, an alarm, and of the safe state: whichever way it goes, one of them gets looser.
    expect(isTaken(44)).toBe(false);
    expect(isTaken(46)).toBe(false);
    expect(isTaken(45)).toBe(true);
    const proofOnly = (limit: number): boolean | undefined => bothChanged((text) => swap('of: [E-RUNNING, E-COOL]', 'of: [E-RUNNING]')(figure(text)), withOverride('E-COOL', `limit: ${limit}`)).sites[0]?.applied;
    expect(proofOnly(44)).toBe(true);
    expect(proofOnly(46)).toBe(false);
  });
});

function bothChanged(rules: (text: string) => string, site: (text: string) => string): LoadedPacks {
  const files = richFiles('rules', rules).map((file) => (file.kind === 'site' ? richFiles('site', site).find((one) => one.kind === 'site') ?? file : file));
  return assemblePacks(files, { every: true });
}
