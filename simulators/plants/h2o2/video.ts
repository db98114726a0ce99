/**
 * Cameras and electronic fences of the zones. They are no part of the process: each shows what it should until somebody makes it fail,
 * by a command that holds (true = this part of the camera is lost; somebody stands in the fence).
 */
import { ZONE_IDS } from './people.ts';

/** What each tag of a camera says while it is well, in the order of the tag list. */
const PARTS = { SIG: ['视频信号中断', 'Video signal lost'], PIC: ['画面被遮挡', 'Picture covered'], AIM: ['摄像头被转开', 'Camera turned away'], PWR: ['摄像头断电', 'Camera without power'] } as const;

const places = ZONE_IDS.map((id) => id.slice('PC-'.length));

/** Command that makes a tag of a camera or a fence fail. */
export const failureOf = (tag: string): string => `HS-${tag}`;

export const VIDEO_COMMANDS: readonly { readonly id: string; readonly zh: string; readonly en: string }[] = places.flatMap((place) => [
  ...Object.entries(PARTS).map(([part, [zh, en]]) => ({ id: failureOf(`CAM-${place}-${part}`), zh: `${zh} CAM-${place}`, en: `${en} CAM-${place}` })),
  { id: failureOf(`FEN-${place}`), zh: `有人越过电子围栏 FEN-${place}`, en: `Somebody in the electronic fence FEN-${place}` },
]);

export const isCamera = (tag: string): boolean => tag.startsWith('CAM-');
export const isFence = (tag: string): boolean => tag.startsWith('FEN-');
