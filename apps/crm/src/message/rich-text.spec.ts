import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Part, ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

describe('the rich text of a message', () => {
  let rest: RestApplication;
  let anna: TestOperator;
  let elsewhere: TestOperator;
  let letters: { channel: string; account: string };
  beforeAll(async () => {
    rest = await RestApplication.start();
    anna = await rest.administration('Valdoro');
    elsewhere = await rest.administration('Montechiaro');
    letters = await rest.channel({ reply: true, text: { maxLength: 100 } }, anna.administrationId);
  }, 60_000);
  afterAll(() => rest.stop(), 60_000);

  const GIF = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
  const HTML = `<p onclick="x()">Ciao <img src="cid:a%40b"><img src="cid:c"><img data-remote-src="https://altrove.example/p.png"><img src="http://altrove.example/q.png"><script>x()</script></p>`;
  const received = async (): Promise<string> => {
    const picture = await rest.store.keep(GIF, 'image/gif');
    const media = { type: 'media', kind: 'image', mediaType: 'image/gif', blob: picture, fetch: 'done' } as const;
    const content: Part[] = [
      { type: 'text', text: 'Ciao' },
      { type: 'html', blob: await rest.store.keep(Buffer.from(HTML), 'text/html') },
      { ...media, inlineId: 'a@b', scan: 'skipped' },
      { ...media, inlineId: 'c', scan: 'infected' },
    ];
    return (await rest.receive(letters, { content })).message;
  };

  it('is a document of its own, with what is enclosed and nothing from elsewhere until a person asks', async () => {
    const message = await received();
    const url = `/api/messages/${message}/html`;
    const shown = await rest.ask('GET', url, { as: anna });
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(shown.headers['content-security-policy']).toMatch(
      /^sandbox allow-popups.*; default-src 'none'; .*img-src data:;/,
    );
    expect(shown.headers['content-security-policy']).not.toMatch(/allow-scripts|allow-same-origin/);
    expect(shown.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(shown.text).toContain(`<img src="data:image/gif;base64,${GIF.toString('base64')}" />`);
    expect(shown.text.match(/<img src=/g)).toHaveLength(1);
    expect(shown.text).not.toMatch(/altrove|script|onclick|cid:/);
    const asked = await rest.ask('GET', `${url}?remote=allow`, { as: anna });
    expect(asked.headers['content-security-policy']).toContain('img-src data: https:;');
    expect(asked.text).toContain('<img src="https://altrove.example/p.png" />');
    expect(asked.text).not.toContain('http://altrove');
    expect((await rest.ask('GET', `${url}?remote=yes`, { as: anna })).status).toBe(422);
  });

  it('is of one administration, and looking at it leaves an entry', async () => {
    const message = await received();
    const url = `/api/messages/${message}/html`;
    expect((await rest.ask<ProblemView>('GET', url, { as: elsewhere })).status).toBe(404);
    await rest.ask('GET', url, { as: anna });
    const entries: { operation: string }[] = await rest.dataSource.query(
      'select operation from trail_entry where subject_id = $1 and act = $2',
      [message, 'looked'],
    );
    expect(entries).toEqual([{ operation: 'showRichText' }]);
    const { message: plain } = await rest.receive(letters, {});
    expect((await rest.ask('GET', `/api/messages/${plain}/html`, { as: anna })).status).toBe(404);
  });
});
