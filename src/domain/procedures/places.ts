/** The course of every procedure (domain.md): where it stands. `stopping` is reachable from everywhere but `closed`. */
export const PLACES = ['standby', 'raised', 'retreating', 'stopping', 'safe', 'investigating', 'readyToReturn', 'closed'] as const;
export type Place = (typeof PLACES)[number];
