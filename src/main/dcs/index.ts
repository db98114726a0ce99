/** The station's window on OPC UA servers. See docs/design/dcs.md. */
export { createDcsClient } from './client.ts';
export type {
  CertificateFacts,
  DcsClient,
  DcsClock,
  DcsCredentials,
  DcsOptions,
  DcsTag,
  Gap,
  GapReason,
  LinkPhase,
  LinkReason,
  LinkState,
  Outcome,
  TagDescription,
  Unsubscribe,
} from './types.ts';
export { openSession, serverIdentity } from './session.ts';
export type { OpenSession, ServerIdentity, SessionRequest } from './session.ts';
export { objectionToCertificate, objectionToNamespaces, SIMULATOR_NAMESPACE, SIMULATOR_URI_PREFIX } from './other-side.ts';
