/** Discrete, boolean and count tags that are no device, function, zone, camera, fence, heartbeat or button. */
import type { AmmoniaScan } from './control.ts';
import { X } from './states.ts';

export const SIGNALS: Readonly<Record<string, (scan: AmmoniaScan) => number | boolean>> = {
  'XS-3110': ({ x }) => x[X.flame]! > 0.5,
  'XS-3113': ({ position }) => position('BS-3113') > 0.5,
  'XS-3114': ({ m }) => m.accepted,
  'XS-3115': ({ m }) => m.mode,
  'XS-3116': ({ command }) => command('HS-3116'),
  'PSV-3105': ({ m }) => m.gasifierPsv || m.gasifierBurst,
  'XS-3119': ({ m }) => m.gasifierBurst || m.oxygenLineFire,
  'XS-3120': ({ command }) => command('HS-FEN-3100'),
  'XS-3209': ({ command }) => command('HS-3209'),
  'XS-3408': ({ command }) => !command('HS-3408'),
  'XS-3507': ({ command }) => command('HS-3507'),
  'XS-3509': ({ m }) => m.flashBurst || m.drumBurst,
  'PSV-3553': ({ m }) => m.flashPsv || m.flashBurst,
  'XS-3902': ({ effects }) => (effects.flarePilots > 0 ? 0 : 3),
  'XS-3911': ({ effects }) => effects.power === 0,
  'XA-3916': ({ effects }) => effects.controller > 0,
};
