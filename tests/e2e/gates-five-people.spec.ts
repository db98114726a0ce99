/**
 * Five people at five consoles of one station, on the real simulated plant: an operator, two supervisors, an engineer and the instructor.
 * Each does what is theirs; what is not theirs is refused where they pressed, with clause and fact; and each of them can stop (3.4).
 */
import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { holdToStop, openDesks, PEOPLE, refused, SECRET, sign, signed } from '../support/station/desks.ts';
import type { Desks } from '../support/station/desks.ts';
import { instruct, openScene, ROOT } from '../support/station/processes.ts';
import type { Scene } from '../support/station/processes.ts';

const BYPASS = 'B-I-4400-1';

async function bypassByFour(desks: Desks, scene: Scene): Promise<void> {
  for (const page of Object.values(desks)) await page.getByTestId('nav-interlocks').click();
  const { operator, supervisor, engineer } = desks;
  await signed(operator, 'bypass-request-I-4400', PEOPLE.operator, async () => {
    await operator.getByTestId('bypass-reason').fill('白土床温度变送器更换');
    await operator.getByTestId('bypass-hazard').fill('白土床高温联锁失效');
    await operator.getByTestId('bypass-measure-0-text').fill('每小时现场测温');
    await operator.getByTestId('bypass-measure-0-owner').fill('op1');
    await operator.getByTestId('bypass-measure-0-every').fill('60');
  });
  // What it means for every procedure stands there before anybody approves.
  await expect(engineer.getByTestId(`bypass-effects-${BYPASS}`)).toContainText('P-A4.9');
  await refused(supervisor, supervisor.getByTestId(`bypass-${BYPASS}`), /签字人不是工程师/u, `bypass-assess-${BYPASS}`, PEOPLE.supervisor, async () => {
    await supervisor.getByTestId('bypass-assessment').fill('可接受');
    await supervisor.getByTestId('bypass-acceptable').selectOption('yes');
  });
  await signed(engineer, `bypass-assess-${BYPASS}`, PEOPLE.engineer, async () => {
    await engineer.getByTestId('bypass-assessment').fill('三点温度尚有两点，可接受');
    await engineer.getByTestId('bypass-acceptable').selectOption('yes');
  });
  await refused(engineer, engineer.getByTestId(`bypass-${BYPASS}`), /须由另一人签字/u, `bypass-approve-${BYPASS}`, PEOPLE.engineer);
  await signed(supervisor, `bypass-approve-${BYPASS}`, PEOPLE.supervisor);
  await signed(operator, `bypass-accept-${BYPASS}`, PEOPLE.operator);
  for (const tag of ['I-4400-BYPC', 'I-4400-BYP']) await instruct(scene.instructor, 'SetTag', [tag, 'true']);
  for (const page of Object.values(desks)) await expect(page.getByTestId('interlock-row-I-4400')).toHaveAttribute('data-standing', 'bypassed-approved');
}

/** 4.5: one commands, another watches; a second supervisor's order and a second holder are refused. */
async function oneCommander(desks: Desks): Promise<void> {
  const { operator, supervisor, second } = desks;
  for (const page of [operator, supervisor, second]) await page.getByTestId('nav-upset').click();
  await signed(supervisor, 'take-commander', PEOPLE.supervisor);
  await sign(supervisor, 'take-watch', PEOPLE.supervisor);
  await expect(supervisor.getByTestId('refusal').filter({ hasText: /指挥与盯守 DCS 须是两个人/u }).first()).toBeVisible();
  await signed(operator, 'take-watch', PEOPLE.operator);
  await second.getByTestId('nav-people').click();
  await refused(second, second.getByTestId('zone-Z-4200'), /只有指挥人员/u, 'assess-Z-4200', PEOPLE.second, async () => {
    await second.getByTestId('zone-Z-4200').locator('select').first().selectOption('reconnaissance');
    await second.getByTestId('zone-Z-4200').locator('textarea').fill('可进入');
  });
}

/** 4.2, 4.3.4: nobody into what is unclear; then two at most, with everything that the zone demands, by name. */
async function intoTheField(desks: Desks): Promise<void> {
  const { supervisor, instructor } = desks;
  for (const page of [supervisor, instructor]) await page.getByTestId('nav-people').click();
  const zone = supervisor.getByTestId('zone-Z-4200');
  const enter = async (page: Page, worn: boolean): Promise<void> => {
    const at = page.getByTestId('zone-Z-4200');
    await at.getByTestId('enter-name').fill('赵强');
    await at.getByTestId('enter-task').fill('侦检');
    await at.getByTestId('enter-part').fill('T-4201 平台');
    await at.getByTestId('enter-gasDetector').fill(worn ? 'GD-07' : '');
    for (const box of await at.locator('[data-testid^="worn-"]').all()) await box.setChecked(worn);
  };
  await refused(supervisor, zone, /现场情况不明/u, 'enter-Z-4200', PEOPLE.supervisor, () => enter(supervisor, true));
  await signed(supervisor, 'assess-Z-4200', PEOPLE.supervisor, async () => {
    await zone.locator('select').first().selectOption('reconnaissance');
    await zone.locator('textarea').fill('温度已回落，侦检人员可进入');
  });
  await refused(instructor, instructor.getByTestId('zone-Z-4200'), /签字人不是/u, 'enter-Z-4200', PEOPLE.instructor, () => enter(instructor, true));
  await refused(supervisor, zone, /防护装备未确认/u, 'enter-Z-4200', PEOPLE.supervisor, () => enter(supervisor, false));
  await refused(supervisor, zone, /没有携带气体检测仪/u, 'enter-Z-4200', PEOPLE.supervisor, () => enter(supervisor, false));
  await signed(supervisor, 'enter-Z-4200', PEOPLE.supervisor, () => enter(supervisor, true));
  await expect(zone).toContainText('赵强');
}

/** Both sign for everything that stands open; what was not ticked is named. */
async function handOver(desks: Desks): Promise<void> {
  const { operator } = desks;
  await operator.getByTestId('nav-handover').click();
  for (const kind of ['bypass', 'procedure', 'person', 'post', 'incident']) await expect(operator.getByTestId(`handover-kind-${kind}`)).toBeVisible();
  const both = async (): Promise<void> => {
    for (const [part, user] of [['first', PEOPLE.operator], ['second', PEOPLE.second]] as const) {
      await operator.getByTestId(`sign-${part}-user`).selectOption(user);
      await operator.getByTestId(`sign-${part}-secret`).fill(SECRET);
    }
    await operator.getByTestId('sign-both').click();
  };
  await both();
  await expect(operator.getByTestId('problem').first()).toBeVisible();
  await expect(async () => {
    for (const box of await operator.locator('[data-testid^="tick-"]').all()) await box.check({ timeout: 1_000 });
    await both();
    await expect(operator.getByTestId('handover-shift')).toContainText('班长 02', { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
}

test('REQ-GATE-22 3.3 3.4 4.2 4.5 five people at five consoles: each does what is theirs, the rest is refused where they press, and each can stop', async ({ browser }) => {
  test.setTimeout(300_000);
  const scene = await openScene('five-people');
  try {
    const station = await scene.startStation();
    const desks = await openDesks(browser, station.ready['url'] ?? '');
    await bypassByFour(desks, scene);
    await instruct(scene.instructor, 'SetTag', ['TI-4203', '60']);
    await desks.instructor.getByTestId('nav-upset').click();
    await expect(desks.instructor.getByTestId('procedure-tab-P-A4.2')).toBeVisible({ timeout: 30_000 });
    // 3.4: the one who may sign nothing at all stops the plant.
    await holdToStop(desks.instructor);
    await expect(desks.instructor.getByTestId('retreat-note')).toBeVisible();
    // The stopped plant cools. Held at 60 it would never be safe, and on a slow machine the next mode of retreat, with nobody in the field, would come between.
    await instruct(scene.instructor, 'SetTag', ['TI-4203', 'null']);
    await oneCommander(desks);
    await intoTheField(desks);
    await handOver(desks);
    for (const page of Object.values(desks)) {
      await expect(page.getByTestId('emergency-stop')).toBeEnabled();
      await holdToStop(page);
      await expect(page.getByTestId('retreat-note')).toBeVisible();
    }
    const outside = spawnSync(process.execPath, ['src/main/cli.ts', 'journal', 'verify', scene.journalFile, '--json'], { cwd: ROOT, encoding: 'utf8' });
    expect(JSON.parse(outside.stdout)).toMatchObject({ verdict: 'sound' });
  } finally {
    // Left open, the consoles go on for as long as the browser does, which is that of the next tests too.
    for (const context of browser.contexts()) await context.close();
    await scene.close();
  }
});
