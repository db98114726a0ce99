/** The shipped standing authority matrix as a file of any plant, so that small plants of tests grant what the general rules grant. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PackFile } from '../../../src/main/packs/pack-files.ts';

const SHIPPED = readFileSync(path.resolve(import.meta.dirname, '../../../rules/general/authority.yaml'), 'utf8');

export const authorityText = (plant: string): string => SHIPPED.replace('plant: general', `plant: ${plant}`);

export function authorityFile(plant: string, name = 'authority.yaml'): PackFile {
  return { name, kind: 'rules', bytes: new TextEncoder().encode(authorityText(plant)) };
}
