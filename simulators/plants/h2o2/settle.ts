/** Runs the design state on for 12 h and writes settled.json of both designs: `node simulators/plants/h2o2/settle.ts [co|counter]`. Needed after a change of parameters. */
import { writeFileSync } from 'node:fs';
import { designState } from './initial.ts';
import { P } from './parameters.ts';
import { H2O2, H2O2_COUNTER_CURRENT, H2o2Plant } from './plant.ts';

const which = process.argv[2];
const designs = [
  { name: 'co', file: 'settled.json', counterCurrent: false, definition: H2O2, levels: {} },
  { name: 'counter', file: 'settled-counter-current.json', counterCurrent: true, definition: H2O2_COUNTER_CURRENT, levels: { botM3: P.bottomM3 * P.bottomNormal, condM3: P.condensateM3 * P.condensateNormal } },
];
for (const { file, counterCurrent, definition, levels } of designs.filter(({ name }) => which === undefined || name === which)) {
  const plant = new H2o2Plant(1, designState(counterCurrent), definition);
  const settled = plant.step(12 * 3600);
  if (!settled.ok) throw new Error(settled.message);
  // the level loops carry noise; the inventories of the design point are the better start
  const truth = { ...plant.truth(), sepM3: 10, osM3: 10, ifM3: 5.7, ...levels };
  const states = Object.fromEntries(Object.entries(truth).filter(([name]) => !/^b[A-Z]/.test(name)));
  writeFileSync(new URL(`./${file}`, import.meta.url), `${JSON.stringify(states, null, 1)}\n`);
}
