/** Certificates of an authority that is made up for one test process, by the programs of OpenSSL and NSS. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** PEM text. */
  readonly ca: string;
  /** For `localhost`. */
  readonly server: Certified;
  /** `CN=alice,DC=example,DC=org`, which qpidd takes for `alice@org.example`. */
  readonly client: Certified;
  /** As the server's, of yesterday. */
  readonly expired: Certified;
  /** For `localhost`, signed by itself. */
  readonly selfSigned: Certified;
  /** The options that make a qpidd use the server's. */
  qpiddOptions(port: number): readonly string[];
}

/** Whether a program is there at all. */
export function canRun(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const password = 'only-for-tests';

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'qpidha-certificates-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const run = (program: string, ...args: string[]): void => {
    execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const caSubject = ['-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.crt'];
  run('openssl', 'req', '-x509', ...newKey, '-days', '2', ...caSubject);
  const certify = (name: string, commonName: string, days = 2): Certified => {
    const subject = ['-subj', `/CN=${commonName}/DC=example/DC=org`];
    run('openssl', 'req', ...newKey, ...subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:${commonName}\n`);
    const authority = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', `${days}`];
    const files = ['-in', `${name}.csr`, '-extfile', `${name}.ext`, '-out', `${name}.crt`];
    run('openssl', 'x509', '-req', ...authority, ...files);
    return { certificate: read(`${name}.crt`), key: read(`${name}.key`) };
  };
  const [server, client] = [certify('server', 'localhost'), certify('client', 'alice')];
  const own = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  run('openssl', 'req', '-x509', ...newKey, ...own, '-keyout', 'own.key', '-out', 'own.crt');
  return {
    ca: read('ca.crt'),
    server,
    client,
    expired: certify('expired', 'localhost', -1),
    selfSigned: { certificate: read('own.crt'), key: read('own.key') },
    qpiddOptions(port) {
      makeDatabase(folder, run);
      return [
        `--ssl-cert-db=${join(folder, 'db')}`,
        `--ssl-cert-password-file=${join(folder, 'password')}`,
        '--ssl-cert-name=localhost',
        `--ssl-port=${port}`,
        '--ssl-require-client-authentication',
      ];
    },
  };
}

/** What qpidd reads instead of PEM files. */
function makeDatabase(folder: string, run: (program: string, ...args: string[]) => void): void {
  mkdirSync(join(folder, 'db'));
  writeFileSync(join(folder, 'password'), `${password}\n`);
  const bundle = ['-in', 'server.crt', '-inkey', 'server.key', '-name', 'localhost', '-out', 'server.p12'];
  run('openssl', 'pkcs12', '-export', ...bundle, '-passout', `pass:${password}`);
  run('certutil', '-N', '-d', 'db', '-f', 'password');
  run('certutil', '-A', '-d', 'db', '-n', 'ca', '-t', 'CT,C,C', '-i', 'ca.crt', '-f', 'password');
  run('pk12util', '-i', 'server.p12', '-d', 'db', '-k', 'password', '-W', password);
}
