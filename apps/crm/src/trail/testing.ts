import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** A time stamping authority of OpenSSL, with an authority above it. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'filodiretto-tsa-'));
  /** What becomes of an answer on its way. */
  twist: (query: Buffer, reply: () => Buffer) => { status?: number; body: Buffer } = (_, reply) => ({ body: reply() });
  private server?: Server;

  async start(): Promise<string> {
    const request = (name: string, subject: string, ...more: string[]): void => {
      this.openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-subj', subject, ...more);
    };
    request('ca', '/CN=Autorita di prova', '-x509', '-days', '30', '-out', 'ca.pem');
    request('tsa', '/CN=Marche temporali di prova', '-out', 'tsa.csr');
    writeFileSync(
      join(this.folder, 'tsa.ext'),
      'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n',
    );
    this.openssl(
      'x509',
      '-req',
      '-in',
      'tsa.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '20',
      '-extfile',
      'tsa.ext',
      '-out',
      'tsa.pem',
    );
    writeFileSync(join(this.folder, 'serial'), '01\n');
    writeFileSync(
      join(this.folder, 'tsa.cnf'),
      [
        '[tsa]',
        'default_tsa = own',
        '[own]',
        'serial = serial',
        'default_policy = 1.2.3.4.1',
        'digests = sha256',
        'signer_digest = sha256',
        'accuracy = secs:1',
        'ess_cert_id_chain = no',
        'ess_cert_id_alg = sha256',
      ].join('\n'),
    );
    this.server = createServer((request, response) => {
      void buffer(request).then(query => {
        const { status = 200, body } = this.twist(query, () => this.reply(query));
        response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body);
      });
    });
    await new Promise<void>(listening => this.server?.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }
  reply(query: Buffer): Buffer {
    writeFileSync(join(this.folder, 'query.tsq'), query);
    this.openssl(
      'ts',
      '-reply',
      '-config',
      'tsa.cnf',
      '-queryfile',
      'query.tsq',
      '-signer',
      'tsa.pem',
      '-inkey',
      'tsa.key',
      '-out',
      'reply.tsr',
    );
    return readFileSync(join(this.folder, 'reply.tsr'));
  }
  pem(): string {
    return readFileSync(join(this.folder, 'ca.pem'), 'utf8');
  }
  openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
  async stop(): Promise<void> {
    await new Promise(ended => this.server?.close(ended));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
