import { randomBytes, X509Certificate } from 'node:crypto';
import { Integer } from 'asn1js';
import { Certificate, ContentInfo, MessageImprint, SignedData, TimeStampReq, TimeStampResp, TSTInfo } from 'pkijs';

/** Certificates of the authorities that are trusted to say what time it is. */
export type Trusted = readonly Certificate[];

const LONGEST_MS = 15_000;
const LARGEST = 100_000;
const GRANTED: readonly number[] = [0, 1];
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/**
 * Has a time stamping authority say that a statement exists now (RFC 3161, over HTTP). Gives its token, DER. Throws when the
 * authority refuses, or answers anything but a stamp of this very request.
 */
export async function stampedBy(url: string, statement: string): Promise<Buffer> {
  const bytes = Buffer.from(statement);
  const nonce = new Integer({ valueHex: bytesOf(Buffer.concat([Buffer.of(1), randomBytes(15)])) });
  const asked = new TimeStampReq({
    version: 1,
    messageImprint: await MessageImprint.create('SHA-256', bytes),
    nonce,
    certReq: true,
  });
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: asked.toSchema().toBER(),
    redirect: 'error',
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  if (!answer.ok) throw new Error(`the time stamping authority answers ${answer.status}`);
  const given = Buffer.from(await answer.arrayBuffer());
  if (given.length > LARGEST) throw new Error('the answer of the time stamping authority is too large');
  const { status, timeStampToken } = responseOf(given);
  if (!GRANTED.includes(status.status) || !timeStampToken)
    throw new Error(`the time stamping authority refuses (status ${status.status})`);
  const token = Buffer.from(timeStampToken.toSchema().toBER());
  if (!infoOf(token)?.nonce?.isEqual(nonce) || !(await isStampOf(token, statement)))
    throw new Error('the time stamping authority stamped something else');
  return token;
}

/** Whether a token is a signed stamp of the statement; with trusted certificates: by one whom they vouch for, then. */
export async function isStampOf(token: Buffer, statement: string, trusted?: Trusted): Promise<boolean> {
  const info = infoOf(token);
  const signed = signedOf(token);
  if (!info || !signed) return false;
  try {
    return await signed.verify({
      signer: 0,
      data: bytesOf(Buffer.from(statement)),
      checkDate: info.genTime,
      ...(trusted ? { checkChain: true, trustedCerts: [...trusted] } : { checkChain: false }),
    });
  } catch {
    // What cannot be verified is no stamp.
    return false;
  }
}

/** The certificates of a file of them (PEM). */
export function trustedIn(pem: string): Trusted {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new Error('There is no certificate (PEM) in the file of the time stamping authority.');
  return found.map(one => Certificate.fromBER(bytesOf(new X509Certificate(one).raw)));
}

function responseOf(bytes: Buffer): TimeStampResp {
  try {
    return TimeStampResp.fromBER(bytesOf(bytes));
  } catch {
    throw new Error('what the time stamping authority answers is no time stamp');
  }
}

function signedOf(token: Buffer): SignedData | undefined {
  try {
    const content = ContentInfo.fromBER(bytesOf(token));
    return content.contentType === SIGNED_DATA ? new SignedData({ schema: content.content }) : undefined;
  } catch {
    return undefined;
  }
}

function infoOf(token: Buffer): TSTInfo | undefined {
  const content = signedOf(token)?.encapContentInfo.eContent;
  try {
    return content ? TSTInfo.fromBER(content.getValue()) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes alone, for a library that reads whole buffers. */
const bytesOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
