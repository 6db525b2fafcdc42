import { describe, expect, it } from '@jest/globals';
import { proveSender, type Resolver } from './proof.js';

const raw = Buffer.from(
  'From: anna@posta.example\r\nTo: urp@comune.example.it\r\nSubject: Prova\r\nDate: Tue, 13 Jan 2026 09:15:00 +0100\r\nMessage-ID: <p1@posta.example>\r\n\r\nBuongiorno\r\n',
);

/** The DNS of a domain whose mail leaves from one address only. */
const dns: Resolver = (name, type) => {
  const texts: Record<string, string> = {
    'posta.example': 'v=spf1 ip4:192.0.2.10 -all',
    '_dmarc.posta.example': 'v=DMARC1; p=reject',
  };
  const text = type === 'TXT' ? texts[name] : undefined;
  return text === undefined
    ? Promise.reject(Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' }))
    : Promise.resolve([[text]]);
};
const from = (ip: string, resolver: Resolver = dns): ReturnType<typeof proveSender> =>
  proveSender(
    raw,
    { ip, helo: 'mx.posta.example', sender: 'anna@posta.example', mta: 'mx.comune.example.it' },
    resolver,
  );

describe('the proof of a sender', () => {
  it('stands when the mail came from where the domain sends', async () => {
    expect(await from('192.0.2.10')).toBe('pass');
  });
  it('falls when it came from elsewhere', async () => {
    expect(await from('198.51.100.7')).toBe('fail');
  });
  it('is none when the DNS does not answer: nobody is accused', async () => {
    const silent: Resolver = () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }));
    expect(await from('198.51.100.7', silent)).toBeUndefined();
  });
});
