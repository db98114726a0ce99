/**
 * A plain secured session, for the one folder that may act on a server: `training/`, on a simulator that has proved
 * itself one. The same store and the same refusals as the station's own link; what is done with the session, and the
 * proof that it may be done, are not this folder's business. Nothing here writes or calls.
 */
import type { ClientSession } from 'node-opcua-client';
import { connectSecurely } from './secure-connection.ts';
import { openCertificateStore } from './trust.ts';
import type { CertificateFacts, DcsCredentials, Outcome } from './types.ts';

const DEFAULT_APPLICATION_NAME = 'Haven';
const DEFAULT_TRANSPORT_TIMEOUT_MS = 5000;

/** Where to and as whom. */
export interface SessionRequest {
  readonly endpointUrl: string;
  /** The station's certificate store; an unknown server is refused here too. */
  readonly pkiDir: string;
  readonly credentials?: DcsCredentials;
  /** Only used when the store has no own certificate yet. Default `Haven`. */
  readonly applicationName?: string;
}

/** An open session with the certificate that the server proved to hold when the channel was opened. */
export interface OpenSession {
  readonly session: ClientSession;
  readonly server: CertificateFacts;
  close(): Promise<void>;
}

/** Who the server is, by what cannot be claimed without its private key, and what it says of its namespaces. */
export interface ServerIdentity {
  readonly applicationUri: string | null;
  readonly namespaceUris: readonly string[];
  readonly certificateThumbprint: string;
}

/** Opens a session, or says why not. It does not reconnect: what acts on a plant model must notice that it lost it. */
export async function openSession(request: SessionRequest): Promise<Outcome<OpenSession>> {
  const applicationName = request.applicationName ?? DEFAULT_APPLICATION_NAME;
  try {
    const store = await openCertificateStore(request.pkiDir, applicationName);
    const { endpointUrl, credentials } = request;
    const made = await connectSecurely({ endpointUrl, applicationName, transportTimeoutMs: DEFAULT_TRANSPORT_TIMEOUT_MS, ...(credentials ? { credentials } : {}) }, store);
    if ('kind' in made) {
      await store.close();
      return { ok: false, reason: made.reason };
    }
    const close = async (): Promise<void> => {
      await made.close();
      await store.close();
    };
    return { ok: true, value: { session: made.session, server: made.server, close } };
  } catch (error) {
    return { ok: false, reason: { code: 'CertificateStore', text: error instanceof Error ? error.message.slice(0, 300) : String(error) } };
  }
}

/** Reads the server's identity. The URI and the thumbprint are the certificate's, the namespaces are the server's word. */
export async function serverIdentity(open: OpenSession): Promise<ServerIdentity> {
  const namespaceUris = await open.session.readNamespaceArray();
  return { applicationUri: open.server.applicationUri, namespaceUris, certificateThumbprint: open.server.thumbprint };
}
