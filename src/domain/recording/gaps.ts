/** Stretches of which nothing, or not all, was recorded; and why. A gap is told as a gap, never bridged (issue 5). */
import type { Text } from '../../contract/text.ts';

export const GAP_REASONS = ['off', 'notYet', 'link', 'linkLost', 'frozen', 'sequence', 'overflow', 'tagLost', 'buffer', 'disk', 'fault', 'trace', 'traceEnd', 'begunAnew'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

export interface RecordedGap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: GapReason;
  /** Tags by id; null = all of them. */
  readonly tags: readonly string[] | null;
  /** How much was lost, where it can be counted: messages (`sequence`) or samples; else 0. */
  readonly lost: number;
  /** What the system said. */
  readonly words: string;
}

/** Most tags named in one gap; a gap of more is one of all. */
export const GAP_TAGS_MAX = 2_000;
const WORDS_MAX = 300;

const t = (zh: string, en: string): Text => ({ zh, en });
const counted = (lost: number, zh: string, en: string): Text => (lost === 0 ? t('', '') : t(`，丢失${String(lost)} ${zh}`, `, ${String(lost)} ${en} lost`));
const said = (words: string): Text => (words === '' ? t('', '') : t(`：${words}`, `: ${words}`));
const joined = (head: Text, tail: Text): Text => t(`${head.zh}${tail.zh}`, `${head.en}${tail.en}`);

const REASONS: { readonly [R in GapReason]: (gap: RecordedGap) => Text } = {
  off: () => t('站点未运行', 'The station was off'),
  notYet: () => t('当时记录尚未开始', 'Recording had not begun yet'),
  link: ({ words }) => joined(t('数据连接中断', 'The data link was down'), said(words)),
  linkLost: () => t('数据连接中断后重新建立', 'The data link was lost and made anew'),
  frozen: () => t('数据连接无响应', 'The data link was silent'),
  sequence: ({ lost }) => joined(t('服务器发出的消息未到达', 'Messages of the server did not arrive'), counted(lost, '条消息', 'messages')),
  overflow: ({ lost }) => joined(t('接收缓冲区已满', 'The receiving buffer was full'), counted(lost, '个样本', 'samples')),
  tagLost: () => t('服务器不再提供这些位号', 'The server no longer had these tags'),
  buffer: ({ lost }) => joined(t('记录缓冲区已满', 'The buffer of the recorder was full'), counted(lost, '个样本', 'samples')),
  disk: ({ lost, words }) => joined(joined(t('磁盘不可写', 'The disk could not be written'), counted(lost, '个样本', 'samples')), said(words)),
  fault: ({ lost, words }) => joined(joined(t('记录器内部故障', 'The recorder itself failed'), counted(lost, '个样本', 'samples')), said(words)),
  trace: () => t('历史数据中此段没有行', 'The trace has no rows here'),
  traceEnd: () => t('历史数据到此结束', 'The trace ends here'),
  begunAnew: ({ words }) => joined(t('样本库损坏，已另存并重新开始', 'The store of samples was damaged; it was put aside and begun anew'), said(words)),
};

export const gapWords = (gap: RecordedGap): Text => REASONS[gap.reason](gap);

export function gapText({ fromMs, toMs, reason, tags, lost, words }: RecordedGap): string {
  return JSON.stringify({ fromMs, toMs, reason, tags: tags === null || tags.length > GAP_TAGS_MAX ? null : tags, lost, words: words.slice(0, WORDS_MAX) } satisfies RecordedGap);
}

/** Throws on what is no gap. */
export function gapOf(text: string): RecordedGap {
  const gap = JSON.parse(text) as RecordedGap;
  if (!GAP_REASONS.includes(gap.reason) || !(gap.toMs >= gap.fromMs)) throw new RangeError('what should be a gap is none');
  return gap;
}
