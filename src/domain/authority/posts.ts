/** The two posts of an abnormal condition: one who commands (4.5.1), one who watches the DCS (4.5.2). */
import type { Text } from '../../contract/text.ts';

export const POSTS = ['commander', 'watch'] as const;
export type PostName = (typeof POSTS)[number];

export const POST_TITLES: Readonly<Record<PostName, Text>> = {
  commander: { zh: '指挥', en: 'commander' },
  watch: { zh: 'DCS 盯守', en: 'DCS watch' },
};

/** The other one: nobody holds both. */
export const otherPost = (post: PostName): PostName => (post === 'commander' ? 'watch' : 'commander');
