/** REQ-PPL-01: cameras and fences of the simulated plant, each part of which a person can make fail. */
import { expect, test } from 'vitest';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { TAGS } from '../../simulators/plants/h2o2/tags.ts';
import { ZONES } from '../../simulators/plants/h2o2/people.ts';
import { failureOf, videoCommands } from '../../simulators/machine/video.ts';

const WATCHING = TAGS.map(({ id }) => id).filter((id) => id.startsWith('CAM-') || id.startsWith('FEN-'));

test('REQ-PPL-01 V.1 V.4 every camera part is well and every fence whole, until its command says otherwise, and no other tag changes', () => {
  const plant = new H2o2Plant(1);
  expect(videoCommands(Object.keys(ZONES)).map(({ id }) => id).sort()).toEqual(WATCHING.map(failureOf).sort());
  const told = (): unknown[] => WATCHING.map((id) => plant.tag(id).value);
  const well = WATCHING.map((id) => id.startsWith('CAM-'));
  expect(told()).toEqual(well);
  for (const [index, id] of WATCHING.entries()) {
    expect(plant.command(failureOf(id), true).ok).toBe(true);
    expect(told()).toEqual(well.map((value, i) => (i === index ? !value : value)));
    plant.command(failureOf(id), false);
  }
});

test('REQ-PPL-01 a lost camera stays lost through a snapshot', () => {
  const plant = new H2o2Plant(1);
  plant.command('HS-CAM-4200-PWR', true);
  const other = new H2o2Plant(2);
  expect(other.restore(plant.snapshot()).ok).toBe(true);
  expect([other.tag('CAM-4200-PWR').value, other.tag('CAM-4300-PWR').value]).toEqual([false, true]);
});
