/** What this plant remembers beside its states; part of every snapshot. Stages are the state words of XS-1100 and XS-1300. */
export const R1101_STAGES = ['idle', 'charging', 'reacting', 'holding', 'discharging', 'fault-stopped'] as const;
export const R1301_STAGES = ['idle', 'charging', 'initiating', 'dosing', 'ageing', 'draining', 'quenching'] as const;

export interface PlantMemory {
  r1101Stage: string;
  r1301Stage: string;
  /** slow mean of the reactor temperature, for TRC-1101 */
  meanC: number;
  rateKmin: number;
  disc1101: boolean;
  disc1301: boolean;
  relief1201: boolean;
  relief1401: boolean;
  /** oxygen met hydrogen on the catalyst above the limiting content */
  ignited: boolean;
  initiatorIn: boolean;
  halideOffS: number;
  stillDone: boolean;
  /** what TI-1101A showed when it froze; null while it is alive */
  frozenC: number | null;
  /** the emergency bus takes over so many seconds after the power is lost */
  blackoutS: number;
  /** integral of TIC-1101 and TIC-1301 that a start asks for; null once it has been taken over */
  integral1101: number | null;
  integral1301: number | null;
  spiltKg: number;
}

export function newMemory(): PlantMemory {
  return {
    r1101Stage: 'reacting', r1301Stage: 'dosing', meanC: 63.4, rateKmin: 0, disc1101: false, disc1301: false, relief1201: false, relief1401: false, ignited: false,
    initiatorIn: true, halideOffS: 0, stillDone: false, frozenC: null, blackoutS: 0, integral1101: null, integral1301: null, spiltKg: 0,
  };
}
