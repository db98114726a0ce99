/** When a risk assessment, a procedure, training or a drill was last shown (3.1); where nothing is on record, that is said in words. */
import type { MarkView } from '../../contract/aftermath.ts';
import { dateTime } from './format.ts';
import { useWords } from './words.ts';

const DAY_LENGTH = 10;

/** `version`: of the written procedure in the pack, which exists whether or not it was ever reviewed. */
export function ReadinessMark({ mark, version }: { mark: MarkView; version?: number | undefined }) {
  const { t } = useWords();
  const at = mark.atMs === null ? '' : dateTime(mark.atMs).slice(0, DAY_LENGTH);
  return (
    <span className={`ready-mark ready-${mark.state}`} data-state={mark.state}>
      <span>{version === undefined || mark.state === 'absent' ? '' : t('readiness.written', { version })}{t(`readiness.state.${mark.state}`, { at })}</span>
      {mark.source === null ? null : <span className="hint">{[t('readiness.source', { source: mark.source }), mark.document ?? ''].filter((each) => each !== '').join(' · ')}</span>}
    </span>
  );
}
