/** Small makers shared by the scenes. */
import type { Reading } from '../../../src/contract/view.ts';

export type Text = { zh: string; en: string };
export const text = (zh: string, en: string): Text => ({ zh, en });
export const reading = (tag: string, value: Reading['value'], unit: string, sourceMs: number, quality: Reading['quality'] = 'good'): Reading => ({ tag, value, unit, quality, sourceMs });

export const SCENES = ['normal', 'upset', 'bypassed', 'safe', 'ready', 'noProcedure', 'stale', 'untrusted', 'flood', 'three', 'three-flood', 'handling'] as const;
export type Scene = (typeof SCENES)[number];
/** Three procedures at once, with and without a flood of alarms. */
export const isThree = (scene: Scene): boolean => scene === 'three' || scene === 'three-flood';
