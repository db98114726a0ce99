/** The DCS's own alarm limits of a plant: what OPC UA Alarms & Conditions are made of. Units of the tag; a rate in units per `perS` seconds. */
export interface Limits { readonly lowLow?: number; readonly low?: number; readonly high?: number; readonly highHigh?: number }
/** `inState`: while a discrete tag shows this word, these limits stand and no others (a tank that runs hot and is held cooler) */
export interface AlarmLimit extends Limits { readonly tag: string; readonly inState?: { readonly tag: string; readonly is: string; readonly limits: Limits } }
/** How fast a tag moves, over a window; `unit` as people say it. */
export interface RateLimit { readonly tag: string; readonly windowS: number; readonly perS: number; readonly unit: string; readonly high: number; readonly highHigh: number }
export interface AlarmTable { readonly limits: readonly AlarmLimit[]; readonly rates: readonly RateLimit[] }

/** the same limits for tags that measure the same */
export const limitsOf = (tags: readonly string[], limit: Limits & Pick<AlarmLimit, 'inState'>): AlarmLimit[] => tags.map((tag) => ({ tag, ...limit }));

/** the limits that stand while the state's tag shows `word` */
export const limitsNow = (limit: AlarmLimit, word: unknown): Limits => (limit.inState !== undefined && limit.inState.is === word ? limit.inState.limits : limit);
