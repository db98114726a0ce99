/** Words for the parts of a camera, for refusals and records. */
import type { Text } from '../../contract/text.ts';
import type { CameraPart } from './zone-tags.ts';

const PARTS: Readonly<Record<CameraPart, Text>> = {
  power: { zh: '供电', en: 'power' },
  signal: { zh: '信号', en: 'signal' },
  picture: { zh: '画面', en: 'picture' },
  aim: { zh: '朝向', en: 'aim' },
};

export const partWords = (part: CameraPart): Text => PARTS[part];
