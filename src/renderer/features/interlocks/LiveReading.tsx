import type { Reading } from '../../../contract/view.ts';
import { useReading, useSection } from '../../store/console-context.ts';
import { Age, Value } from '../../ui/Value.tsx';

export function LiveReading({ reading }: { reading: Reading }) {
  const current = useReading(reading);
  const tag = useSection('plant')?.tags.find(({ id }) => id === reading.tag);
  return <span className="live-reading"><span className="hint">{reading.tag}</span> <Value reading={current} states={tag?.states} /> <Age sourceMs={current.sourceMs} /></span>;
}
