/** REQ-PACK-18: tags from a CSV, told by line and column, and back again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TagDef } from '../../../src/domain/packs/schema.ts';
import { SERVICES } from '../../../src/domain/packs/schema.ts';
import { readTagList, writeTagList } from '../../../src/main/packs/tag-list.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { rulesFileSchema } from '../../../src/domain/packs/schema.ts';
import { loadRich, RICH } from './rich-plant.ts';
import { swap } from './small-plant.ts';

const tagsOf = (loaded: ReturnType<typeof loadRich>): readonly TagDef[] => loaded.plants[0]?.tags.filter((tag) => tag.id.endsWith('-9')) ?? [];
const HEADER = 'id,area,kind,unit,low,high,states,scan,service,nodeId,zh,en';
const COOLING = { id: 'FI-9', area: 'unit', kind: 'analog', unit: 'm3/h', low: 0, high: 600, scan: 10_000, service: 'cooling-water', zh: '冷却水', en: 'Cooling water, total' };
const VALVE = { id: 'XV-9', area: 'unit', kind: 'discrete', states: ['closed', 'open'], nodeId: 'ns=2;s="XV-9"', zh: '阀', en: 'Valve' };

describe('REQ-PACK-18 4.1.1 tags from a list', () => {
  it('are tags of the plant whose folder the list lies in', () => {
    expect(tagsOf(loadRich('tags', (text) => text))).toEqual([COOLING, VALVE]);
  });

  it('in GB18030 as in UTF-8, with LF as with CRLF, with and without BOM', () => {
    // 冷却水 and 阀 in GB18030.
    const gb = (text: string): Uint8Array => Buffer.concat(text.replace('\uFEFF', '').split(/(冷却水|阀)/u).map((part) => (part === '冷却水' ? Buffer.from('c0e4c8b4cbae', 'hex') : part === '阀' ? Buffer.from('b7a7', 'hex') : Buffer.from(part, 'latin1'))));
    expect(tagsOf(loadRich('tags', gb))).toEqual([COOLING, VALVE]);
    expect(tagsOf(loadRich('tags', (text) => text.replace('\uFEFF', '').replaceAll('\r\n', '\n')))).toEqual([COOLING, VALVE]);
  });

  it.each([
    ['an unknown column', swap('nodeId', 'node'), 1, 48, "unknown column 'node'; expected id, area"],
    ['a column twice', swap('nodeId', 'unit'), 1, 48, "column 'unit' stands twice"],
    ['a column lacking', swap(',area,', ',unit2,'), 1, 1, 'the header lacks area'],
    ['too few cells', swap('FI-9,unit,,m3/h,0,600,,10 s,cooling-water,,冷却水,"Cooling water, total"', 'FI-9,unit,,m3/h,0'), 2, 17, 'the line has 5 cells; expected 12'],
    ['a word for a number', swap('0,600', '0,many'), 2, 19, "'high' is 'many'; expected a number"],
    ['a blank text', swap('冷却水', ' '), 2, 44, 'the Chinese text is blank'],
    ['an unknown kind', swap('unit,discrete', 'unit,valve'), 3, 11, "'kind' is 'valve'; expected"],
    ['an unknown service', swap('cooling-water', 'cold-water'), 2, 29, "expected 'reaction-temperature' or"],
    ['an unknown area', swap('FI-9,unit', 'FI-9,units'), 2, 6, "unknown area 'units'"],
    ['an id that another file has', swap('XV-9,', 'TI-1,'), 3, 1, "duplicate tag 'TI-1', first at rules/rich/rules.yaml:14"],
    ['a range upside down', swap('0,600', '700,600'), 2, 21, 'range of tag FI-9 is 700 to 600'],
    ['an unclosed quote', swap('阀,Valve', '阀,"Valve'), 3, 57, 'the quote is never closed'],
    ['text after a quote', swap('total"', 'total" x'), 2, 70, 'text stands after the closing quote'],
    ['a quote in the open', swap('XV-9,unit', 'XV"9,unit'), 3, 1, 'a quote stands inside a cell without quotes'],
    ['one state only', swap('closed|open', 'closed'), 3, 23, "'states' is too short"],
    ['nothing at all', () => '', 1, 1, 'the file is empty'],
    ['bytes that are no text', () => new Uint8Array([0x00, 0xff, 0xfe, 0x80]), 1, 1, 'neither UTF-8 nor GB18030'],
  ] as const)('%s is told with line and column', (_what, change, line, column, says) => {
    const { findings } = loadRich('tags', change as (text: string) => string);
    expect(findings.filter((finding) => finding.message.includes(says)), findings.map((finding) => `${finding.file}:${finding.line}:${finding.column}: ${finding.message}`).join('\n')).toContainEqual(expect.objectContaining({ line, column, severity: 'error' }));
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'Z', '7', ',', '"', '\n', ' ', '温', '度', '℃', '-'), minLength: 1, maxLength: 12 }).map((text) => `x${text.trim()}`);
  const base = { area: fc.constant('unit'), zh: word, en: word, scan: fc.option(fc.integer({ min: 1, max: 86_400_000 }), { nil: undefined }), service: fc.option(fc.constantFrom(...SERVICES), { nil: undefined }), nodeId: fc.option(word, { nil: undefined }) };
  const tag = fc.oneof(
    fc.record({ ...base, kind: fc.constantFrom('analog', 'count'), unit: word, low: fc.double({ noNaN: true, noDefaultInfinity: true }).map((figure) => (figure === 0 ? 0 : figure)), high: fc.double({ noNaN: true, noDefaultInfinity: true }).map((figure) => (figure === 0 ? 0 : figure)) }),
    fc.record({ ...base, kind: fc.constant('discrete'), states: fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }) }),
    fc.record({ ...base, kind: fc.constant('boolean') }),
  );

  it('what is written is read back as it was, whatever stands in it', () => {
    fc.assert(fc.property(fc.array(tag, { minLength: 1, maxLength: 20 }), (made) => {
      const tags = made.map((one, index) => Object.fromEntries(Object.entries({ id: `T-${index}`, ...one }).filter(([, value]) => value !== undefined))) as unknown as TagDef[];
      const { source, findings } = readTagList('rules/rich/tags.csv', new TextEncoder().encode(writeTagList(tags)));
      expect(findings).toEqual([]);
      expect(rulesFileSchema.parse(source?.value).tags).toEqual(tags);
    }), { numRuns: 100, seed: 18 });
  });

  it('every shipped plant goes out and comes back', () => {
    for (const plant of loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures' }).plants) {
      const { source } = readTagList(`rules/${plant.id}/tags.csv`, new TextEncoder().encode(writeTagList(plant.tags)));
      expect(rulesFileSchema.parse(source?.value).tags).toEqual(plant.tags.map(({ card: _card, ...one }) => one));
      expect(source?.value).toMatchObject({ plant: plant.id });
    }
  });

  it('its name and place in the list are what decides: the fixture is what the table above mutates', () => {
    expect(RICH.tags.text.split('\r\n')[0]).toBe(`\uFEFF${HEADER}`);
  });
});
