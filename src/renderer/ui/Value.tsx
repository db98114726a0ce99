/**
 * A value never stands alone (hmi rule 6): number, unit, quality. Anything but good is hatched and carries its
 * letter: S stale, B bad, U uncertain (rule 1).
 */
import type { Reading } from '../../contract/view.ts';
import { useNow } from '../store/console-context.ts';
import { formatNumber, shortDuration, unitSign } from './format.ts';
import { useWords } from './words.ts';
import type { Words } from './words.ts';

const AGE_STEP_MS = 500;
export const QUALITY_LETTERS = { good: '', stale: 'S', bad: 'B', uncertain: 'U' } as const;

export function valueWords(value: Reading['value'], words: Words, options: { span?: number | undefined; states?: readonly string[] | undefined } = {}): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return words.t(value ? 'value.true' : 'value.false');
  const state = typeof value === 'string' ? value : options.states?.[value];
  return state === undefined ? formatNumber(Number(value), options.span) : stateWord(state, words);
}

/** The word for a state as tags name them. */
export function stateWord(state: string, words: Words): string {
  if (state === 'true' || state === 'false') return words.t(`value.${state}`);
  const key = `state.${state}`;
  const translated = words.t(key);
  return translated === key ? state : translated;
}

export function Value({ reading, span, states, size = 'normal' }: { reading: Reading; span?: number | undefined; states?: readonly string[] | undefined; size?: 'normal' | 'large' }) {
  const words = useWords();
  const letter = QUALITY_LETTERS[reading.quality];
  const text = valueWords(reading.value, words, { span, states });
  return (
    <span className={`value value-${size}${letter === '' ? '' : ' hatched'}`} data-quality={reading.quality} title={reading.tag}>
      {letter === '' ? null : <abbr className="quality-letter" title={words.t(`quality.${reading.quality}`)}>{letter}</abbr>}
      <span className="value-number">{text}</span>
      {typeof reading.value === 'number' && states === undefined ? <span className="value-unit">{unitSign(reading.unit)}</span> : null}
    </span>
  );
}

/** Rounded up to the next tick, so that an age never looks younger than it is. */
export function Age({ sourceMs }: { sourceMs: number | null }) {
  const { t } = useWords();
  const nowMs = useNow(AGE_STEP_MS);
  return <span className="age">{sourceMs === null ? t('value.never') : t('value.age', { age: shortDuration(nowMs + AGE_STEP_MS - sourceMs) })}</span>;
}
