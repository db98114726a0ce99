// Chinese first, English complete: equal keys, no empty text, no key asked for that is missing, none kept that nobody asks for.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { FACTOR_KINDS, FOLLOW_UP_KINDS, LACKS, MARKS, MARK_STATES, REVIEW_OUTCOMES } from '../../../src/contract/aftermath.ts';
import { SKIP_REASONS } from '../../../src/contract/commands.ts';
import { REPORT_FORMATS } from '../../../src/contract/incidents.ts';
import { TIMELINE_LANES } from '../../../src/contract/report.ts';
import { CHART_SHAPES } from '../../../src/renderer/ui/charts/TimelineChart.tsx';
import { HANDOVER_KINDS } from '../../../src/contract/handover.ts';
import { problemSchema } from '../../../src/contract/envelope.ts';
import { roleSchema } from '../../../src/contract/refusal.ts';
import { ALARM_CHANGES, PLACES, STEP_KINDS, alarmClassSchema, alarmListSchema, alarmStateSchema, conditionViewSchema, interlockStateSchema, procedureViewSchema, proofViewSchema, qualitySchema, stepViewSchema, viewSchemas } from '../../../src/contract/view.ts';
import en from '../../../src/renderer/locales/en.json' with { type: 'json' };
import { STATE_FILTERS } from '../../../src/renderer/features/alarms/filter.ts';
import { LIST_KEYS } from '../../../src/renderer/features/alarms/keys.ts';
import { ALARM_SORTS } from '../../../src/renderer/features/alarms/order.ts';
import zh from '../../../src/renderer/locales/zh.json' with { type: 'json' };

const RENDERER = fileURLToPath(new URL('../../../src/renderer/', import.meta.url));

function flat(tree: object, prefix = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]: [string, unknown]) => (typeof value === 'object' && value !== null ? [...flat(value, `${prefix}${key}.`)] : [[`${prefix}${key}`, String(value)] as [string, string]])));
}

const chinese = flat(zh), english = flat(en);
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name ?? '').sort();
const source = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/u.test(file)).map((file) => readFileSync(join(RENDERER, file), 'utf8')).join('\n');

describe('locales', () => {
  test('both languages have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test('no key stands twice: the later one would silently win', () => {
    for (const language of ['zh', 'en']) expect(parseDocument(readFileSync(join(RENDERER, `locales/${language}.json`), 'utf8'), { uniqueKeys: true }).errors.map(({ message }) => message), language).toEqual([]);
    expect(parseDocument('{"a": {"b": 1, "b": 2}}', { uniqueKeys: true }).errors).toHaveLength(1);
  });

  test('no text is empty and placeholders agree', () => {
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe('');
      expect(english.get(key)?.trim(), key).not.toBe('');
      // A word may be needed in one language only where the other says it with the same placeholders.
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  test('every key written in the source exists', () => {
    const asked = [...source.matchAll(/\bt\((?:[\w.! =?]+ \? )?'([a-z]\w*(?:\.[\w-]+)+)'(?: : '([a-z]\w*(?:\.[\w-]+)+)')?/gu)].flatMap(([, first, second]) => [first, second]).filter((key) => key !== undefined);
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter((key) => !chinese.has(key))).toEqual([]);
  });

  test('every word of the contract that reaches the screen has its text', () => {
    const shape = viewSchemas;
    const needed = [
      ...roleSchema.options.map((each) => `role.${each}`), ...PLACES.flatMap((each) => [`place.${each}`, `place.advice.${each}`]), 'place.stopping', 'place.advice.stopping',
      ...qualitySchema.options.map((each) => `quality.${each}`), ...alarmStateSchema.options.map((each) => `alarm.state.${each}`), ...interlockStateSchema.options.map((each) => `interlock.state.${each}`),
      ...conditionViewSchema.shape.state.options.map((each) => `condition.state.${each}`), ...problemSchema.shape.code.options.map((each) => `problem.${each}`), 'problem.timeout', 'problem.unreadable', 'problem.too-large',
      ...SKIP_REASONS.map((each) => `skip.${each}`), ...shape.link.shape.phase.options.map((each) => `link.phase.${each}`), ...shape.station.shape.mode.options.map((each) => `mode.${each}`),
      ...['kept', 'violated', 'unknown', 'unwatched'].map((each) => `prohibition.${each}`), ...['requested', 'assessed', 'approved', 'rejected', 'expired', 'closed'].map((each) => `bypass.phase.${each}`),
      ...['sound', 'altered', 'truncated', 'rewritten', 'unreadable'].map((each) => `journal.verdict.${each}`), ...['normal', 'unclear', 'reconnaissance', 'handling'].map((each) => `stage.${each}`),
      ...['tooShort', 'sent', 'done', 'unanswered'].map((each) => `retreat.phase.${each}`), ...ALARM_CHANGES.map((each) => `alarm.change.${each}`),
      ...alarmListSchema.options.map((each) => `alarm.list.${each}`), ...alarmListSchema.options.filter((each) => each !== 'active').map((each) => `alarm.noneIn.${each}`), ...alarmClassSchema.options.map((each) => `alarm.class.${each}`),
      ...ALARM_SORTS.map((each) => `alarm.sort.${each}`), ...STATE_FILTERS.map((each) => `alarm.stateFilter.${each}`), ...Object.keys(LIST_KEYS).map((each) => `alarm.key.${each}`), ...['procedure', 'unit', 'station'].map((each) => `alarm.group.${each}`),
      ...['ready', 'sounding', 'blocked', 'absent'].flatMap((each) => [`sound.${each}`, `sound.${each}Long`]), ...['10min', 'hour', 'day', 'month'].map((each) => `kpi.period.${each}`), ...['within', 'near', 'over', 'unknown', 'none'].map((each) => `kpi.verdict.${each}`),
      ...STEP_KINDS.map((each) => `kind.${each}`), ...stepViewSchema.shape.state.options.map((each) => `step.state.${each}`), ...['true', 'false', 'unknown', 'none'].map((each) => `decide.seen.${each}`), ...['true', 'false', 'unknown'].flatMap((each) => [`caution.${each}`, `proof.${each}`]),
      ...procedureViewSchema.shape.continuous.element.shape.state.options.map((each) => `continuous.${each}`), ...procedureViewSchema.shape.deadlines.element.shape.state.options.map((each) => `deadline.${each}`),
      ...proofViewSchema.shape.shows.unwrap().options.map((each) => `proof.shows.${each}`), ...['contested', 'asserted', 'withdrawn'].map((each) => `assess.long.${each}`), 'assess.contested', 'assess.asserted', ...['given', 'allowed', 'refused'].map((each) => `permit.${each}`),
      ...['advised', 'unknown', 'notCalled'].map((each) => `browser.standing.${each}`), 'decide.by.tags', 'decide.by.deadline', ...['post', 'on', 'locked', 'unknown'].map((each) => `logOn.state.${each}`), ...HANDOVER_KINDS.map((each) => `handover.kind.${each}`),
      ...FACTOR_KINDS.map((each) => `analysis.kind.${each}`), ...LACKS.map((each) => `analysis.lack.${each}`), ...REVIEW_OUTCOMES.map((each) => `analysis.review.${each}`), ...FOLLOW_UP_KINDS.map((each) => `followUp.kind.${each}`), ...['open', 'overdue', 'done', 'withdrawn'].map((each) => `followUp.state.${each}`), ...MARKS.map((each) => `readiness.mark.${each}`), ...MARK_STATES.map((each) => `readiness.state.${each}`),
      ...TIMELINE_LANES.map((each) => `incident.lane.${each}`), ...CHART_SHAPES.map((each) => `incident.mark.${each}`), ...['timeline', 'report', 'after', 'proof'].map((each) => `incident.tab.${each}`), ...['retreats', 'refusals', 'broken'].map((each) => `incident.figure.${each}`), ...REPORT_FORMATS.map((each) => `incidentReport.format.${each}`),
      ...['n', 'at', 'lane', 'by', 'text'].map((each) => `incident.column.${each}`), ...['earlier', 'later', 'closer', 'farther', 'incident', 'all'].map((each) => `incident.zoom.${each}`), ...['zh', 'en'].map((each) => `incidentReport.language.${each}`),
    ];
    expect(needed.filter((key) => !chinese.has(key))).toEqual([]);
  });
});
