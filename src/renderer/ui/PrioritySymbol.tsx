/** Priority as colour AND shape AND number (hmi rule 1). Only this symbol flashes, never text. */
import type { Priority } from '../../contract/view.ts';
import { useWords } from './words.ts';

const SHAPES: Record<Priority, { path: string; textY: number }> = {
  1: { path: 'M2 2H22V22H2Z', textY: 17 },
  2: { path: 'M12 1.5L23 22.5H1Z', textY: 20.5 },
  3: { path: 'M1 1.5H23L12 22.5Z', textY: 14 },
  4: { path: 'M12 1.5A10.5 10.5 0 1 1 11.99 1.5Z', textY: 17 },
};

export function PrioritySymbol({ priority, flashing = false }: { priority: Priority; flashing?: boolean }) {
  const { t } = useWords();
  const { path, textY } = SHAPES[priority];
  return (
    <svg className={`priority priority-${priority}${flashing ? ' flashing' : ''}`} viewBox="0 0 24 24" role="img" aria-label={t('priority.label', { n: priority })}>
      <path d={path} />
      <text x="12" y={textY} textAnchor="middle" fontSize={priority === 2 || priority === 3 ? 12 : 14}>{priority}</text>
    </svg>
  );
}
