/**
 * Whom we talk to. One certificate store per station, in its own folder; an unknown server is refused until a person
 * has seen its certificate. The library's default store accepts everything and is therefore never used.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import type { CertificateFacts, LinkReason, Outcome } from './types.ts';

/** More refused certificates than this are not listed: somebody is filling the folder. */
const MAX_LISTED = 200;
const MAX_CERTIFICATE_BYTES = 64 * 1024;
const OWN_VALIDITY_DAYS = 3650;

/** What the store says about a server's certificate. */
export type Verdict = { readonly trusted: true; readonly facts: CertificateFacts } | { readonly trusted: false; readonly reason: LinkReason; readonly facts: CertificateFacts };

/** Certificates of one station: its own, those it trusts, those it has refused. */
export interface CertificateStore {
  readonly manager: OPCUACertificateManager;
  readonly ownCertificateFile: string;
  /** The URI inside our own certificate; a server refuses a session whose application says another. */
  readonly applicationUri: string;
  judge(certificateDer: Buffer, announcedUri: string | null): Promise<Verdict>;
  trust(thumbprint: string): Promise<Outcome<CertificateFacts>>;
  importTrusted(pemPath: string): Promise<Outcome<CertificateFacts>>;
  rejected(): Promise<CertificateFacts[]>;
  close(): Promise<void>;
}

/** Opens the store in `pkiDir`, making folder, key and own certificate if this is the first start. */
export async function openCertificateStore(pkiDir: string, applicationName: string): Promise<CertificateStore> {
  await mkdir(pkiDir, { recursive: true, mode: 0o700 });
  const manager = new OPCUACertificateManager({
    rootFolder: pkiDir,
    automaticallyAcceptUnknownCertificate: false,
    // The trust list changes through us; a file moved by hand is found by the reload before each judgement.
    disableFileWatchers: true,
  });
  // Every client the library makes gives up one reference when it goes; this one is ours until close().
  manager.referenceCounter += 1;
  await manager.initialize();
  const ownCertificateFile = path.join(pkiDir, 'own', 'certs', 'client_certificate.pem');
  if (!existsSync(ownCertificateFile)) await makeOwnCertificate(manager, ownCertificateFile, applicationName);
  const own = new X509Certificate(await readFile(ownCertificateFile));
  return {
    manager,
    ownCertificateFile,
    applicationUri: uriOf(own) ?? `urn:${hostname()}:${applicationName}`,
    judge: (der, announcedUri) => judge(manager, der, announcedUri),
    trust: (thumbprint) => trust(manager, thumbprint),
    importTrusted: (pemPath) => importTrusted(manager, pemPath),
    rejected: async () => (await certificatesIn(manager.rejectedFolder)).map(({ facts }) => facts),
    close: () => manager.dispose(),
  };
}

async function makeOwnCertificate(manager: OPCUACertificateManager, outputFile: string, applicationName: string): Promise<void> {
  const host = hostname();
  await manager.createSelfSignedCertificate({
    applicationUri: `urn:${host}:${applicationName}`,
    dns: [host],
    outputFile,
    subject: `/CN=${applicationName}@${host}`.slice(0, 64),
    startDate: new Date(),
    validity: OWN_VALIDITY_DAYS,
  });
}

async function judge(manager: OPCUACertificateManager, der: Buffer, announcedUri: string | null): Promise<Verdict> {
  // A person may have moved a file into or out of trusted/ since the last look.
  await manager.reloadCertificates();
  const certificate = new X509Certificate(der);
  const status = await manager.checkCertificate(der);
  const thumbprint = thumbprintOf(certificate);
  const file = (await fileOf(manager, thumbprint)) ?? '';
  const facts = factsOf(certificate, file);
  if (!status.isGood()) return { trusted: false, facts, reason: refusal(status.name, facts) };
  if (facts.applicationUri === null || (announcedUri !== null && announcedUri !== facts.applicationUri)) {
    const text = `The server calls itself ${announcedUri ?? 'nothing'}, its certificate says ${facts.applicationUri ?? 'nothing'}.`;
    return { trusted: false, facts, reason: { code: 'BadCertificateUriInvalid', text } };
  }
  return { trusted: true, facts };
}

function refusal(code: string, facts: CertificateFacts): LinkReason {
  switch (code) {
    case 'BadCertificateUntrusted':
      return { code, text: `The server's certificate ${facts.thumbprint} is not known here. A person has to compare it and trust it.` };
    case 'BadCertificateTimeInvalid':
      return { code, text: `The server's certificate is valid from ${facts.validFrom} to ${facts.validTo} only. It has to be renewed on the server.` };
    default:
      return { code, text: `The server's certificate ${facts.thumbprint} was refused: ${code}.` };
  }
}

async function trust(manager: OPCUACertificateManager, thumbprint: string): Promise<Outcome<CertificateFacts>> {
  const wanted = thumbprint.replaceAll(':', '').toLowerCase();
  const found = (await certificatesIn(manager.rejectedFolder)).find(({ facts }) => facts.thumbprint === wanted);
  if (!found) return refuse('UnknownThumbprint', `No refused certificate has the thumbprint ${wanted.slice(0, 64)}.`);
  return trustDer(manager, found.certificate);
}

async function importTrusted(manager: OPCUACertificateManager, pemPath: string): Promise<Outcome<CertificateFacts>> {
  const certificate = await readCertificate(pemPath);
  return certificate ? trustDer(manager, certificate) : refuse('NotACertificate', `${pemPath} is not a readable certificate.`);
}

async function trustDer(manager: OPCUACertificateManager, certificate: X509Certificate): Promise<Outcome<CertificateFacts>> {
  try {
    await manager.reloadCertificates();
    await manager.trustCertificate(certificate.raw);
  } catch (error) {
    return refuse('TrustFailed', error instanceof Error ? error.message : String(error));
  }
  return { ok: true, value: factsOf(certificate, (await fileOf(manager, thumbprintOf(certificate))) ?? '') };
}

function refuse(code: string, text: string): { ok: false; reason: LinkReason } {
  return { ok: false, reason: { code, text } };
}

interface StoredCertificate {
  readonly certificate: X509Certificate;
  readonly facts: CertificateFacts;
}

async function fileOf(manager: OPCUACertificateManager, thumbprint: string): Promise<string | undefined> {
  for (const folder of [manager.trustedFolder, manager.rejectedFolder]) {
    const found = (await certificatesIn(folder)).find(({ facts }) => facts.thumbprint === thumbprint);
    if (found) return found.facts.file;
  }
  return undefined;
}

async function certificatesIn(folder: string): Promise<StoredCertificate[]> {
  const names = existsSync(folder) ? (await readdir(folder)).sort().slice(0, MAX_LISTED) : [];
  const found: StoredCertificate[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    const certificate = await readCertificate(file);
    if (certificate) found.push({ certificate, facts: factsOf(certificate, file) });
  }
  return found;
}

async function readCertificate(file: string): Promise<X509Certificate | null> {
  try {
    const bytes = await readFile(file);
    return bytes.length > MAX_CERTIFICATE_BYTES ? null : new X509Certificate(bytes);
  } catch {
    return null;
  }
}

/** SHA-1 in lower-case hex: what every OPC UA tool shows, so that a person can compare. */
export function thumbprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '').toLowerCase();
}

function factsOf(certificate: X509Certificate, file: string): CertificateFacts {
  return {
    thumbprint: thumbprintOf(certificate),
    subject: certificate.subject.replaceAll('\n', ', '),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    file,
    applicationUri: uriOf(certificate),
  };
}

/** The application URI that an OPC UA certificate must carry (Part 6, 6.2.2). */
function uriOf(certificate: X509Certificate): string | null {
  const entry = (certificate.subjectAltName ?? '').split(', ').find((name) => name.startsWith('URI:'));
  return entry ? entry.slice('URI:'.length) : null;
}
