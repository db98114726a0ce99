/**
 * Cameras and electronic fences of the zones. They are no part of the process: each shows what it should until somebody makes it fail,
 * by a command that holds (true = this part of the camera is lost; somebody stands in the fence).
 */
import type { CommandDefinition } from './definition.ts';

/** What each tag of a camera says while it is well, in the order of the tag list. */
const PARTS = { SIG: ['视频信号中断', 'Video signal lost'], PIC: ['画面被遮挡', 'Picture covered'], AIM: ['摄像头被转开', 'Camera turned away'], PWR: ['摄像头断电', 'Camera without power'] } as const;

/** Command that makes a tag of a camera or a fence fail. */
export const failureOf = (tag: string): string => `HS-${tag}`;

/** `zones`: the tags that count people, `PC-4100`; the camera of that zone is `CAM-4100`. */
export function videoCommands(zones: readonly string[]): CommandDefinition[] {
  return zones.map((zone) => zone.slice('PC-'.length)).flatMap((place) => [
    ...Object.entries(PARTS).map(([part, [zh, en]]): CommandDefinition => ({ id: failureOf(`CAM-${place}-${part}`), kind: 'level', zh: `${zh} CAM-${place}`, en: `${en} CAM-${place}` })),
    { id: failureOf(`FEN-${place}`), kind: 'level', zh: `有人越过电子围栏 FEN-${place}`, en: `Somebody in the electronic fence FEN-${place}` },
  ]);
}

export const isCamera = (tag: string): boolean => tag.startsWith('CAM-');
export const isFence = (tag: string): boolean => tag.startsWith('FEN-');
