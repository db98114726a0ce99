/**
 * A node-opcua server bound to loopback with Basic256Sha256 SignAndEncrypt (and the two AES policies) and nothing weaker.
 * It accepts any client certificate: it is a toy to be connected to, and holds no secret. Its own PKI lives under --pki, never in a default folder.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UserManagerOptions } from 'node-opcua';
import { MessageSecurityMode, nodesets, OPCUACertificateManager, OPCUAServer, SecurityPolicy } from 'node-opcua';

export interface EndpointSettings {
  readonly port: number;
  readonly path: string;
  readonly applicationUri: string;
  readonly applicationName: string;
  readonly pkiFolder: string;
  /** null: anonymous sessions are welcome */
  readonly userManager: UserManagerOptions | null;
}

export interface RunningEndpoint {
  readonly server: OPCUAServer;
  readonly url: string;
  readonly certificateFile: string;
}

export async function createEndpoint(settings: EndpointSettings): Promise<RunningEndpoint> {
  mkdirSync(settings.pkiFolder, { recursive: true });
  const certificates = new OPCUACertificateManager({ rootFolder: settings.pkiFolder, automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  const server = new OPCUAServer({
    port: settings.port, host: '127.0.0.1', hostname: '127.0.0.1', resourcePath: settings.path, nodeset_filename: [nodesets.standard],
    serverCertificateManager: certificates, userCertificateManager: certificates,
    certificateFile: join(settings.pkiFolder, 'own', 'certs', 'certificate.pem'),
    serverInfo: { applicationUri: settings.applicationUri, productUri: 'urn:haven:simulator', applicationName: { text: settings.applicationName } },
    buildInfo: { productName: 'Haven simulator', manufacturerName: 'Haven' },
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss],
    allowAnonymous: settings.userManager === null,
    ...(settings.userManager ? { userManager: settings.userManager } : {}),
    serverCapabilities: { maxSessions: 50, maxMonitoredItemsPerSubscription: 200_000, operationLimits: { maxMonitoredItemsPerCall: 10_000, maxNodesPerRead: 10_000, maxNodesPerBrowse: 2_000 } },
    isAuditing: false,
  });
  await server.initialize();
  return { server, url: `opc.tcp://127.0.0.1:${settings.port}${settings.path}`, certificateFile: server.certificateFile };
}
