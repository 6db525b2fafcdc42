import type { ProgressState } from '@filodiretto/contracts';
import { parseMail, type Headers, type MailFile, type ParsedMail } from './parse.js';
import { messageIds } from './threading.js';

/** A mail that looks like Italian certified mail (PEC): a receipt, or the envelope around what a person wrote. */
export type Certified =
  | { readonly kind: 'receipt'; readonly receipt: string; readonly about: readonly string[] }
  | {
      readonly kind: 'envelope';
      readonly transport: string;
      readonly inner: ParsedMail;
      readonly others: readonly MailFile[];
    };

export const certifiedMail = async (mail: ParsedMail): Promise<Certified | undefined> => {
  const receipt = word(mail.headers, 'x-ricevuta');
  if (receipt !== undefined)
    return { kind: 'receipt', receipt, about: messageIds(mail.headers.raw('x-riferimento-message-id')) };
  const transport = word(mail.headers, 'x-trasporto');
  if (transport === undefined) return undefined;
  const enclosed = mail.files.find(
    file =>
      file.mediaType === 'message/rfc822' && (file.filename === undefined || /^postacert\.eml$/i.test(file.filename)),
  );
  if (!enclosed) return undefined;
  return {
    kind: 'envelope',
    transport,
    inner: await parseMail(enclosed.bytes),
    others: mail.files.filter(file => file !== enclosed && !/pkcs7-signature/.test(file.mediaType)),
  };
};

const word = (headers: Headers, name: string): string | undefined =>
  /^[a-z-]{1,60}$/.exec(headers.raw(name)?.trim().toLowerCase() ?? '')?.[0];

const MEANS: Readonly<Record<string, { readonly state?: ProgressState; readonly words: string }>> = {
  accettazione: { state: 'sent', words: 'Ricevuta di accettazione' },
  'non-accettazione': { state: 'failed', words: 'Avviso di non accettazione' },
  'presa-in-carico': { words: 'Ricevuta di presa in carico' },
  'avvenuta-consegna': { state: 'delivered', words: 'Ricevuta di avvenuta consegna' },
  'errore-consegna': { state: 'failed', words: 'Avviso di mancata consegna' },
  'preavviso-errore-consegna': { words: 'Preavviso di mancata consegna' },
  'rilevazione-virus': { state: 'failed', words: 'Avviso di rilevazione di virus' },
};

/** What a receipt says of our message, and its Italian name. */
export const receiptMeaning = (receipt: string): { readonly state?: ProgressState; readonly words: string } =>
  MEANS[receipt] ?? { words: `Ricevuta PEC: ${receipt}` };
