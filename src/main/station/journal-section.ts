/** What the console's station section says of the journal: whether it is written, and if not, why, in both languages. */
import type { View } from '../../contract/view.ts';
import type { JournalStatus } from '../journal/journal.ts';

/** @param waiting facts that are believed and not on record yet: only a retreat, and what the plant shows */
export function journalSection(status: JournalStatus, waiting: number): View['station']['journal'] {
  const behind = waiting > 0 ? { zh: `${waiting} 条记录等待写入`, en: `${waiting} records wait to be written` } : null;
  return { ok: status.ok && waiting === 0, reason: status.reason ?? status.warning ?? behind, records: status.records, head: status.headHash };
}
