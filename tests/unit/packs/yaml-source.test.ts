/** REQ-PACK-02: limits of a file, and what a file that is no YAML at all does. */
import { describe, expect, it } from 'vitest';
import { PACK_FILE_MAX_BYTES, readYamlSource } from '../../../src/main/packs/yaml-source.ts';

const read = (text: string): ReturnType<typeof readYamlSource> => readYamlSource('x.yaml', new TextEncoder().encode(text));

describe('REQ-PACK-02 strict reading', () => {
  it.each([
    ['a file over 2 MiB', new Uint8Array(PACK_FILE_MAX_BYTES + 1).fill(32), 'bytes; expected at most'],
    ['a file that is not UTF-8', new Uint8Array([0x7a, 0x68, 0x3a, 0xff, 0xfe]), 'not UTF-8'],
    ['a file nested 100,000 deep', new TextEncoder().encode('['.repeat(100_000)), 'expected'],
  ])('refuses %s', (_what, bytes, says) => {
    const { source, findings } = readYamlSource('x.yaml', bytes);
    expect(source).toBeNull();
    expect(findings[0]).toMatchObject({ file: 'x.yaml', severity: 'error', message: expect.stringContaining(says) as string });
    expect(findings[0]?.line).toBeGreaterThan(0);
  });

  it('an empty file has a source without content, which the schema then refuses', () => {
    expect(read('').source?.value).toBeNull();
  });

  it('keeps __proto__ an ordinary key and never touches the prototype', () => {
    const { source } = read('__proto__: {polluted: true}\n');
    expect(Object.hasOwn(source?.value as object, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('hashes the bytes, not the meaning', () => {
    expect(read('a: 1\n').source?.sha256).not.toBe(read('a:  1\n').source?.sha256);
  });

  it('reads the same bytes of the same file once, and never takes a changed file for the old one', () => {
    const bytes = new TextEncoder().encode('a: 1\n');
    const { source } = readYamlSource('once.yaml', bytes);
    expect(readYamlSource('once.yaml', Uint8Array.from(bytes)).source).toBe(source);
    expect(readYamlSource('other.yaml', bytes).source).toMatchObject({ file: 'other.yaml', value: { a: 1 } });
    bytes.set(new TextEncoder().encode('2'), 3);
    expect(readYamlSource('once.yaml', bytes).source?.value).toEqual({ a: 2 });
  });

  it('remembers no more than it may: what was read longest ago is read again', () => {
    const first = read('a: 1\n').source;
    for (let n = 0; n < 5; n += 1) readYamlSource(`big-${String(n)}.yaml`, new Uint8Array(PACK_FILE_MAX_BYTES).fill(0xff));
    expect(read('a: 1\n').source).not.toBe(first);
    expect(read('a: 1\n').source).toEqual(expect.objectContaining({ value: first?.value }));
  });
});
