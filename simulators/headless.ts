/**
 * A plant without a server: `node simulators/headless.ts`, one JSON request a line on standard input, one JSON answer a line on standard output
 * (headless/protocol.ts). Ends when its input does. A mistake is an answer `{"ok":false,"message":...}` and changes nothing.
 */
import { createInterface } from 'node:readline';
import { HEADLESS_LIMITS, requestSchema } from './headless/protocol.ts';
import type { Reply } from './headless/protocol.ts';
import { HeadlessSession } from './headless/session.ts';

const session = new HeadlessSession();

function replyTo(line: string): Reply {
  if (line.length > HEADLESS_LIMITS.line) return { ok: false, message: `The request is longer than ${HEADLESS_LIMITS.line} characters.` };
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { ok: false, message: 'The request is not JSON.' };
  }
  const read = requestSchema.safeParse(raw);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { ok: false, message: `The request is wrong at ${issue?.path.map(String).join('.') || 'the top'}: ${issue?.message ?? ''}` };
  }
  return session.handle(read.data);
}

// Whoever asked is gone: nothing to say any more.
process.stdout.on('error', () => process.exit(0));
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line === '') continue;
  process.stdout.write(`${JSON.stringify(replyTo(line))}\n`);
}
