/** Two authorities and what they issue, made by the machine's openssl for one test run: good, for another name, run out, of another authority. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Issued { readonly cert: string; readonly key: string }
export interface Certificates {
  readonly ca: string;
  readonly server: Issued;
  readonly otherName: Issued;
  readonly expired: Issued;
  readonly otherCa: Issued;
  readonly client: Issued;
  readonly otherClient: Issued;
  readonly expiredClient: Issued;
}

const openssl = (dir: string, ...args: readonly string[]): void => { execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] }); };
const authority = (dir: string, name: string): void => openssl(dir, 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '90', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`);

function issue(dir: string, by: string, name: string, extensions: string, days: number): Issued {
  openssl(dir, 'req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  writeFileSync(join(dir, `${name}.ext`), extensions);
  openssl(dir, 'x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`);
  return { cert: join(dir, `${name}.pem`), key: join(dir, `${name}.key`) };
}

export function makeCertificates(dir: string): Certificates {
  for (const name of ['authority', 'stranger']) authority(dir, name);
  const here = 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n';
  const client = 'extendedKeyUsage=clientAuth\n';
  return {
    ca: join(dir, 'authority.pem'),
    server: issue(dir, 'authority', 'server', here, 90),
    otherName: issue(dir, 'authority', 'other-name', 'subjectAltName=DNS:elsewhere.example\n', 90),
    expired: issue(dir, 'authority', 'expired', here, -1),
    otherCa: issue(dir, 'stranger', 'other-ca', here, 90),
    client: issue(dir, 'authority', 'client', client, 90),
    otherClient: issue(dir, 'stranger', 'other-client', client, 90),
    expiredClient: issue(dir, 'authority', 'expired-client', client, -1),
  };
}

export const pemOf = ({ cert, key }: Issued): { cert: Buffer; key: Buffer } => ({ cert: readFileSync(cert), key: readFileSync(key) });
