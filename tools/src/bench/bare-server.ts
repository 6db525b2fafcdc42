import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/**
 * The limit of accepting a webhook: a bare HTTP server, in a process of its own, that checks the signature, keeps the bytes
 * durably and waits for JetStream. Arguments: port, NATS address, folder, secret, subject. Prints a line when it listens.
 */
const [port, nats, folder, secret, subject] = process.argv.slice(2) as [string, string, string, string, string];
const js = jetstream(await connect({ servers: nats }));
await mkdir(folder, { recursive: true });

async function keep(bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const directory = join(folder, sha256.slice(0, 2));
  await mkdir(directory, { recursive: true });
  const temporary = join(directory, randomUUID());
  const file = await open(temporary, 'wx');
  await file.writeFile(bytes);
  await file.datasync();
  await file.close();
  await rename(temporary, join(directory, sha256));
  const parent = await open(directory, 'r');
  await parent.sync();
  await parent.close();
  return sha256;
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const bytes = Buffer.concat(chunks);
    const expected = createHmac('sha256', secret).update(bytes).digest();
    const given = Buffer.from(String(request.headers['x-signature'] ?? ''), 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    keep(bytes)
      .then(sha256 => js.publish(subject, bytes, { msgID: sha256 }))
      .then(
        () => response.writeHead(200).end('ok'),
        (error: unknown) => response.writeHead(503).end(String(error)),
      );
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
