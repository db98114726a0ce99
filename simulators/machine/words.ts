/** What the machine's own terms are called where people read them: in the log of what really happened and in what a crew reports. */
import type { ActuatorFailureKind, ValveWord } from '../kernel/actuator.ts';
import type { SolveFailure } from '../kernel/integrator.ts';
import type { MalfunctionKind } from '../kernel/sensor.ts';
import type { Words } from './definition.ts';
import type { FieldDeed, Protection } from './people.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

export const DEED_WORDS: Readonly<Record<FieldDeed, Words>> = { open: w('打开', 'open'), close: w('关闭', 'close'), check: w('检查', 'check'), observe: w('观察', 'observe') };
/** What a crew says it has done. */
export const DONE_WORDS: Readonly<Record<'open' | 'close', Words>> = { open: w('已打开', 'opened'), close: w('已关闭', 'closed') };
export const PROTECTION_WORDS: Readonly<Record<Protection, Words>> = { none: w('无防护', 'no protection'), basic: w('基本防护', 'basic protection'), chemical: w('防化服', 'chemical suit'), breathing: w('空气呼吸器', 'breathing apparatus'), full: w('全套防护', 'full protection') };
export const VALVE_WORDS: Readonly<Record<ValveWord, Words>> = { closed: w('关', 'closed'), open: w('开', 'open'), travelling: w('动作中', 'travelling'), fault: w('故障', 'fault') };
const STATE_WORDS: Readonly<Record<string, Words>> = { ...VALVE_WORDS, stopped: w('停', 'stopped'), running: w('运行', 'running') };
/** A state word of a discrete tag; one without a Chinese word is shown as it is. */
export const stateWords = (word: string): Words => STATE_WORDS[word] ?? w(word, word);
export const MALFUNCTION_WORDS: Readonly<Record<MalfunctionKind, Words>> = {
  freeze: w('冻结', 'frozen'), bias: w('偏移', 'offset'), drift: w('漂移', 'drifting'), noise: w('噪声', 'noisy'), spike: w('尖峰', 'spike'), 'fail-high': w('超上限', 'failed high'), 'fail-low': w('超下限', 'failed low'),
  'bad-quality': w('品质坏', 'bad quality'), uncertain: w('品质可疑', 'uncertain quality'), span: w('量程错误', 'wrong span'), saturated: w('饱和但看似合理', 'saturated but plausible'), plugged: w('取压管堵塞', 'plugged'), delayed: w('延迟', 'delayed'),
};
export const FAILURE_WORDS: Readonly<Record<ActuatorFailureKind, Words>> = { 'fail-open': w('故障全开', 'fails open'), 'fail-close': w('故障全关', 'fails closed'), slow: w('动作缓慢', 'slow'), passing: w('内漏', 'passing'), degraded: w('出力不足', 'worn, gives less') };
export const DCS_WORDS: Readonly<Record<'ok' | 'bad' | 'still', Words>> = { ok: w('正常', 'well'), bad: w('中断', 'dead'), still: w('停在旧值', 'standing still') };
export const HEARTBEAT_WORDS: Readonly<Record<'beats' | 'stands', Words>> = { beats: w('跳动', 'beats'), stands: w('停止', 'stands') };
/** Events of the models that change the plant, by the name that the definition gives them. One that is missing here is shown by its name. */
const EVENT_WORDS: Readonly<Record<string, Words>> = {
  'R-4502 disc': w('R-4502 爆破片破裂', 'The rupture disc of R-4502 bursts'), 'residue separator bursts': w('氧化残液分离器破裂', 'The residue separator bursts'), 'gas in hydrogenation explodes': w('氢化系统气体爆炸', 'The gas in the hydrogenation explodes'),
  'RD-1101': w('RD-1101 爆破片破裂', 'The rupture disc RD-1101 bursts'), 'RD-1301': w('RD-1301 爆破片破裂', 'The rupture disc RD-1301 bursts'),
};
export const eventWords = (name: string): Words => EVENT_WORDS[name] ?? w(name, name);

export const withSize = ({ zh, en }: Words, size: number): Words => (size === 0 ? { zh, en } : { zh: `${zh} ${size}`, en: `${en} ${size}` });

export const failureWords = ({ tS, kind, message }: SolveFailure): Words => ({ zh: `模型已停止：求解器在 ${tS} 秒处无法继续（${kind}）。`, en: message });
