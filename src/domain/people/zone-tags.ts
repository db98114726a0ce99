/** Which tags of the plant tell about a zone: its head count, its cameras, its fence. */
import type { CameraDef, ZoneDef } from '../packs/schema.ts';

/** The parts of a camera that its tags tell of (V.1), in the order in which people look for what is wrong. */
export const CAMERA_PARTS = ['power', 'signal', 'picture', 'aim'] as const;
export type CameraPart = (typeof CAMERA_PARTS)[number];

const PART_TAG = { power: 'powerTag', signal: 'signalTag', picture: 'pictureTag', aim: 'aimTag' } as const satisfies Record<CameraPart, keyof CameraDef>;

export const partTag = (camera: CameraDef, part: CameraPart): string => camera[PART_TAG[part]];

export const tagsOfCamera = (camera: CameraDef): string[] => CAMERA_PARTS.map((part) => partTag(camera, part));

export const tagsOfZone = ({ countTag, cameras, fenceTag }: Pick<ZoneDef, 'countTag' | 'cameras' | 'fenceTag'>): string[] => [countTag, ...cameras.flatMap(tagsOfCamera), ...(fenceTag === undefined ? [] : [fenceTag])];
