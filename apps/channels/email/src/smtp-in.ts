import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { HouseFault, NotConnected, type Host } from '@filodiretto/channel-kit';
import { normalAddress } from './mail/parse.js';
import { withoutPlus } from './mail/threading.js';
import type { Delivery } from './proof.js';

export interface SmtpInOptions {
  readonly port: number;
  readonly host: string;
  readonly name: string;
  readonly maxBytes: number;
  /** Proves the sender, when it is we who face the internet. */
  readonly prove: ((raw: Uint8Array, delivery: Delivery) => Promise<'pass' | 'fail' | undefined>) | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsCert: string | undefined;
  /** Known address → account. All others are refused: nothing is relayed. */
  readonly accounts: ReadonlyMap<string, string>;
}

/** A negative answer, as SMTP says it. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** Receives mail directly. 250 only when the house holds it; 451 when it cannot now, and the sender comes again. */
export class SmtpIn {
  constructor(
    private readonly options: SmtpInOptions,
    private readonly host: Host,
  ) {}

  /** Listens until the signal. `ready` is called with the port. Rejects when the port cannot be had or is lost. */
  async run(signal: AbortSignal, ready: (port: number) => void): Promise<void> {
    signal.throwIfAborted();
    const server = this.server();
    const failed = new Promise<never>((_, reject) => {
      server.on('error', (error: NodeJS.ErrnoException) => {
        // a client that hangs up is not our failure
        if (error.syscall === 'listen' || error.code === 'EADDRINUSE')
          reject(new Error(`mail cannot be received at ${this.options.host}:${this.options.port}: ${error.message}`));
        else this.host.log.debug({ err: error }, 'an SMTP client failed');
      });
    });
    failed.catch(() => undefined);
    try {
      await Promise.race([
        new Promise<void>(resolve => server.listen(this.options.port, this.options.host, resolve)),
        failed,
      ]);
      ready((server.server.address() as AddressInfo).port);
      await Promise.race([aborted(signal), failed]);
    } finally {
      await new Promise<void>(resolve => server.close(() => resolve()));
    }
  }

  /** Calls our own port as a mail server would, and hangs up once it is greeted. */
  look(signal: AbortSignal): Promise<string> {
    const { port, host } = this.options;
    // Who listens at every address is called at this machine's own.
    const at = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: at, signal });
      socket.on('error', reject).once('data', (greeting: Buffer) => {
        socket.end('QUIT\r\n');
        if (greeting.toString('latin1').startsWith('220')) resolve(`${host}:${port}`);
        else reject(new NotConnected('refused', greeting.toString('latin1').slice(0, 200)));
      });
    });
  }

  private server(): SMTPServer {
    const { tlsKey, tlsCert, name, maxBytes } = this.options;
    const tls = tlsKey !== undefined && tlsCert !== undefined;
    return new SMTPServer({
      name,
      banner: 'Filodiretto',
      size: maxBytes,
      disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      ...(tls ? { key: readFileSync(tlsKey), cert: readFileSync(tlsCert) } : {}),
      authOptional: true,
      disableReverseLookup: true,
      hidePIPELINING: false,
      hide8BITMIME: false,
      hideSMTPUTF8: false,
      maxClients: 100,
      socketTimeout: 120_000,
      closeTimeout: 3_000,
      onRcptTo: (address, session, done) => done(this.recipient(address, session)),
      onData: (stream, session, done) => {
        this.mail(stream, session).then(
          words => done(null, words),
          (error: unknown) => done(this.answer(error)),
        );
      },
    });
  }

  private recipient(address: SMTPServerAddress, session: SMTPServerSession): Error | undefined {
    if (session.envelope.rcptTo.length >= 100) return new Refusal(452, 'Too many recipients');
    return this.account(address.address) === undefined
      ? new Refusal(550, `<${address.address}> is not served here`)
      : undefined;
  }

  private account(address: string): string | undefined {
    const known = normalAddress(address);
    return this.options.accounts.get(known) ?? this.options.accounts.get(withoutPlus(known));
  }

  private async mail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= this.options.maxBytes) chunks.push(chunk);
    }
    if (stream.sizeExceeded || size > this.options.maxBytes)
      throw new Refusal(552, `The message is larger than ${this.options.maxBytes} bytes`);
    const raw = Buffer.concat(chunks);
    const mailFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    const proof = await this.options.prove?.(raw, {
      ip: session.remoteAddress,
      helo: session.hostNameAppearsAs,
      sender: mailFrom,
      mta: this.options.name,
    });
    const byAccount = new Map<string, string[]>();
    for (const { address } of session.envelope.rcptTo) {
      const account = this.account(address);
      if (account !== undefined) byAccount.set(account, [...(byAccount.get(account) ?? []), address]);
    }
    const held: string[] = [];
    // one message for each account, none of which sees the other's addresses
    for (const [account, addresses] of byAccount) {
      const reception = await this.host.receive(raw, {
        account,
        mediaType: 'message/rfc822',
        about: {
          mailFrom,
          rcptTo: addresses.join(' '),
          client: session.remoteAddress,
          helo: session.hostNameAppearsAs || '',
          ...(proof ? { dmarc: proof } : {}),
        },
      });
      held.push(reception.id);
    }
    return `Held as ${held.join(' ')}`;
  }

  private answer(error: unknown): Error {
    if (error instanceof Refusal) return error;
    this.host.log[error instanceof HouseFault ? 'warn' : 'error']({ err: error }, 'a mail cannot be held now');
    return new Refusal(451, 'The message cannot be held now, please come again');
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
