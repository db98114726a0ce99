/** A tag by its name alone, with what it shows now: the station sends the name once and the values as they change. */
import { LiveReading } from './LiveReading.tsx';

export function TagReading({ tag }: { tag: string }) {
  return <LiveReading reading={{ tag, value: null, quality: 'bad', sourceMs: null }} />;
}
