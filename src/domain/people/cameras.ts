/**
 * Is a zone in sight (V.1)? A camera shows it while all four of its parts are known to be as they should be. Unknown is not seen.
 */
import type { CameraDef, ZoneDef } from '../packs/schema.ts';
import { FALSE, TRUE } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import { CAMERA_PARTS, partTag } from './zone-tags.ts';
import type { CameraPart } from './zone-tags.ts';

export type CameraState = 'seen' | 'lost' | 'unknown';

/** As it was last told. `parts`: those that are lost, or (state unknown) not known. */
export interface CameraRecord {
  readonly state: CameraState;
  readonly parts: readonly CameraPart[];
  readonly sinceMs: number;
}

/** A part known to be lost says more than one that is not known. */
export function cameraNow(camera: CameraDef, truth: (tag: string) => Truth): { readonly state: CameraState; readonly parts: CameraPart[] } {
  const where = (wanted: (truth: Truth) => boolean): CameraPart[] => CAMERA_PARTS.filter((part) => wanted(truth(partTag(camera, part))));
  const lost = where((now) => now === FALSE);
  if (lost.length > 0) return { state: 'lost', parts: lost };
  const unknown = where((now) => now !== TRUE);
  return unknown.length > 0 ? { state: 'unknown', parts: unknown } : { state: 'seen', parts: [] };
}

export const isSeen = (zone: Pick<ZoneDef, 'cameras'>, cameras: Readonly<Record<string, CameraRecord>>): boolean => zone.cameras.some(({ id }) => cameras[id]?.state === 'seen');
