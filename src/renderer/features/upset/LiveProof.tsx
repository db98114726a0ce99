/** A reading in a line of text: its tag, its value now, its quality and its age. */
import type { Reading } from '../../../contract/view.ts';
import { useReading, useTag } from '../../store/console-context.ts';
import { Age, Value } from '../../ui/Value.tsx';

export function LiveProof({ reading }: { reading: Reading }) {
  const current = useReading(reading);
  const tag = useTag(reading.tag);
  return <span className="live"><span className="live-tag">{reading.tag}</span> <Value reading={current} states={tag?.states} span={tag?.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low} /> <Age sourceMs={current.sourceMs} /></span>;
}
