/** The DCS's own alarm limits of a plant: what OPC UA Alarms & Conditions are made of. Units of the tag; a rate in units per `perS` seconds. */
export interface AlarmLimit { readonly tag: string; readonly lowLow?: number; readonly low?: number; readonly high?: number; readonly highHigh?: number }
/** How fast a tag moves, over a window; `unit` as people say it. */
export interface RateLimit { readonly tag: string; readonly windowS: number; readonly perS: number; readonly unit: string; readonly high: number; readonly highHigh: number }
export interface AlarmTable { readonly limits: readonly AlarmLimit[]; readonly rates: readonly RateLimit[] }

/** the same limits for tags that measure the same */
export const limitsOf = (tags: readonly string[], limit: Omit<AlarmLimit, 'tag'>): AlarmLimit[] => tags.map((tag) => ({ tag, ...limit }));
