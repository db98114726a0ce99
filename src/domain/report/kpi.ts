/** The alarm KPIs of the incident's own time, by the definitions that the console shows (ISA-18.2, EEMUA 191). */
import type { IncidentReport } from '../../contract/report.ts';
import { KPI_DEFS } from '../kpi/definitions.ts';
import { kpiEventOf } from '../kpi/events.ts';
import type { KpiEvent } from '../kpi/events.ts';
import { kpisOfPeriod } from '../kpi/period.ts';
import type { JsonValue } from '../journal/canonical-json.ts';
import { clip } from './step.ts';
import type { IncidentRecords } from './incident.ts';

type Row = IncidentReport['kpi'][number];

/** A value that cannot be said (nothing to take a share of, too short a time) is null, and its verdict says so. */
export function kpiRows({ incident, records, before }: IncidentRecords): Row[] {
  // A station that had records before, and did not start anew in between, ran from the first moment: quiet time counts.
  const ran: KpiEvent[] = before.lastFactMs > 0 && records[0]?.fact.type !== 'station.started' ? [{ kind: 'alive', atMs: incident.fromMs }] : [];
  const told = records.values().filter(({ fact }) => fact.atMs <= incident.toMs).map(({ fact: { type, atMs, by, data } }) => kpiEventOf({ type, atMs, by, data: data as unknown as JsonValue }));
  const report = kpisOfPeriod([...ran, ...told], { fromMs: incident.fromMs, toMs: incident.toMs });
  const values = new Map((report?.values ?? []).map((each) => [each.id, each]));
  return KPI_DEFS.map((def): Row => {
    const found = values.get(def.id);
    return {
      id: def.id, name: def.name, value: found?.value ?? null, unit: clip(def.unit.en, 30), verdict: found?.verdict ?? 'unknown',
      target: def.target === null ? null : `${def.good === 'atMost' ? '<=' : '>='} ${String(def.target)}`,
    };
  });
}
