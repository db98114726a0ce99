/**
 * The faults that an instructor can inject, after research/simulators.md 2.5 (F1-01 .. F1-19, ids exactly so), then what the clauses need beside them
 * (F1-20 ..): single machines, utilities, gas, fire, vibration. Severity 1 is the signature of the table.
 */
import type { FaultOptions } from '../../kernel/fault-envelope.ts';
import type { FaultDefinition } from '../../machine/definition.ts';

const NAMES = [
  'coolingLoss', 'couplingBroken', 'sideReaction', 'quenchLoss', 'airIngress', 'hydrogenOpen', 'water', 'sudden', 'heatedByHand', 'levelFrozen', 'potDrain', 'plug',
  'fanALost', 'fanBLost', 'makeUpLoss', 'waterLeak', 'steamPassing', 'frozenTemperature', 'powerLoss', 'pump1104', 'motor1105', 'motor1205', 'motor1305', 'motor1135', 'pump1506A',
  'waterHeader', 'airHeader', 'nitrogenHeader', 'steamHeader', 'dcs', 'fire', 'hydrogenLeak', 'condenserLoss', 'vibrationR1101', 'vibrationFan', 'backupLost', 'catalystPoison', 'hallSpill', 'standbyBlocked',
] as const;
/** Sum of what all active faults do, rebuilt at every scan. */
export type Effects = Record<(typeof NAMES)[number], number>;
export const noEffects = (): Effects => Object.fromEntries(NAMES.map((name) => [name, 0])) as Effects;

const step = (rampS = 0, durationS: number | null = null): FaultOptions => ({ severity: 1, rampS, delayS: 0, durationS });
const fault = (id: string, clause: string, zh: string, en: string, apply: FaultDefinition<Effects>['apply'], defaults = step()): FaultDefinition<Effects> => ({ id, clause, zh, en, defaults, apply });

export const FAULTS: readonly FaultDefinition<Effects>[] = [
  fault('F1-01', 'A1-1', 'R-1101 夹套冷却丧失', 'Jacket cooling of R-1101 lost', (e, s) => { e.coolingLoss += s; }, step(5)),
  fault('F1-02', 'A1-1', 'R-1101 夹套冷却丧失（2 min 内停滴加的对照）', 'Jacket cooling of R-1101 lost (to be compared: dosing stopped within 2 min)', (e, s) => { e.coolingLoss += s; }, step(5)),
  fault('F1-03', 'A1-1', 'R-1101 搅拌联轴器断裂', 'Agitator coupling of R-1101 breaks', (e, s) => { e.couplingBroken += s; }),
  fault('F1-04', 'A1-5', 'R-1101 搅拌中断 60 min 后恢复', 'Agitation of R-1101 lost, back after 60 min', (e, s) => { e.couplingBroken += s; }, step(0, 3600)),
  fault('F1-05', 'A1-2', 'R-1101 杂质引发副反应失控', 'Impurity sets off a side reaction in R-1101', (e, s) => { e.sideReaction += s; }, step(60)),
  fault('F1-06', 'A1-2', 'D-1102 淬灭剂漏空', 'Quench agent of D-1102 leaks away', (e, s) => { e.quenchLoss += s; }),
  fault('F1-07', 'A1-3', '空气随氢气进入 R-1201', 'Air comes into R-1201 with the hydrogen', (e, s) => { e.airIngress += s; }, step(1800)),
  fault('F1-08', 'A1-2', 'R-1201 氢气调节阀失灵全开、催化剂过量', 'Hydrogen control valve of R-1201 failed open, too much catalyst', (e, s) => { e.hydrogenOpen += s; }),
  fault('F1-09', 'A1-4', 'R-1301 带水，格氏反应不引发', 'Water in R-1301: the Grignard does not initiate', (e, s) => { e.water += s; }),
  fault('F1-10', 'A1-4', 'R-1301 积累后突然引发', 'R-1301 initiates suddenly after accumulation', (e, s) => { e.sudden += s; }, step(0, 60)),
  fault('F1-11', 'A1-4', '有人对 R-1301 加热并补引发剂', 'Somebody heats R-1301 and adds initiator', (e, s) => { e.heatedByHand += s; }),
  fault('F1-12', 'A1-6', 'C-1401 釜液排空，液位计卡在 35 %', 'Pot of C-1401 drains away, its level frozen at 35 %', (e, s) => { e.levelFrozen += s; e.potDrain += s; }),
  fault('F1-13', 'A1-6', 'C-1401 塔顶管线堵', 'Overhead line of C-1401 plugged', (e, s) => { e.plug += s; }, step(10)),
  fault('F1-14', 'A1-7', '引风机 A 跳闸（强度大于 1.5：备用也不启动）', 'Off-gas fan A trips (severity above 1.5: the standby fails as well)', (e, s) => { e.fanALost += s; if (s > 1.5) e.fanBLost += 1; }),
  fault('F1-15', 'A1-7', '碱液耗尽', 'The caustic is used up', (e, s) => { e.makeUpLoss += s; }),
  fault('F1-16', '4.1.1(1)', 'R-1101 夹套水漏入釜内', 'Jacket water leaks into R-1101', (e, s) => { e.waterLeak += s; }),
  fault('F1-17', 'A1-1', 'R-1101 蒸汽阀内漏 5 %', 'Steam valve of R-1101 passes 5 %', (e, s) => { e.steamPassing += s; }),
  fault('F1-18', '3.6', 'TI-1101A 卡死', 'TI-1101A frozen', (e, s) => { e.frozenTemperature += s; }),
  fault('F1-19', '4.1.1(3)', '晃电：搅拌、冷却、风机同时失电', 'Power dip: agitators, cooling and fans lost together', (e, s) => { e.powerLoss += s; }),
  fault('F1-20', '4.1.1(3)', '夹套冷却水循环泵 P-1104 跳闸', 'Cooling circulation pump P-1104 trips', (e, s) => { e.pump1104 += s; }),
  fault('F1-21', 'A1-1', 'R-1101 搅拌电机 M-1105 跳闸', 'Agitator motor M-1105 trips', (e, s) => { e.motor1105 += s; }),
  fault('F1-22', 'A1-1', 'R-1201 搅拌电机 M-1205 跳闸', 'Agitator motor M-1205 trips', (e, s) => { e.motor1205 += s; }),
  fault('F1-23', 'A1-1', 'R-1301 搅拌电机 M-1305 跳闸', 'Agitator motor M-1305 trips', (e, s) => { e.motor1305 += s; }),
  fault('F1-24', 'A1-1', 'R-1103 搅拌电机 M-1135 跳闸', 'Agitator motor M-1135 trips', (e, s) => { e.motor1135 += s; }),
  fault('F1-25', 'A1-7', '碱液循环泵 P-1506A 跳闸', 'Caustic pump P-1506A trips', (e, s) => { e.pump1506A += s; }),
  fault('F1-26', '4.1.1(3)', '循环冷却水总管失压', 'Cooling water header lost', (e, s) => { e.waterHeader += s; }, step(10)),
  fault('F1-27', '4.1.1(3)', '仪表风总管失压', 'Instrument air header lost', (e, s) => { e.airHeader += s; }, step(20)),
  fault('F1-28', '4.1.1(3)', '氮气总管失压', 'Nitrogen header lost', (e, s) => { e.nitrogenHeader += s; }, step(20)),
  fault('F1-29', '4.1.1(3)', '蒸汽总管失压', 'Steam header lost', (e, s) => { e.steamHeader += s; }, step(20)),
  fault('F1-30', '4.1.1(3)', 'DCS 系统故障', 'Control system fails', (e, s) => { e.dcs += s; }),
  fault('F1-31', '4.1.1(4)', '装置着火', 'Fire in the plant', (e, s) => { e.fire += s; }),
  fault('F1-32', '4.1.1(4)', '氢化厂房氢气泄漏', 'Hydrogen leaks into the hydrogenation hall', (e, s) => { e.hydrogenLeak += s; }),
  fault('F1-33', 'A1-6', 'C-1401 冷凝器断水', 'Condenser of C-1401 without water', (e, s) => { e.condenserLoss += s; }, step(10)),
  fault('F1-34', '4.1.1(1)', 'R-1101 搅拌剧烈振动', 'Agitator of R-1101 vibrates violently', (e, s) => { e.vibrationR1101 += s; }, step(20)),
  fault('F1-35', '4.1.1(1)', '引风机剧烈振动', 'Off-gas fan vibrates violently', (e, s) => { e.vibrationFan += s; }, step(20)),
  fault('F1-36', 'A1-1', '备用冷却水也不可用', 'The backup cooling water is not there either', (e, s) => { e.backupLost += s; }),
  fault('F1-37', 'A1-1', 'R-1201 催化剂中毒，羟胺累积', 'Catalyst of R-1201 poisoned, hydroxylamine builds up', (e, s) => { e.catalystPoison += s; }),
  fault('F1-39', 'A1-7', '备用风机自启回路失效，须远程启动', 'The standby fan is not started by itself and has to be started from the control room', (e, s) => { e.standbyBlocked += s; }),
  fault('F1-38', 'A1-7', '厂房内氯气管线泄漏', 'A chlorine line leaks into the hall', (e, s) => { e.hallSpill += s; }),
];
