/**
 * A secured session, or the reason why not. Signed and encrypted always; there is no option that says otherwise.
 *
 * The library's own reconnection is switched off on purpose: it calls itself restored over dead items, swallows failed
 * subscriptions and keeps old namespace indexes. A connection here lives once; when it is gone, a new one is made.
 */
import {
  LogLevel,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  setLogLevel,
  UserTokenType,
} from 'node-opcua-client';
import type { ClientSession, EndpointDescription, OPCUAClientOptions, UserIdentityInfo } from 'node-opcua-client';
import { objectionToCertificate, objectionToNamespaces } from './other-side.ts';
import type { OtherSide } from './other-side.ts';
import type { CertificateStore } from './trust.ts';
import type { CertificateFacts, DcsCredentials, LinkReason } from './types.ts';

/** Part 7 policies that are not deprecated, best first. Basic128Rsa15 and Basic256 are broken and never offered. */
const POLICIES: readonly SecurityPolicy[] = [SecurityPolicy.Aes256_Sha256_RsaPss, SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep];

const MAX_TRANSPORT_TIMEOUT_MS = 8000;
const SESSION_TIMEOUT_MS = 30_000;
const SESSION_PING_MS = 2000;
/** An attempt that takes longer than this many single timeouts hangs somewhere that no timeout reaches. */
const ATTEMPT_TIMEOUTS = 4;
/** How long a good-bye may take before it goes on behind our back. */
const GOODBYE_MS = 1000;

/** What it takes to reach a server. */
export interface ConnectionRequest {
  readonly endpointUrl: string;
  readonly applicationName: string;
  readonly transportTimeoutMs: number;
  readonly credentials?: DcsCredentials;
  readonly expects?: OtherSide;
}

/** `unreachable`: may come by itself; `untrusted`: its certificate waits for a person; `refused`: needs a person. */
export interface ConnectionFailure {
  readonly kind: 'unreachable' | 'untrusted' | 'refused';
  readonly reason: LinkReason;
  readonly untrusted?: CertificateFacts;
}

/** A session and whom it is with. */
export interface SecureConnection {
  readonly session: ClientSession;
  readonly client: OPCUAClient;
  readonly server: CertificateFacts;
  /** Says good-bye if the server listens, and goes either way. */
  close(): Promise<void>;
}

// The library prints whole certificates on refusal. What matters is in the link's reason; stdout belongs to the host.
setLogLevel(LogLevel.Emergency);

/** Finds the best endpoint, judges its certificate, opens a session. Never throws. */
export async function connectSecurely(request: ConnectionRequest, store: CertificateStore): Promise<SecureConnection | ConnectionFailure> {
  try {
    const endpoint = await withinAttempt(request, findEndpoint(request, store));
    if ('kind' in endpoint) return endpoint;
    const verdict = await store.judge(leafOf(endpoint.serverCertificate), endpoint.server.applicationUri ?? null);
    // before trust: nobody is to be asked to trust a simulator for a plant
    const objection = request.expects === undefined ? null : objectionToCertificate(request.expects, verdict.facts.applicationUri);
    if (objection !== null) return { kind: 'refused', reason: objection };
    if (!verdict.trusted) return { kind: 'untrusted', reason: verdict.reason, untrusted: verdict.facts };
    return await openSessionAt(request, store, endpoint, verdict.facts);
  } catch (error) {
    return failureOf(error);
  }
}

async function openSessionAt(request: ConnectionRequest, store: CertificateStore, endpoint: EndpointDescription, server: CertificateFacts): Promise<SecureConnection | ConnectionFailure> {
  const client = OPCUAClient.create({
    ...commonOptions(request, store),
    securityMode: MessageSecurityMode.SignAndEncrypt,
    securityPolicy: endpoint.securityPolicyUri as SecurityPolicy,
    serverCertificate: endpoint.serverCertificate,
    keepSessionAlive: true,
    keepAliveInterval: SESSION_PING_MS,
  });
  try {
    const open = client.connect(request.endpointUrl).then(() => client.createSession(identityOf(request)));
    const session = await withinAttempt(request, open);
    const objection = request.expects === undefined ? null : objectionToNamespaces(request.expects, await withinAttempt(request, session.readNamespaceArray()));
    if (objection !== null) {
      void sayGoodbye(client);
      return { kind: 'refused', reason: objection };
    }
    return { session, client, server, close: () => sayGoodbye(client) };
  } catch (error) {
    void sayGoodbye(client);
    return namingOurCertificate(failureOf(error), store);
  }
}

async function findEndpoint(request: ConnectionRequest, store: CertificateStore): Promise<EndpointDescription | ConnectionFailure> {
  // Asking which endpoints there are is the one exchange that OPC UA has without security; its answer is only a hint,
  // checked by the certificate's own proof when the channel opens.
  const client = OPCUAClient.create({ ...commonOptions(request, store), securityMode: MessageSecurityMode.None, securityPolicy: SecurityPolicy.None });
  try {
    await client.connect(request.endpointUrl);
    const endpoint = bestEndpoint(await client.getEndpoints());
    return endpoint ?? { kind: 'refused', reason: { code: 'NoSecureEndpoint', text: 'The server offers no endpoint that signs and encrypts with a current policy.' } };
  } finally {
    void sayGoodbye(client);
  }
}

/** The best endpoint that signs, encrypts and shows a certificate. */
function bestEndpoint(endpoints: readonly EndpointDescription[]): EndpointDescription | undefined {
  const secure = endpoints.filter((e) => e.securityMode === MessageSecurityMode.SignAndEncrypt && e.serverCertificate?.length > 0);
  for (const policy of POLICIES) {
    const found = secure.find((e) => e.securityPolicyUri === policy);
    if (found) return found;
  }
  return undefined;
}

function commonOptions(request: ConnectionRequest, store: CertificateStore): OPCUAClientOptions {
  const timeoutMs = Math.min(request.transportTimeoutMs, MAX_TRANSPORT_TIMEOUT_MS);
  return {
    applicationName: request.applicationName,
    applicationUri: store.applicationUri,
    clientName: request.applicationName,
    clientCertificateManager: store.manager,
    certificateFile: store.ownCertificateFile,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    endpointMustExist: false,
    transportTimeout: timeoutMs,
    defaultTransactionTimeout: timeoutMs,
    requestedSessionTimeout: SESSION_TIMEOUT_MS,
  };
}

function identityOf(request: ConnectionRequest): UserIdentityInfo {
  if (!request.credentials) return { type: UserTokenType.Anonymous };
  return { type: UserTokenType.UserName, userName: request.credentials.user, password: request.credentials.password };
}

/** The server's own certificate, first in the chain it sends. */
function leafOf(chain: Buffer): Buffer {
  // DER: 0x30 0x82 and two bytes of length. Anything else is judged as it is, and refused there.
  if (chain.length > 4 && chain[0] === 0x30 && chain[1] === 0x82) return chain.subarray(0, 4 + chain.readUInt16BE(2));
  return chain;
}

async function withinAttempt<T>(request: ConnectionRequest, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Timeout: the server took the connection and did not answer')), ATTEMPT_TIMEOUTS * request.transportTimeoutMs);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

async function sayGoodbye(client: OPCUAClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  // A server that is gone cannot answer; its absence is no news here.
  const goodbye = client.disconnect().catch(() => undefined);
  await Promise.race([goodbye, impatience]);
  clearTimeout(timer);
}

const NEEDS_PERSON = /Bad(UserAccessDenied|IdentityToken\w+|CertificateUseNotAllowed|SecurityPolicyRejected|SecurityModeRejected|SecurityChecksFailed|Certificate\w+|LicenseExpired)/;

function failureOf(error: unknown): ConnectionFailure {
  const message = error instanceof Error ? error.message : String(error);
  const personal = NEEDS_PERSON.exec(message);
  if (personal) return { kind: 'refused', reason: { code: personal[0], text: `The server refused us: ${firstLine(message)}` } };
  const code = /\b(E[A-Z]{4,}|Bad[A-Z]\w+|Timeout)\b/.exec(message)?.[0] ?? 'Unreachable';
  return { kind: 'unreachable', reason: { code, text: `No connection: ${firstLine(message)}` } };
}

/** A server that turns down the channel has most often just never seen us; the person needs the file to show it. */
function namingOurCertificate(failure: ConnectionFailure, store: CertificateStore): ConnectionFailure {
  if (!/SecurityChecksFailed|BadCertificate/.test(failure.reason.code)) return failure;
  const text = `The server does not accept us (${failure.reason.code}). Our certificate has to be trusted there: ${store.ownCertificateFile}`;
  return { kind: 'refused', reason: { code: failure.reason.code, text } };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').trim().slice(0, 300);
}
