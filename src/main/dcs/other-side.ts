/**
 * Plant or simulator: what a server shows of itself, and why a station that expects the one does not listen to the other. A simulator names itself twice,
 * in its certificate and by a namespace; each of the two is enough to keep a station in OPERATION from hearing it, and both are needed in TRAINING.
 */
import type { LinkReason } from './types.ts';

export const SIMULATOR_NAMESPACE = 'urn:haven:simulator';
export const SIMULATOR_URI_PREFIX = 'urn:haven:simulator:';
/** The instructor's endpoint is a simulator's too. */
const INSTRUCTOR_URI_PREFIX = 'urn:haven:instructor:';

/** OPERATION expects a plant, TRAINING a simulator. */
export type OtherSide = 'plant' | 'simulator';

/** By the certificate alone, before anything is read. Null: no objection. */
export function objectionToCertificate(expects: OtherSide, applicationUri: string | null): LinkReason | null {
  const named = applicationUri ?? 'nothing';
  const isSimulator = applicationUri?.startsWith(SIMULATOR_URI_PREFIX) === true;
  switch (expects) {
    case 'plant': return isSimulator || applicationUri?.startsWith(INSTRUCTOR_URI_PREFIX) === true ? hearsSimulator(`its certificate names ${named}`) : null;
    case 'simulator': return isSimulator ? null : hearsPlant(`its certificate names ${named}`);
  }
}

/** By the namespaces that it serves, before any tag is read. Null: no objection. */
export function objectionToNamespaces(expects: OtherSide, namespaceUris: readonly string[]): LinkReason | null {
  const serves = namespaceUris.includes(SIMULATOR_NAMESPACE);
  switch (expects) {
    case 'plant': return serves ? hearsSimulator(`it serves the namespace ${SIMULATOR_NAMESPACE}`) : null;
    case 'simulator': return serves ? null : hearsPlant(`it does not serve the namespace ${SIMULATOR_NAMESPACE}`);
  }
}

const hearsSimulator = (because: string): LinkReason => ({ code: 'IsSimulator', text: `This server is a simulator: ${because}. A station in OPERATION never listens to one.` });
const hearsPlant = (because: string): LinkReason => ({ code: 'IsNotSimulator', text: `This server is not a simulator: ${because}. A station in TRAINING listens to nothing else.` });
