/** Runs the plant into its other initial states and writes starts.json: `node simulators/plants/ammonia-synthesis/make-starts.ts`. Needed after a change of parameters. */
import { writeFileSync } from 'node:fs';
import { AmmoniaPlant } from './plant.ts';

type Act = (plant: AmmoniaPlant) => void;
const stopped: Act = (plant) => {
  for (const [device, position] of Object.entries({ 'XV-3102A': 0, 'XV-3102B': 0, 'P-3101': 0, 'XV-3101': 0 })) plant.order(device, position);
};
/** what is done to the settled plant, and for how long it runs after it, s */
const RUNS: Readonly<Record<string, readonly [Act, number][]>> = {
  // stopped by hand, let down to about 1.5 MPa through XV-3105 and shut in again
  'gasifier-at-pressure': [[stopped, 8], [(p) => p.order('XV-3105', 1), 54], [(p) => p.order('XV-3105', 0), 10]],
  // without pressure, nitrogen not yet on: the gas of the last run stands in it
  'gasifier-dark': [[stopped, 8], [(p) => p.order('XV-3105', 1), 420]],
  'gasifier-purged': [[stopped, 8], [(p) => p.order('XV-3105', 1), 300], [(p) => p.order('XV-3104', 1), 900]],
  'loop-low': [[(p) => { p.order('K-3401', 0); p.order('K-3402', 0); p.order('XV-3543', 0); p.order('HV-3544', 1); }, 560], [(p) => { p.order('HV-3544', 0); p.order('XV-3508', 1); }, 60]],
  'loop-170-swinging': [[(p) => { for (const id of Object.keys(p.functions)) p.command(`HS-${id}-BYP`, true); p.inject('F3-10', { severity: 1 }); }, 60]],
};

const starts: Record<string, Record<string, number>> = {};
for (const [id, acts] of Object.entries(RUNS)) {
  const plant = new AmmoniaPlant(1);
  for (const [act, seconds] of acts) {
    act(plant);
    const stepped = plant.step(seconds);
    if (!stepped.ok) throw new Error(stepped.message);
  }
  if (id === 'loop-170-swinging') for (let i = 0; i < 9000 && plant.analog('TI-3519') < 525; i++) plant.step(1);
  starts[id] = Object.fromEntries(Object.entries(plant.truth()).filter(([name, value]) => !/^b[A-Z]/.test(name) && Number.isFinite(value)).map(([name, value]) => [name, Number(value.toPrecision(9))]));
}
writeFileSync(new URL('./starts.json', import.meta.url), `${JSON.stringify(starts)}\n`);
