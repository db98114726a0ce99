// The fake station must not teach the console a language the contract does not speak.
import { expect, test } from 'vitest';
import { viewSchema } from '../../../src/contract/view.ts';
import { SCENES, viewOf } from '../../support/fake-station/scenes.ts';

test.each(SCENES)('scene %s is valid against the contract', (scene) => {
  expect(viewSchema.safeParse(viewOf(scene, 1_700_000_000_000, 1_700_000_000_000)).error?.issues).toBeUndefined();
});
