/** `haven platform check|status`: the configuration of the supervising platform (D.2), and what waits for it. Neither sends anything. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { behindOf, evolveHandedOn, NOTHING_HANDED_ON } from '../../domain/platform/handed-on.ts';
import type { HandedOn } from '../../domain/platform/handed-on.ts';
import { readRecords } from '../journal/read.ts';
import { PlatformClient } from '../platform/client.ts';
import { readPlatformConfig } from '../platform/config.ts';
import { failureText } from '../platform/outcome.ts';
import { toFact } from '../station/core.ts';
import type { CommandIo } from './io.ts';
import { EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';

const HELP = `haven platform check|status [--data DIR] [--training] [--json]

check   parses DIR/platform.json, looks at the certificates and makes one TLS handshake with the platform. Sends nothing.
status  says from the journal what the platform has confirmed and what waits.
--training takes the journal of the exercises instead of the plant's; they are handed on only to a platform that is named as a test.

Exit: 0 works (or is off), 1 does not, 2 wrong call.
`;

interface Found { readonly ok: boolean; readonly lines: readonly string[]; readonly json: Readonly<Record<string, unknown>> }

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const wrong = (what: string): number => {
    io.stderr(`haven platform: ${what}; expected ${HELP.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  };
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: { help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false }, data: { type: 'string', default: '.haven' }, training: { type: 'boolean', default: false } } });
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong arguments');
  }
  const { values, positionals } = parsed;
  if (values.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  const [verb, ...more] = positionals;
  if ((verb !== 'check' && verb !== 'status') || more.length > 0) return wrong(`'${positionals.join(' ')}' is not a call`);
  const dataDir = path.resolve(io.cwd, values.data);
  const mode = values.training ? 'TRAINING' as const : 'OPERATION' as const;
  const found = verb === 'check' ? await check(dataDir, mode) : status(dataDir, mode);
  io.stdout(values.json ? `${JSON.stringify({ ok: found.ok, mode, ...found.json })}\n` : `${[mode, ...found.lines].join('\n')}\n`);
  return found.ok ? EXIT_DONE : EXIT_FINDINGS;
}

type Mode = 'OPERATION' | 'TRAINING';

async function check(dataDir: string, mode: Mode): Promise<Found> {
  const config = readPlatformConfig(dataDir, mode, Date.now());
  if (config.state === 'off') return { ok: true, lines: [`off: ${config.reason?.en ?? 'there is no platform.json'}`], json: { state: 'off', reason: config.reason } };
  if (config.state === 'wrong') return { ok: false, lines: [`wrong: ${config.reason.en}`], json: { state: 'wrong', reason: config.reason } };
  const { settings } = config;
  const client = new PlatformClient(settings);
  const shaken = await client.handshake();
  client.close();
  const head = [`${settings.url.href} as ${settings.station}, ${settings.names ? 'with names' : 'roles only'}`, `client certificate valid until ${new Date(settings.validUntilMs).toISOString()}`, ...settings.warnings.map(({ en }) => `warning: ${en}`)];
  const json = { state: 'on', url: settings.url.href, station: settings.station, validUntilMs: settings.validUntilMs, warnings: settings.warnings };
  if (!shaken.ok) return { ok: false, lines: [...head, failureText(shaken.failure, shaken.detail).en], json: { ...json, failure: shaken.failure, detail: shaken.detail } };
  return { ok: true, lines: [...head, `handshake: ${shaken.protocol}, certificate of ${shaken.subject}, valid until ${shaken.validTo}; nothing was sent`], json: { ...json, handshake: shaken } };
}

function status(dataDir: string, mode: Mode): Found {
  const file = path.join(dataDir, mode.toLowerCase(), 'journal.sqlite');
  let handedOn: HandedOn = NOTHING_HANDED_ON;
  try {
    for (const record of readRecords(file)) {
      const fact = toFact(record);
      if (fact !== null) handedOn = evolveHandedOn(handedOn, fact);
    }
  } catch (error) {
    return { ok: false, lines: [`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`], json: { state: 'unreadable' } };
  }
  const { outbox, cursor, conflict, behindSinceMs, lastReceiptMs } = handedOn;
  const station = outbox.settings?.station ?? null;
  const behind = behindOf(handedOn);
  const json = { state: station === null ? 'off' : conflict !== null ? 'stopped' : behind > 0 ? 'behind' : 'working', station, made: outbox.made, behind, behindSinceMs, lastReceiptMs, toRecord: cursor.toRecord, conflict };
  const at = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString());
  const lines = [
    station === null ? 'off in this journal' : `handed on as ${station}`,
    `${String(outbox.made)} message(s), ${String(behind)} without a receipt${behindSinceMs === null ? '' : ` since ${at(behindSinceMs)}`}; last receipt ${at(lastReceiptMs)}, up to record ${String(cursor.toRecord)}`,
    ...(conflict === null ? [] : [`STOPPED: the platform holds another content under message ${String(conflict.seq)}`]),
  ];
  return { ok: conflict === null, lines, json };
}
