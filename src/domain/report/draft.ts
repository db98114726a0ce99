/**
 * The report as data, from the records of an incident and the samples that were kept of it. What is concluded from it (clause by clause,
 * the summary) and the proof of the journal are added by others.
 *
 * Pure, and made in one walk through the records: every section sees each record with the state before and after it. The same records
 * give the same draft to the byte. `draftSteps` stops between records, so that whoever drives it can show how far it is, cancel, and let
 * the retreat have the event loop.
 */
import type { IncidentReport } from '../../contract/report.ts';
import type { Text } from '../../contract/text.ts';
import type { Fact } from '../station/facts.ts';
import type { StationState } from '../station/state.ts';
import { Aftermath } from './aftermath.ts';
import { Alarms } from './alarms.ts';
import { CommandSection } from './command.ts';
import { Conditions } from './conditions.ts';
import { Directory } from './directory.ts';
import type { IncidentRecords, RecordedSamples, ReportDraft } from './incident.ts';
import { Interlocks } from './interlocks.ts';
import { kpiRows } from './kpi.ts';
import { peopleIn } from './people-in.ts';
import { People } from './people.ts';
import { Procedures } from './procedures.ts';
import { folded } from './read-incident.ts';
import { Refusals } from './refusals.ts';
import { Signatures } from './signatures.ts';
import type { Section, Setting } from './step.ts';
import { Timeline } from './timeline.ts';
import { Trends } from './trends.ts';
import { wordsOf } from './words.ts';

export interface DraftOptions {
  /** A record as a sentence in both languages: the station's own (`record-text.ts`), which the domain does not know. */
  readonly tell: (fact: Fact) => Text;
  /** RECONSTRUCTED of a trace; absent: what the station of that time said it was. */
  readonly mode?: IncidentReport['mode'];
}

/** Records between two stops. */
const SLICE_RECORDS = 500;

/** Nothing was recorded: what a report without the recorder stands on. */
export const NO_SAMPLES: RecordedSamples = { recording: null, series: () => [] };

export function draftReport(incident: IncidentRecords, samples: RecordedSamples, options: DraftOptions): ReportDraft {
  const steps = draftSteps(incident, samples, options);
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

/** One record that cannot be put into words does not take the report with it: it stands there by its kind. */
const careful = (tell: (fact: Fact) => Text) => (fact: Fact): Text => {
  try {
    return tell(fact);
  } catch {
    return { zh: fact.type, en: fact.type };
  }
};

/** Yields how far it is, 0 to 1. */
export function* draftSteps(incident: IncidentRecords, samples: RecordedSamples, { tell, mode }: DraftOptions): Generator<number, ReportDraft, void> {
  const directory = new Directory(incident.known ?? incident.records.flatMap(({ fact }) => peopleIn(fact)));
  const setting: Setting = { incident, plant: incident.plant, directory, tell: careful(tell), fromMs: incident.incident.fromMs, toMs: incident.incident.toMs };
  const sections = sectionsOf(setting, samples);
  const last = yield* walk(setting, Object.values(sections));
  const [{ alarms, firstOuts }, { trends, marks }, people] = [sections.alarms.end(), sections.trends.end(), sections.people.end()];
  yield 0.95;
  const { pack } = incident.plant;
  const draft: Omit<ReportDraft, 'people'> = {
    mode: mode ?? incident.station?.mode ?? 'OPERATION',
    incident: incident.incident,
    plant: { id: pack.id, title: pack.title, site: pack.site?.applied === true ? pack.site.title : null, packHash: incident.packHash },
    product: { version: (incident.station?.version ?? '').slice(0, 40) },
    timeline: sections.timeline.end(), firstOuts, conditions: sections.conditions.end(), alarms, trends, marks,
    interlocks: [...sections.interlocks.end(last)], procedures: sections.procedures.end(), refusals: sections.refusals.end(), command: sections.command.end(),
    kpi: kpiRows(incident), ...sections.aftermath.end(last), signatures: sections.signatures.end(), recording: samples.recording,
  };
  directory.mention(wordsOf(draft));
  return { ...draft, people: { directory: directory.rows(), ...people } };
}

function sectionsOf(setting: Setting, samples: RecordedSamples) {
  return {
    timeline: new Timeline(setting), conditions: new Conditions(setting), alarms: new Alarms(setting), trends: new Trends(setting, samples), interlocks: new Interlocks(setting), procedures: new Procedures(setting),
    refusals: new Refusals(setting), people: new People(setting), command: new CommandSection(setting), aftermath: new Aftermath(setting), signatures: new Signatures(setting),
  };
}

/** Through all records; the state at the end. */
function* walk({ incident, directory, plant, toMs }: Setting, sections: readonly Pick<Section<unknown>, 'see'>[]): Generator<number, StationState, void> {
  let state = incident.before;
  const { records } = incident;
  for (const [i, { n, wallMs, fact }] of records.entries()) {
    if (i % SLICE_RECORDS === 0) yield (i / records.length) * 0.9;
    for (const each of peopleIn(fact)) directory.learn(each);
    const after = folded(state, fact, plant.machines);
    const step = { n, wallMs, fact, before: state, after, isIn: fact.atMs <= toMs };
    for (const section of sections) section.see(step);
    state = after;
  }
  return state;
}
