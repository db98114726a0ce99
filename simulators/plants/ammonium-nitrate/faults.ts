/**
 * The faults that an instructor can inject, after research/simulators.md 3.5 (ids exactly so), and what each does at a given severity.
 * F2-10A (first leg), F2-13B (solution pump line), F2-19 (store), F2-20 (power) , F2-21 (crust on the coil) and F2-22 (acid beside the meter) are ours: sub-situations of the clauses that the table has no fault for.
 */
import type { FaultOptions } from '../../kernel/fault-envelope.ts';
import type { FaultDefinition } from '../../machine/definition.ts';

/** Sum of what all active faults do, rebuilt at every scan. */
export interface Effects {
  levelHigh: number; foaming: number; warmLoss: number; hunting: number; ammoniaShort: number; coated: number; leak: number; chloride: number; oil: number;
  coilPassing: number; tankAcid: number; portNeal: number; plug1: number; plug2: number; vacuumLoss: number; prillingStop: number; steamLeftOn: number;
  plugMelt: number; plugSolution: number; mix1Stop: number; mix2Stop: number; tower: number; waterLoss: number; store: number; power: number; crust: number; acidBypass: number;
}

export function noEffects(): Effects {
  return {
    levelHigh: 0, foaming: 0, warmLoss: 0, hunting: 0, ammoniaShort: 0, coated: 0, leak: 0, chloride: 0, oil: 0,
    coilPassing: 0, tankAcid: 0, portNeal: 0, plug1: 0, plug2: 0, vacuumLoss: 0, prillingStop: 0, steamLeftOn: 0,
    plugMelt: 0, plugSolution: 0, mix1Stop: 0, mix2Stop: 0, tower: 0, waterLoss: 0, store: 0, power: 0, crust: 0, acidBypass: 0,
  };
}

const step = (rampS = 0, durationS: number | null = null): FaultOptions => ({ severity: 1, rampS, delayS: 0, durationS });
const fault = (id: string, clause: string, zh: string, en: string, defaults: FaultOptions, apply: (e: Effects, s: number) => void): FaultDefinition<Effects> => ({ id, clause, zh, en, defaults, apply });

export const FAULTS: readonly FaultDefinition<Effects>[] = [
  fault('F2-01', 'A2-2', '氨蒸发器起泡、液位控制失灵偏高', 'Ammonia evaporator foams, its level control fails high', step(60), (e, s) => { e.levelHigh += s; e.foaming += s; }),
  fault('F2-02', 'A2-2', '氨蒸发器热水中断', 'Warm water to the ammonia evaporator lost', step(), (e, s) => { e.warmLoss += s; }),
  fault('F2-03', 'A2-3', '硝酸调节阀卡涩、周期摆动', 'Acid valve sticks and hunts', step(), (e, s) => { e.hunting += s; }),
  fault('F2-04', 'A2-4', '气氨调节阀关小20%', 'Ammonia valve fails 20 % closed', step(), (e, s) => { e.ammoniaShort += 0.225 * s; }),
  fault('F2-05', '4.1.1(3)', 'pH电极结垢', 'pH probes coated', step(), (e, s) => { e.coated += s; }),
  fault('F2-06', 'A2-5', '中和反应器接管泄漏', 'Nozzle of the neutraliser leaks', step(30), (e, s) => { e.leak += s; }),
  fault('F2-07', 'A2-1', '回流液带入氯离子', 'Chloride comes in with the recycle', step(0, 7200), (e, s) => { e.chloride += s; }),
  fault('F2-08', 'A2-1', '溶液储罐盘管蒸汽内漏，pH 2，氯离子200 mg/kg', 'Tank coil steam passes, pH 2, chloride 200 mg/kg', step(), (e, s) => { e.coilPassing += s; e.tankAcid += s; }),
  fault('F2-09', 'A2-1', '停车后酸线吹扫入中和器、pH电极失效、蒸汽直通（1994年美国事故复现）', 'Acid line blown into the stopped neutraliser, probe dead, steam on the sparger (the accident of 1994)', step(), (e, s) => { e.portNeal += s; e.coated += s; }),
  fault('F2-10', 'A2-6', '二段蒸发下液管堵塞', 'Down-leg of the second evaporator plugs', step(), (e, s) => { e.plug2 += s; }),
  fault('F2-10A', 'A2-6', '一段蒸发下液管堵塞', 'Down-leg of the first evaporator plugs', step(), (e, s) => { e.plug1 += s; }),
  fault('F2-11', 'A2-6', '真空泵跳停', 'Vacuum pump trips', step(), (e, s) => { e.vacuumLoss += s; }),
  fault('F2-12', 'A2-7', '造粒停车（斗提跳停），槽蒸汽未关', 'Prilling stops (bucket elevator), steam of the tanks left on', step(), (e, s) => { e.prillingStop += s; e.steamLeftOn += s; }),
  fault('F2-13', 'A2-8', '熔融泵出口堵塞', 'Discharge of the melt pump plugs', step(), (e, s) => { e.plugMelt += s; }),
  fault('F2-13B', 'A2-8', '硝酸铵溶液泵管线堵塞', 'Line of the solution pumps plugs', step(), (e, s) => { e.plugSolution += s; }),
  fault('F2-14', 'A2-9', '硝硫基混合槽短停，蒸汽阀关', 'Nitro-sulfur mixing tank in a short stop', step(), (e, s) => { e.mix1Stop += s; }),
  fault('F2-15', 'A2-10', '硝氯基混合槽短停', 'Nitro-chlorine mixing tank in a short stop', step(), (e, s) => { e.mix2Stop += s; }),
  fault('F2-16', 'A2-11', '塔顶超温、冒烟、溢料', 'Head of the tower overheats, smokes, overflows', step(30), (e, s) => { e.tower += s; }),
  fault('F2-17', 'A2-1', '泵密封漏油0.2%', 'Oil, 0.2 %, from a pump seal', step(0, 3600), (e, s) => { e.oil += s; }),
  fault('F2-18', '4.1.1(3)', '紧急水阀堵或总管压力低', 'Emergency water blocked or its header low', step(), (e, s) => { e.waterLoss += s; }),
  fault('F2-19', 'A2-1', '仓库料堆阴燃', 'Heap in the store smoulders', step(), (e, s) => { e.store += s; }),
  fault('F2-21', 'A2-1', '溶液储罐盘管结垢局部分解冒烟', 'Crust on the tank coil decomposes: smoke before the bulk shows anything', step(60), (e, s) => { e.crust += s; }),
  fault('F2-22', 'A2-4', '硝酸调节阀旁路内漏，流量计不显示', 'Bypass of the acid valve passes, the meter does not see it', step(), (e, s) => { e.acidBypass += s; }),
  fault('F2-20', '4.1.1(3)', '全装置停电', 'Power failure of the plant', step(), (e, s) => { e.power += s; }),
];
