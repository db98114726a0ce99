/**
 * The faults that an instructor can inject, after research/simulators.md 4.5 (ids exactly so; a letter marks a variant), and what each does at a given severity.
 * Severity 1 is the signature of the table; up to 2 where the physics allows it.
 */
import type { FaultOptions } from '../../kernel/fault-envelope.ts';
import type { FaultDefinition } from '../../machine/definition.ts';

const NONE = {
  ratioSwing: 0, headerSurge: 0, slurryLoss: 0, crudeBlocked: 0, slag: 0, flameOut: 0, oxygenVentOpens: 0, steamLoss: 0, carrierLost: 0, extraCO2: 0,
  loopPressure: 0, feedTemperature: 0, quench1: 0, quench2: 0, circulation: 0, chillC: 0, poison: 0, carryOver: 0, coolLoss: 0, dischargeBlocked: 0, houseLeak: 0,
  levelStuck: 0, tubeLeak: 0, coilLeak: 0, power: 0, water: 0, nitrogen: 0, steam: 0, airSwing: 0, steamSwing: 0, steamShort: 0, flareBroken: 0, flarePilots: 0,
  synLeak: 0, nh3Leak: 0, coLeak: 0, thinCrude: 0, thinMakeUp: 0, thinLoop: 0, passing: 0, quenchLoss: 0, slurryPump: 0, circulator: 0, compressorFault: 0, controller: 0,
};
/** Sum of what all active faults do, rebuilt at every scan. */
export type Effects = Record<keyof typeof NONE, number>;
export const noEffects = (): Effects => ({ ...NONE });

const step = (rampS = 0, durationS: number | null = null): FaultOptions => ({ severity: 1, rampS, delayS: 0, durationS });
const fault = (id: string, clause: string, zh: string, en: string, defaults: FaultOptions, apply: (e: Effects, s: number) => void): FaultDefinition<Effects> => ({ id, clause, zh, en, defaults, apply });

export const FAULTS: readonly FaultDefinition<Effects>[] = [
  fault('F3-01', 'A3-1(8)', '氧煤比摆动 ±3%，周期 90 秒', 'Oxygen/slurry ratio swings by 3 % with a period of 90 s', step(), (e, s) => { e.ratioSwing += s; }),
  fault('F3-02', 'A3-1(8)', '另一台气化炉跳车，氧气放空迟缓', 'Another gasifier trips and the oxygen vent is slow', step(1, 10), (e, s) => { e.headerSurge += s; }),
  fault('F3-03', 'A3-1(8)', '煤浆泵吸入中断', 'The slurry pump loses its suction', step(2), (e, s) => { e.slurryLoss += s; }),
  fault('F3-04', 'A3-1(8)', '气化炉下游阀门关闭', 'A valve behind the gasifier closes', step(3), (e, s) => { e.crudeBlocked += s; }),
  fault('F3-04S', 'A3-3', '渣口堵塞', 'The slag tap plugs', step(240), (e, s) => { e.slag += s; }),
  fault('F3-05', 'A3-6', '熄火（点火失败）', 'Flame out, ignition fails', step(), (e, s) => { e.flameOut += s; }),
  fault('F3-06', 'A3-5', '氧管线泄压阀自行打开', 'The oxygen vent opens by itself', step(), (e, s) => { e.oxygenVentOpens += s; }),
  fault('F3-07', 'A3-7', '变换蒸汽减少', 'Steam to shift is lost', step(60), (e, s) => { e.steamLoss += s; }),
  fault('F3-08', 'A3-1(4)', '还原载气中断，氢气仍在加入', 'The carrier of the reduction is lost, hydrogen still on', step(5), (e, s) => { e.carrierLost += s; }),
  fault('F3-09', 'A3-7', '脱碳穿透，甲烷化入口 CO2 升高 2%', 'CO2 breaks through to the methanator, 2 %', step(10), (e, s) => { e.extraCO2 += 2 * s; }),
  fault('F3-10', 'A3-7', '合成压力降到 17 MPa', 'Pressure of the loop falls to 170 bar', step(60), (e, s) => { e.loopPressure += s; e.chillC -= 4.7 * s; }),
  fault('F3-11', 'A3-7', '合成塔入口温度降低 15 ℃', 'Feed of the converter 15 K colder (exchanger bypass opens)', step(30), (e, s) => { e.feedTemperature += s; }),
  fault('F3-12', 'A3-7', '一段冷激阀关死', 'Quench valve of bed 1 fails closed', step(5), (e, s) => { e.quench1 += s; }),
  fault('F3-13', 'A3-7', '二段冷激阀关死', 'Quench valve of bed 2 fails closed', step(5), (e, s) => { e.quench2 += s; }),
  fault('F3-14', 'A3-1(6)', '循环量降到 70%', 'Circulation falls to 70 % (severity 2: 40 %)', step(10), (e, s) => { e.circulation += s; }),
  fault('F3-15', 'A3-7', '氨冷失效，入塔氨升到 7%', 'Chilling lost, 7 % ammonia at the inlet', step(120), (e, s) => { e.chillC += 17.8 * s; }),
  fault('F3-16', 'A3-7', '入塔氨降到 2%', '2 % ammonia at the inlet', step(120), (e, s) => { e.chillC -= 21.1 * s; }),
  fault('F3-17', 'A3-7', '触媒中毒，活性 4.75 降到 3.0', 'Catalyst poisoned, activity 4.75 to 3.0', step(), (e, s) => { e.poison += s; }),
  fault('F3-18', 'A3-1(6)', '压缩机带液', 'Liquid carried over into the compressor', step(), (e, s) => { e.carryOver += s; }),
  fault('F3-19', 'A3-1(6)', '压缩机级间冷却失效', 'Interstage cooling of the compressor lost', step(60), (e, s) => { e.coolLoss += s; }),
  fault('F3-19P', 'A3-1(6)', '压缩机出口憋压', 'Discharge of the compressor blocked', step(30), (e, s) => { e.dischargeBlocked += s; }),
  fault('F3-19L', 'A3-1(6)', '压缩机密封泄漏', 'Seal of the compressor leaks', step(30), (e, s) => { e.houseLeak += s; }),
  fault('F3-20', 'A3-1(3)', '高压分离器液位计卡在 50%，减压阀开大', 'Level transmitters of the separator stick at 50 %, the letdown opens', step(), (e, s) => { e.levelStuck += s; }),
  fault('F3-21', 'A3-1(7)', '废热锅炉列管泄漏（0.1~3.6 kg/s）', 'Tube of the waste-heat boiler leaks (0.1 kg/s; severity 2: 3.6 kg/s)', step(), (e, s) => { e.tubeLeak += s; }),
  fault('F3-22', 'A3-1(7)', '氨冷器盘管泄漏 3 mm', 'Coil of the chiller leaks, 3 mm', step(), (e, s) => { e.coilLeak += s; }),
  fault('F3-23', 'A3-1(4)', '停电', 'Power lost', step(), (e, s) => { e.power += s; }),
  fault('F3-23W', 'A3-1(4)', '循环水中断', 'Cooling water lost', step(10), (e, s) => { e.water += s; }),
  fault('F3-23N', 'A3-1(4)', '低压氮气中断', 'Nitrogen lost', step(10), (e, s) => { e.nitrogen += s; }),
  fault('F3-23S', '4.1.1(3)', '中压蒸汽中断', 'Steam lost', step(20), (e, s) => { e.steam += s; }),
  fault('F3-24', 'A3-1(9)', '空碳比、水碳比摆动', 'Air/carbon and steam/carbon ratio swing', step(), (e, s) => { e.airSwing += s; e.steamSwing += s; }),
  fault('F3-24S', 'A3-1(9)', '转化蒸汽不足，析碳', 'Too little steam to the reformer, carbon is laid down', step(60), (e, s) => { e.steamShort += s; }),
  fault('F3-25', 'A3-1(5)', '火炬总管移位断开', 'Flare header displaced and broken', step(), (e, s) => { e.flareBroken += s; }),
  fault('F3-25P', 'A3-1(5)', '火炬长明灯熄灭', 'Flare pilots out', step(), (e, s) => { e.flarePilots += s; }),
  fault('F3-26', 'A3-1(1)', '新鲜合成气管线减薄破裂泄漏', 'Make-up syngas line thins and leaks', step(60), (e, s) => { e.synLeak += s; e.thinMakeUp += s; }),
  fault('F3-26N', 'A3-1(1)', '氨大量泄漏', 'Ammonia leaks', step(30), (e, s) => { e.nh3Leak += s; }),
  fault('F3-26C', 'A3-1(1)', '煤气大量泄漏', 'Coal gas leaks', step(30), (e, s) => { e.coLeak += s; }),
  fault('F3-26T', 'A3-1(2)', '新鲜合成气管线减薄', 'Make-up syngas line thins', step(), (e, s) => { e.thinMakeUp += s; }),
  fault('F3-26U', 'A3-1(2)', '粗煤气管线减薄', 'Crude gas line thins', step(), (e, s) => { e.thinCrude += s; }),
  fault('F3-26V', 'A3-1(2)', '合成循环气管线减薄', 'Loop line thins', step(), (e, s) => { e.thinLoop += s; }),
  fault('F3-27', 'A3-3', '甲烷化入口阀显示已关但内漏', 'Inlet valve of the methanator shows closed and passes', step(), (e, s) => { e.passing += s; }),
  fault('F3-28', 'A3-1(3)', '激冷水中断', 'Quench water lost', step(5), (e, s) => { e.quenchLoss += s; }),
  fault('F3-29P', '4.1.1(3)', '煤浆泵电机故障', 'Motor of the slurry pump fails', step(), (e, s) => { e.slurryPump += s; }),
  fault('F3-29K', '4.1.1(3)', '循环机故障', 'Circulator fails', step(), (e, s) => { e.circulator += s; }),
  fault('F3-29C', 'A3-1(6)', '氮氢气压缩机故障', 'N2/H2 compressor fails', step(), (e, s) => { e.compressorFault += s; }),
  fault('F3-30', '4.1.1(3)', 'DCS 控制器故障', 'DCS controller faulted', step(), (e, s) => { e.controller += s; }),
];
