/** Runs the rough design state on for 6 h and writes settled.json: `node simulators/plants/ammonia-synthesis/settle.ts`. Needed after a change of parameters. */
import { writeFileSync } from 'node:fs';
import { roughState } from './initial.ts';
import { AmmoniaPlant } from './plant.ts';

const plant = new AmmoniaPlant(1, roughState());
const settled = plant.step(6 * 3600);
if (!settled.ok) throw new Error(settled.message);
const states = Object.fromEntries(Object.entries(plant.truth()).filter(([name]) => !/^b[A-Z]/.test(name)));
writeFileSync(new URL('./settled.json', import.meta.url), `${JSON.stringify(states, null, 1)}\n`);
