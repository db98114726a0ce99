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
  overHydrogenation: number;
  hydrogenLeak: number;
  purgeShort: number;
  resinNitrogen: number;
  vacuumLoss: number;
  blockage: number;
  leak: number;
  reliefOpen: number;
  compressorLoss: number;
  condensatePlug: number;
}

export function noEffects(): Effects {
  return {
    separatorValveStuckOpen: 0, coolingLoss: 0, hotBypass: 0, acidPumpLoss: 0, alkaliEntrainment: 0, levelHunting: 0, waterLoss: 0, interfaceStuck: 0,
    emulsifier: 0, extractionMetal: 0, residueHeat: 0, prepPeroxide: 0, clayHotSpot: 0, tankContamination: 0, powerFailure: 0,
    overHydrogenation: 0, hydrogenLeak: 0, purgeShort: 0, resinNitrogen: 0, vacuumLoss: 0, blockage: 0, leak: 0, reliefOpen: 0, compressorLoss: 0, condensatePlug: 0,
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
  { id: 'F4-14', clause: 'A4-3', zh: '氢气切断阀内漏，停车后氢效不降', en: 'Hydrogen valve leaks: the efficiency does not come down after a stop', defaults: step(),
    apply: (e, s) => { e.hydrogenLeak += s; } },
  { id: 'F4-15', clause: 'A4-6', zh: '氮气置换不彻底，死角残留氢、氧', en: 'Nitrogen purge insufficient: hydrogen and oxygen stay in dead legs', defaults: step(),
    apply: (e, s) => { e.purgeShort += s; } },
  { id: 'F4-16', clause: 'A4-10', zh: '现场仅用氮气压空树脂塔', en: 'Resin column emptied by nitrogen pressure alone', defaults: step(),
    apply: (e, s) => { e.resinNitrogen += s; } },
  { id: 'F4-17', clause: 'A4-11', zh: '双氧水储罐受污染', en: 'Product tank contaminated', defaults: step(),
    apply: (e, s) => { e.tankContamination += s; } },
  { id: 'F4-18', clause: 'A4-1', zh: '浓缩蒸发器失真空', en: 'Concentrator loses its vacuum', defaults: step(30),
    apply: (e, s) => { e.vacuumLoss += s; } },
  { id: 'F4-19', clause: 'A4-1', zh: '氢化过度，氢效偏高', en: 'Over-hydrogenation: efficiency too high', defaults: step(300),
    apply: (e, s) => { e.overHydrogenation += s; } },
  { id: 'F4-20', clause: 'A4-2', zh: '全装置停电', en: 'Power failure of the whole unit', defaults: step(),
    apply: (e, s) => { e.powerFailure += s; } },
  // ours, for section 4 of the guideline; research/simulators.md 5.5 ends with F4-20
  { id: 'F4-21', clause: '4.1.1(1)', zh: '氧化液出料管线堵塞', en: 'Line from the oxidation separator blocked', defaults: step(60),
    apply: (e, s) => { e.blockage += s; } },
  { id: 'F4-22', clause: '4.1.1(4)', zh: '萃取塔底法兰泄漏', en: 'Flange at the bottom of the extraction tower leaks', defaults: step(),
    apply: (e, s) => { e.leak += s; } },
  { id: 'F4-23', clause: '4.1.1(2)', zh: '氢化塔安全阀起跳不回座', en: 'Relief valve of the hydrogenation tower lifts and does not reseat', defaults: step(),
    apply: (e, s) => { e.reliefOpen += s; } },
  { id: 'F4-24', clause: '4.1.1(3)', zh: '空气压缩机故障停机', en: 'Air compressor fails', defaults: step(),
    apply: (e, s) => { e.compressorLoss += s; } },
];

/** Counter-current oxidation only. */
export const FAULTS_COUNTER_CURRENT: readonly FaultDefinition<Effects>[] = [
  ...FAULTS,
  { id: 'F4-05', clause: 'A4-2(3)', zh: '尾气凝液受槽排液堵塞', en: 'Drain of the tail-gas condensate receiver plugged', defaults: step(),
    apply: (e, s) => { e.condensatePlug += s; } },
];
