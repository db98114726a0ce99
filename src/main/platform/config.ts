/**
 * `platform.json` in the data folder: whether, where and as whom incidents are handed on (D.2). No file, nothing is handed on. A file that
 * cannot be used stops nothing but the handing on: the station starts and says why.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { platformStationSchema } from '../../contract/platform.ts';
import type { Text } from '../../contract/text.ts';
import { outsideReason } from '../outside-reason.ts';

export const PLATFORM_FILE = 'platform.json';
const FILE_MAX_BYTES = 64 * 1_024;
const PEM_MAX_BYTES = 256 * 1_024;

const file = z.string().min(1).max(1_000);
const timeMs = (low: number, high: number, usual: number) => z.number().int().min(low).max(high).default(usual);

export const platformFileSchema = z.strictObject({
  url: z.string().max(300),
  station: platformStationSchema,
  /** PEM files, beside this one or by their whole path. `key` is best readable by the station's user alone. */
  certificate: file, key: file, ca: file,
  /** Users' names go along with what they did. Off: roles only. */
  names: z.boolean().default(false),
  /** This platform is a test: it gets the exercises of a station in TRAINING. Without it TRAINING is never handed on. */
  training: z.literal('test').optional(),
  /** Messages between two entries in the journal, and messages held in memory at a time. */
  batch: z.strictObject({ messages: z.number().int().min(1).max(200).default(50), bytes: z.number().int().min(10_000).max(4_000_000).default(1_000_000) }).prefault({}),
  timeouts: z.strictObject({ connectMs: timeMs(100, 60_000, 10_000), answerMs: timeMs(100, 120_000, 20_000) }).prefault({}),
  retry: z.strictObject({ firstMs: timeMs(10, 60_000, 1_000), mostMs: timeMs(10, 3_600_000, 300_000) }).prefault({}),
});

export interface PlatformSettings {
  readonly url: URL;
  readonly station: string;
  readonly names: boolean;
  readonly certificate: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer;
  readonly batch: { readonly messages: number; readonly bytes: number };
  readonly timeouts: { readonly connectMs: number; readonly answerMs: number };
  readonly retry: { readonly firstMs: number; readonly mostMs: number };
  /** Said to whoever checks; none of it keeps anything from working today. */
  readonly warnings: readonly Text[];
  readonly validUntilMs: number;
}

export type PlatformConfig = { readonly state: 'off'; readonly reason: Text | null } | { readonly state: 'wrong'; readonly reason: Text } | { readonly state: 'on'; readonly settings: PlatformSettings };

const WARN_BEFORE_MS = 30 * 86_400_000;

export function readPlatformConfig(dataDir: string, mode: 'OPERATION' | 'TRAINING', nowMs: number): PlatformConfig {
  const path = join(dataDir, PLATFORM_FILE);
  let text: string;
  try {
    text = readBounded(path, FILE_MAX_BYTES).toString('utf8');
  } catch (error) {
    return isMissing(error) ? { state: 'off', reason: null } : wrong(`${path} cannot be read: ${outsideReason(error).en}`, `无法读取 ${path}：${outsideReason(error).zh}`);
  }
  const parsed = parse(text);
  if (!parsed.ok) return wrong(`${path}: ${parsed.message}`, `${path}：${parsed.message}`);
  const { url: address, certificate, key, ca, training, ...rest } = parsed.value;
  if (mode === 'TRAINING' && training !== 'test') return { state: 'off', reason: { zh: '演练不上传：配置没有写明这是测试平台', en: 'An exercise is not handed on: the configuration does not name this platform as a test' } };
  const url = httpsOf(address);
  if (typeof url === 'string') return wrong(`${path}: ${url}`, `${path}：${url}`);
  if (rest.retry.firstMs > rest.retry.mostMs) return wrong(`${path}: retry.firstMs is longer than retry.mostMs`, `${path}：retry.firstMs 大于 retry.mostMs`);
  const files: Record<'certificate' | 'key' | 'ca', Buffer> = { certificate: Buffer.alloc(0), key: Buffer.alloc(0), ca: Buffer.alloc(0) };
  for (const [name, where] of [['certificate', certificate], ['key', key], ['ca', ca]] as const) {
    const at = isAbsolute(where) ? where : resolve(dataDir, where);
    try {
      files[name] = readBounded(at, PEM_MAX_BYTES);
    } catch (error) {
      return wrong(`the ${name} file ${at} cannot be read: ${outsideReason(error).en}`, `无法读取文件 ${at}（${name}）：${outsideReason(error).zh}`);
    }
  }
  const looked = lookAtCertificates(files, nowMs);
  return 'reason' in looked ? { state: 'wrong', reason: looked.reason } : { state: 'on', settings: { ...rest, ...files, url, ...looked } };
}

function parse(text: string): { ok: true; value: z.infer<typeof platformFileSchema> } | { ok: false; message: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `not JSON (${wordsOf(error)})` };
  }
  const parsed = platformFileSchema.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, message: parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; ') };
}

/** Only https, and nothing in the address that would end up in logs or change where it leads. */
function httpsOf(address: string): URL | string {
  if (!URL.canParse(address)) return `url: '${address.slice(0, 100)}' is not an address`;
  const url = new URL(address);
  if (url.protocol !== 'https:') return `url: ${url.protocol.replace(':', '')} is not encrypted; only https is used`;
  if (url.username !== '' || url.password !== '') return 'url: no user and password in it; the station shows its certificate';
  if (url.search !== '' || url.hash !== '') return 'url: nothing after ? or # in it';
  return url;
}

function lookAtCertificates({ certificate, key, ca }: Record<'certificate' | 'key' | 'ca', Buffer>, nowMs: number): { reason: Text } | { warnings: Text[]; validUntilMs: number } {
  let own: X509Certificate;
  try {
    own = new X509Certificate(certificate);
  } catch (error) {
    return { reason: { zh: `客户端证书不是 PEM 证书：${wordsOf(error)}`, en: `The client certificate is not a PEM certificate: ${wordsOf(error)}` } };
  }
  try {
    if (!own.checkPrivateKey(createPrivateKey(key))) return { reason: { zh: '私钥与客户端证书不配', en: 'The key does not belong to the client certificate' } };
  } catch (error) {
    return { reason: { zh: `私钥不能使用：${wordsOf(error)}`, en: `The key cannot be used: ${wordsOf(error)}` } };
  }
  try {
    new X509Certificate(ca);
  } catch (error) {
    return { reason: { zh: `CA 文件不是 PEM 证书：${wordsOf(error)}`, en: `The CA file is not a PEM certificate: ${wordsOf(error)}` } };
  }
  const [from, until] = [own.validFromDate.getTime(), own.validToDate.getTime()];
  if (nowMs < from) return { reason: { zh: `客户端证书 ${own.validFrom} 起才有效`, en: `The client certificate is valid only from ${own.validFrom}` } };
  if (nowMs > until) return { reason: { zh: `客户端证书已于 ${own.validTo} 过期`, en: `The client certificate ran out on ${own.validTo}` } };
  return { validUntilMs: until, warnings: until - nowMs < WARN_BEFORE_MS ? [{ zh: `客户端证书 ${own.validTo} 到期`, en: `The client certificate runs out on ${own.validTo}` }] : [] };
}

function readBounded(path: string, maxBytes: number): Buffer {
  const { size } = statSync(path);
  if (size > maxBytes) throw new Error(`larger than ${String(maxBytes)} bytes`);
  return readFileSync(path);
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
const wrong = (en: string, zh: string): PlatformConfig => ({ state: 'wrong', reason: { zh: zh.slice(0, 1_500), en: en.slice(0, 1_500) } });
