/** Every forbidden action of the annexes (research/simulators.md 6.3) can be committed at the simulated plant, or it could never be scored. */
import { describe, expect, test } from 'vitest';
import type { PlantId } from '../../simulators/machine/definition.ts';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { PLANTS } from '../../simulators/plants/index.ts';

/** a command written, a hand on a faceplate or on the spot (`OP-<device>`), people who go where they must not */
type Deed = { readonly command: string } | { readonly order: string; readonly to: 0 | 1 } | { readonly zone: string; readonly count: number };
const DEEDS: Readonly<Record<PlantId, readonly (readonly [clause: string, what: string, deed: Deed])[]>> = {
  'fine-chemicals': [
    ['A1.2', 'R-1101 discharged on the spot', { command: 'HS-XV-1115' }], ['A1.2', 'R-1201 discharged on the spot', { command: 'HS-HV-1206' }], ['A1.2', 'R-1301 discharged on the spot', { command: 'HS-HV-1310' }],
    ['A1.4', 'heating what has not initiated', { command: 'HS-XV-1304' }], ['A1.4', 'more initiator', { command: 'HS-XV-1305' }], ['A1.4', 'more initiator by hand', { command: 'HS-HV-1306' }],
    ['A1.6', 'heating on through the by-pass', { command: 'HS-HV-1402' }], ['3.3', 'the disc shut off', { command: 'HS-1105' }],
  ],
  'ammonium-nitrate': [
    ['A2.2', 'evaporation kept on', { order: 'XV-2102', to: 1 }], ['A2.3', 'ammonia fed again', { order: 'XV-2201', to: 1 }], ['A2.3', 'acid fed again', { order: 'XV-2202', to: 1 }], ['A2.5', 'three people at the leak', { zone: 'PC-2200', count: 3 }],
    ['A2.5', 'hot work', { command: 'HS-HOT-WORK' }], ['A2.6', 'heating on over a plugged leg', { order: 'XV-2402', to: 1 }], ['A2.6', 'feeding on over a plugged leg', { order: 'XV-2403', to: 1 }], ['A2.8', 'metal tools', { command: 'HS-METAL-TOOLS' }],
    ['A2.11', 'the lift used', { command: 'HS-LIFT-USED' }], ['A2.11', 'climbing up from the smoke', { command: 'HS-CLIMBING-UP' }],
  ],
  'ammonia-synthesis': [
    ['A3.2', 'a crowd at the gasifier', { zone: 'PC-3100', count: 8 }], ['A3.3', 'slag tap opened under pressure', { order: 'FL-3101', to: 1 }], ['A3.4', 'flange opened under pressure', { order: 'FL-3301', to: 1 }],
    ['A3.5', 'oxygen line vented first', { order: 'XV-3103', to: 1 }], ['A3.6', 'lit without purge', { order: 'BS-3113', to: 1 }], ['A3.7', 'shift let down to nothing', { order: 'HV-3203', to: 1 }],
    ['A3.7', 'methanation let down to nothing', { order: 'HV-3303', to: 1 }], ['A3.7', 'loop let down to nothing', { order: 'HV-3544', to: 1 }],
  ],
  h2o2: [
    ['A4.3', 'hydrogenation drained too early', { command: 'HS-XV-4105' }], ['A4.3', 'oxidation drained too early', { command: 'HS-XV-4206' }], ['A4.3', 'two drains in one tank', { command: 'HS-DRAINS-MIXED' }], ['A4.4', 'seven people at the clay bed', { zone: 'PC-4500', count: 7 }],
    ['A4.5', 'vent shut', { command: 'HS-ZS-4502' }], ['A4.5', 'water into the hot vessel', { command: 'HS-XV-4505' }], ['A4.6', 'opened before the purge', { command: 'HS-WORK-4100' }], ['A4.7', 'acid by hand', { command: 'HS-XV-4902' }],
    ['A4.8', 'vent of the residue separator shut', { command: 'HS-ZS-4211' }], ['A4.8', 'vent of the residue tank shut', { command: 'HS-ZS-4212' }], ['A4.9', 'air to the bed', { command: 'HS-XV-4403' }],
    ['A4.10', 'resin column emptied by nitrogen alone', { command: 'HS-HV-4703' }], ['A4.11', 'people at the tank', { zone: 'PC-4800', count: 2 }],
  ],
};
/** long enough for the slowest hand valve, s */
const DONE_S = 20;

describe('REQ-SIM-32 3.3 3.5 A1.2 A1.4 A1.6 A2.2 A2.3 A2.5 A2.6 A2.8 A2.11 A3.2 to A3.7 A4.3 to A4.11 what is forbidden can be done', () => {
  test.each(Object.values(PLANTS))('$id: each deed is taken and shows itself; keys, forces and the forced reset of every plant too', (definition) => {
    const beginning = new PlantMachine(definition, 1);
    beginning.step(5);
    const at = beginning.snapshot();
    const missing = DEEDS[definition.id].filter(([clause, what, deed]) => {
      const plant = new PlantMachine(definition, 1);
      plant.restore(at);
      if ('command' in deed) {
        const { drives } = plant.commands.find(({ id }) => id === deed.command) ?? {};
        if (!plant.command(deed.command, true).ok) return true;
        plant.step(DONE_S);
        return drives === undefined ? !plant.commandState(deed.command) : Math.abs(plant.devices[drives.device]!.position - drives.position) > 0.1;
      }
      if ('zone' in deed) {
        const placed = plant.placePeople(deed.zone, deed.count);
        plant.step(1);
        return !placed.ok || plant.tag(deed.zone).value !== deed.count;
      }
      // what is open already is shut first: opening it again is the deed; a trip that this brings is stronger than a hand, so the keys are on
      for (const id of Object.keys(plant.functions)) plant.command(`HS-${id}-BYP`, true);
      plant.order(deed.order, 1 - deed.to);
      plant.step(DONE_S);
      const ordered = plant.order(deed.order, deed.to);
      plant.step(DONE_S);
      return !ordered.ok || Math.abs((plant.devices[deed.order]?.position ?? Number.NaN) - deed.to) > 0.1 || clause === '' || what === '';
    });
    expect(missing).toEqual([]);
    const ids = new Set(beginning.commands.map(({ id }) => id));
    expect([`HS-${definition.digit}004`, ...Object.keys(beginning.functions).flatMap((id) => [`HS-${id}-BYP`, `HS-${id}-FRC`])].filter((id) => !ids.has(id))).toEqual([]);
  });
});
