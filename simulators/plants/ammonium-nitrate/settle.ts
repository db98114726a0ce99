/** Runs the design state on for 10 h and writes settled.json: `node simulators/plants/ammonium-nitrate/settle.ts`. Needed after a change of parameters. */
import { writeFileSync } from 'node:fs';
import { designState } from './initial.ts';
import { AmmoniumNitratePlant } from './plant.ts';

const plant = new AmmoniumNitratePlant(1, designState());
const settled = plant.step(10 * 3600);
if (!settled.ok) throw new Error(settled.message);
if (plant.tripped().length > 0) throw new Error(`${plant.tripped().join(', ')} tripped while settling.`);
const states = Object.fromEntries(Object.entries(plant.truth()).filter(([name]) => !/^b[A-Z]/.test(name)));
writeFileSync(new URL('./settled.json', import.meta.url), `${JSON.stringify(states, null, 1)}\n`);
