/**
 * The faults that an instructor can inject, after research/simulators.md 5.5 (ids exactly so), and what each does to the plant at a given severity.
 * Severity 1 is the signature of the table; up to 2 where the physics allows it.
 */
import type { FaultOptions } from '../../kernel/fault-envelope.ts';
import type { FaultDefinition } from '../../machine/definition.ts';

/** Sum of what all active faults do, rebuilt at every scan. */
export interface Effects {
  separatorValveStuckOpen: number;
  coolingLoss: number;
  hotBypass: number;
  acidPumpLoss: number;
  alkaliEntrainment: number;
  levelHunting: number;
  waterLoss: number;
  interfaceStuck: number;
  emulsifier: number;
  extractionMetal: number;
  residueHeat: number;
  prepPeroxide: number;
  clayHotSpot: number;
  tankContamination: number;
  powerFailure: number;
}

export function noEffects(): Effects {
  return {
    separatorValveStuckOpen: 0, coolingLoss: 0, hotBypass: 0, acidPumpLoss: 0, alkaliEntrainment: 0, levelHunting: 0, waterLoss: 0, interfaceStuck: 0,
    emulsifier: 0, extractionMetal: 0, residueHeat: 0, prepPeroxide: 0, clayHotSpot: 0, tankContamination: 0, powerFailure: 0,
  };
}

const step = (rampS = 0, durationS: number | null = null): FaultOptions => ({ severity: 1, rampS, delayS: 0, durationS });

export const FAULTS: readonly FaultDefinition<Effects>[] = [
  { id: 'F4-01', clause: 'A4-2(1)', zh: '氢化气液分离器液位阀卡在开位', en: 'Level valve of the hydrogenation separator V-4102 sticks open', defaults: step(),
    apply: (e, s) => { e.separatorValveStuckOpen += s; } },
  { id: 'F4-02', clause: 'A4-2(2)', zh: '氧化塔冷却水中断', en: 'Cooling water of the oxidation tower is lost', defaults: step(10),
    apply: (e, s) => { e.coolingLoss += s; } },
  { id: 'F4-02F', clause: 'A4-2(2)', zh: '氧化塔换热器旁通（快速）', en: 'Heat exchanger of the oxidation tower bypassed (fast)', defaults: step(5),
    apply: (e, s) => { e.coolingLoss += s; e.hotBypass += s; } },
  { id: 'F4-03', clause: 'A4-7', zh: '加酸泵故障并夹带碱液', en: 'Acid dosing pump fails, alkali is carried over', defaults: step(),
    apply: (e, s) => { e.acidPumpLoss += s; e.alkaliEntrainment += s; } },
  { id: 'F4-04', clause: 'A4-2(3)', zh: '氧化分离器液位大幅波动', en: 'Level of the oxidation separator hunts', defaults: step(1200),
    apply: (e, s) => { e.levelHunting += s; } },
  { id: 'F4-06', clause: 'A4-2(5)', zh: '萃取纯水流量下降', en: 'Pure water to extraction falls', defaults: step(30),
    apply: (e, s) => { e.waterLoss += s; } },
  { id: 'F4-07', clause: 'A4-2(4)', zh: '萃取界面调节阀卡涩', en: 'Interface control of the extraction tower stuck', defaults: step(),
    apply: (e, s) => { e.interfaceStuck += s; } },
  { id: 'F4-08', clause: 'A4-2(6)', zh: '萃取塔乳化', en: 'Emulsification in the extraction tower', defaults: step(),
    apply: (e, s) => { e.emulsifier += s; } },
  { id: 'F4-09', clause: 'A4-1', zh: '萃取塔金属离子污染', en: 'Metal contamination in the extraction tower', defaults: step(1800),
    apply: (e, s) => { e.extractionMetal += s; } },
  { id: 'F4-10', clause: 'A4-8', zh: '氧化残液自热', en: 'Oxidation residue heats itself', defaults: step(),
    apply: (e, s) => { e.residueHeat += s; } },
  { id: 'F4-11', clause: 'A4-5', zh: '配制釜吸入70%双氧水', en: 'Preparation vessel sucks in 300 kg of 70 % hydrogen peroxide', defaults: step(0, 120),
    apply: (e, s) => { e.prepPeroxide += s; } },
  { id: 'F4-12', clause: 'A4-9', zh: '白土床蒸汽再生后热点', en: 'Hot spot in the clay bed after steaming', defaults: step(),
    apply: (e, s) => { e.clayHotSpot += s; } },
  { id: 'F4-17', clause: 'A4-11', zh: '双氧水储罐受污染', en: 'Product tank contaminated', defaults: step(),
    apply: (e, s) => { e.tankContamination += s; } },
  { id: 'F4-20', clause: 'A4-2', zh: '全装置停电', en: 'Power failure of the whole unit', defaults: step(),
    apply: (e, s) => { e.powerFailure += s; } },
];
