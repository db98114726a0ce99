/** Runs the design state on for 12 h and writes settled.json: `node simulators/plants/h2o2/settle.ts`. Needed after a change of parameters. */
import { writeFileSync } from 'node:fs';
import { designState } from './initial.ts';
import { H2o2Plant } from './plant.ts';

const plant = new H2o2Plant(1, designState());
const settled = plant.step(12 * 3600);
if (!settled.ok) throw new Error(settled.message);
// the level loops carry noise; the inventories of the design point are the better start
const truth = { ...plant.truth(), sepM3: 10, osM3: 10, ifM3: 5.7 };
const states = Object.fromEntries(Object.entries(truth).filter(([name]) => !/^b[A-Z]/.test(name)));
writeFileSync(new URL('./settled.json', import.meta.url), `${JSON.stringify(states, null, 1)}\n`);
