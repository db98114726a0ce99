/** Incidents out of the journal, their time lines and their reports: what the console asks and what it shows. */
import { z } from 'zod';
import { TIMELINE_LANES, timelineEventSchema } from './report.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const INCIDENTS_PAGE_MAX = 100;
export const TIMELINE_PAGE_MAX = 1_000;
export const INCIDENT_MARKS = ['firstOut', 'possiblyFirst', 'retreat', 'broken'] as const;
export const REPORT_FORMATS = ['html', 'pdf', 'json', 'csv'] as const;
export type ReportFileFormat = (typeof REPORT_FORMATS)[number];
/** Bytes of a report file in one answer, before base64. */
export const REPORT_CHUNK_MAX_BYTES = 256 * 1_024;
/** How far a what-if may move the stop, minutes, and how many runs it may have. */
export const WHAT_IF_MINUTES_MAX = 30;
export const WHAT_IF_RUNS_MAX = 6;

/** One incident as the list shows it. */
export const incidentRowSchema = z.strictObject({
  id: idSchema, openedMs: timeSchema, closedMs: nullable(timeSchema), firstCondition: nullable(z.strictObject({ id: idSchema, title: textSchema })),
  /** Its first and last record (with the half hours around it); last null = it is still open. */
  fromRecord: z.number().int(), toRecord: nullable(z.number().int()),
  procedures: z.array(z.strictObject({ id: idSchema, title: textSchema })).max(200),
  worst: nullable(z.number().int().min(1).max(4)), retreats: z.number().int(), refusals: z.number().int(), broken: z.number().int(),
});
export type IncidentRow = z.infer<typeof incidentRowSchema>;

export const incidentListInput = z.strictObject({ /** Incidents opened before this. */ beforeMs: timeSchema.optional(), limit: z.number().int().min(1).max(INCIDENTS_PAGE_MAX) });
export const incidentListOutput = z.strictObject({ incidents: z.array(incidentRowSchema).max(INCIDENTS_PAGE_MAX), next: nullable(timeSchema) });

/** Oldest first from `cursor` (a record number); a page may be short or empty and still have a `next`. `head`: newest record of the incident. */
export const incidentEventsInput = z.strictObject({ incident: idSchema, cursor: z.number().int().min(1).optional(), limit: z.number().int().min(1).max(TIMELINE_PAGE_MAX), lanes: z.array(z.enum(TIMELINE_LANES)).max(TIMELINE_LANES.length).optional() });
/** An event of the time line with what its picture needs beyond the words. */
export const incidentEventSchema = timelineEventSchema.extend({
  /** Set off in the picture: who was first, a retreat, a prohibition that was broken. */
  mark: z.enum(INCIDENT_MARKS).optional(),
  /** Of an alarm that is raised. */
  priority: z.number().int().min(1).max(4).optional(),
});
export type IncidentEvent = z.infer<typeof incidentEventSchema>;
export const incidentEventsOutput = z.strictObject({ events: z.array(incidentEventSchema).max(TIMELINE_PAGE_MAX), next: nullable(z.number().int()), head: z.number().int() });

export const reportMakeInput = z.strictObject({
  incident: idSchema, formats: z.array(z.enum(REPORT_FORMATS)).min(1).max(REPORT_FORMATS.length), redacted: z.boolean(), language: z.enum(['zh', 'en']),
  /** TRAINING: the stop so many minutes earlier (-) or later (+). */
  whatIf: z.array(z.number().min(-WHAT_IF_MINUTES_MAX).max(WHAT_IF_MINUTES_MAX)).max(WHAT_IF_RUNS_MAX),
});
export const reportFileSchema = z.strictObject({ name: z.string().max(200), format: z.enum(REPORT_FORMATS), bytes: z.number().int(), sha256: z.string().max(64) });
export const reportReadInput = z.strictObject({ report: idSchema, name: z.string().min(1).max(200), offset: z.number().int().min(0) });
export const reportReadOutput = z.strictObject({ base64: z.string().max(Math.ceil(REPORT_CHUNK_MAX_BYTES / 3) * 4), bytes: z.number().int(), end: z.boolean() });

export const reportsSectionSchema = z.strictObject({
  running: nullable(z.strictObject({ report: idSchema, incident: idSchema, phase: textSchema, /** 0 to 1 */ done: z.number().min(0).max(1) })),
  /** The last one that did not come to an end, and why; null after one that did. */
  failed: nullable(z.strictObject({ incident: idSchema, reason: textSchema })),
  /** Newest first. `stale`: the incident has gone on since. */
  made: z.array(z.strictObject({ report: idSchema, incident: idSchema, redacted: z.boolean(), language: z.enum(['zh', 'en']), atMs: timeSchema, toRecord: z.number().int(), files: z.array(reportFileSchema).max(8) })).max(100),
});
export type ReportsSection = z.infer<typeof reportsSectionSchema>;
