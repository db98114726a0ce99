// Every refusal that the product can give, as the gates give it, on the screen (REQ-GATE-21). A rule that is added is shown here without anybody asking.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { decide } from '../../src/domain/gates/decide.ts';
import { GATE_RULES } from '../../src/domain/gates/rules.ts';
import type { GateRule } from '../../src/domain/gates/rules.ts';
import type { Refusal } from '../../src/contract/refusal.ts';
import en from '../../src/renderer/locales/en.json' with { type: 'json' };
import zh from '../../src/renderer/locales/zh.json' with { type: 'json' };
import { FakeStation } from '../support/fake-station/server.ts';
import { CLEAR, DIMENSIONS } from '../support/gates/dimensions.ts';

const PLACES = {
  sustain: { operation: 'sustain', screen: 'interlocks', at: 'interlock-row-I-4200' },
  intervene: { operation: 'people.enter', screen: 'people', at: 'zone-extraction' },
  return: { operation: 'procedure.return', screen: 'upset', at: 'wayback-procedure.return' },
} as const;
const LANGUAGES = { zh, en } as const;

/** What the gates themselves say on facts of which only this rule's are bad. */
function refusalOf(rule: GateRule): Refusal {
  const direction = rule.directions[0]!;
  for (const { values } of DIMENSIONS) for (const value of values) {
    const facts = { ...CLEAR, ...value };
    if (rule.stands(facts).length === 0) continue;
    const verdict = decide({ id: PLACES[direction].operation, direction, what: { zh: '做这件事', en: 'doing this' } }, facts);
    if (!verdict.allowed) return verdict.refusal;
  }
  throw new Error(`no facts on which ${rule.id} stands`);
}

async function speak(page: Page, language: keyof typeof LANGUAGES): Promise<void> {
  const button = page.getByTestId('lang-switch');
  if ((await page.locator('html').getAttribute('lang'))?.startsWith(language) !== true) await button.click();
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`, 'u'));
}

for (const language of ['zh', 'en'] as const) {
  test(`REQ-GATE-21 CON-21 every rule of the gates is shown where its button is, with clause, fact, who and meanwhile (${language})`, async ({ page }) => {
    test.setTimeout(120_000);
    const station = new FakeStation();
    try {
      await page.goto(await station.start('upset'));
      await speak(page, language);
      const roles = LANGUAGES[language].role as Readonly<Record<string, string>>;
      let shown = 0;
      for (const direction of ['sustain', 'intervene', 'return'] as const) {
        const { screen, at } = PLACES[direction];
        await page.getByTestId(`nav-${screen}`).click();
        for (const rule of GATE_RULES.filter((each) => each.directions[0] === direction)) {
          const refusal = refusalOf(rule);
          station.refuse(refusal);
          const note = page.getByTestId(at).getByTestId('refusal').first();
          for (const obstacle of refusal.obstacles) {
            await expect(note).toContainText(obstacle.fact[language]);
            await expect(note).toContainText(obstacle.clause);
            for (const role of obstacle.whoCanChange) await expect(note).toContainText(roles[role] ?? 'a word for the role');
          }
          for (const meanwhile of refusal.meanwhile) await expect(note).toContainText(meanwhile[language]);
          await expect(page.getByTestId('emergency-stop')).toBeVisible();
          shown += 1;
        }
      }
      expect(shown).toBe(GATE_RULES.length);
    } finally {
      await station.stop();
    }
  });
}
