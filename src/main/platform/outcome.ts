/** How one attempt ended, told apart as far as whoever has to mend it needs, and in words. */
import type { Text } from '../../contract/text.ts';

export type Failure =
  | 'unreachable' | 'refused' | 'connect-timeout' | 'handshake-timeout' | 'server-expired' | 'server-name' | 'server-untrusted' | 'client-rejected' | 'tls' | 'reset'
  | 'answer-timeout' | 'truncated' | 'too-long' | 'nonsense' | 'other-receipt' | 'redirect' | 'denied' | 'busy' | 'server-error' | 'not-accepted';

export type Outcome =
  | { readonly outcome: 'receipt'; readonly receipt: string | null }
  /** It holds another content under this number. */
  | { readonly outcome: 'conflict' }
  /** It does not hold this one, which comes before. */
  | { readonly outcome: 'missing'; readonly seq: number }
  | { readonly outcome: 'failed'; readonly failure: Failure; readonly detail: string; /** It asked for that much patience. */ readonly retryAfterMs: number | null };

const WORDS: Readonly<Record<Failure, Text>> = {
  unreachable: { zh: '找不到平台（名称或网络）', en: 'The platform is not found (name or network)' },
  refused: { zh: '平台拒绝连接', en: 'The platform refuses the connection' },
  'connect-timeout': { zh: '连接平台超时', en: 'No connection to the platform in time' },
  'handshake-timeout': { zh: '与平台的 TLS 握手超时', en: 'The TLS handshake with the platform did not end in time' },
  'server-expired': { zh: '平台的证书已过期或尚未生效', en: "The platform's certificate has run out, or is not valid yet" },
  'server-name': { zh: '平台的证书是给别的名称的', en: "The platform's certificate is for another name" },
  'server-untrusted': { zh: '平台的证书不是由所配置的 CA 签发', en: "The platform's certificate was not issued by the configured CA" },
  'client-rejected': { zh: '平台不接受本站的证书', en: "The platform does not accept this station's certificate" },
  tls: { zh: '与平台的加密连接失败', en: 'The encrypted connection to the platform failed' },
  reset: { zh: '平台中断了连接', en: 'The platform broke the connection off' },
  'answer-timeout': { zh: '平台没有按时答复', en: 'The platform did not answer in time' },
  truncated: { zh: '平台的答复不完整', en: "The platform's answer broke off" },
  'too-long': { zh: '平台的答复过长', en: "The platform's answer is too long" },
  nonsense: { zh: '平台的答复不是签收', en: "The platform's answer is not a receipt" },
  'other-receipt': { zh: '平台签收的是另一条消息', en: 'The receipt is for another message' },
  redirect: { zh: '平台要求转到别处，不予跟随', en: 'The platform sends us elsewhere; that is not followed' },
  denied: { zh: '平台不准本站上传', en: 'The platform does not let this station hand on' },
  busy: { zh: '平台忙，稍后再试', en: 'The platform is busy and asks for patience' },
  'server-error': { zh: '平台内部出错', en: 'The platform has an error of its own' },
  'not-accepted': { zh: '平台不接受此消息', en: 'The platform does not accept the message' },
};

export const failureText = (failure: Failure, detail: string): Text => ({ zh: `${WORDS[failure].zh}（${detail}）`.slice(0, 1_000), en: `${WORDS[failure].en} (${detail})`.slice(0, 1_000) });

/** A person has to mend it: asking often only fills the platform's log. */
const NEEDS_PERSON: ReadonlySet<Failure> = new Set<Failure>(['server-expired', 'server-name', 'server-untrusted', 'client-rejected', 'redirect', 'denied', 'not-accepted']);
export const needsPerson = (failure: Failure): boolean => NEEDS_PERSON.has(failure);

const BY_CODE: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: 'refused', ENOTFOUND: 'unreachable', EAI_AGAIN: 'unreachable', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ETIMEDOUT: 'connect-timeout',
  CERT_HAS_EXPIRED: 'server-expired', CERT_NOT_YET_VALID: 'server-expired', ERR_TLS_CERT_ALTNAME_INVALID: 'server-name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'server-untrusted', UNABLE_TO_GET_ISSUER_CERT: 'server-untrusted', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'server-untrusted', SELF_SIGNED_CERT_IN_CHAIN: 'server-untrusted', DEPTH_ZERO_SELF_SIGNED_CERT: 'server-untrusted',
  CERT_SIGNATURE_FAILURE: 'server-untrusted', INVALID_CA: 'server-untrusted', INVALID_PURPOSE: 'server-untrusted', ECONNRESET: 'reset', EPIPE: 'reset',
};
/** What OpenSSL calls an alert by which the other side says that our certificate will not do. */
const CLIENT_ALERT = /ALERT_(?:CERTIFICATE_REQUIRED|UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|HANDSHAKE_FAILURE)/u;

export function failureOf(error: { readonly code?: unknown; readonly message: string }): Failure {
  const code = typeof error.code === 'string' ? error.code : '';
  if (CLIENT_ALERT.test(code)) return 'client-rejected';
  return BY_CODE[code] ?? (/^(?:ERR_SSL|ERR_TLS|EPROTO|CERT_)/u.test(code) ? 'tls' : 'reset');
}
