import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CaseView, ContactConsents } from '@filodiretto/contracts';
import { CitizenAt, Desk, eventually, marked, messagesOf, running, textOf, told } from './world.js';

const desk = new Desk();
const anna = new CitizenAt('anna');
const NUMBER = /^\d{4}-\d{6}-\d$/;

describe('a citizen writes and is answered', () => {
  it('by e-mail: the answer comes back in the same thread, and so does what the citizen adds', async () => {
    const subject = marked('Lampione spento');
    await anna.act('email', {
      to: 'urp@comune.poggioverde.example',
      subject,
      text: 'Il lampione di via Roma è spento.',
    });
    const opened = await desk.caseSaying(subject, 'email');
    expect(opened.number).toMatch(NUMBER);
    expect(opened.contact?.name).toBe('Anna Lisi');
    const acknowledgement = await anna.hears('email', opened.number);
    expect(acknowledgement.text).toContain(opened.number);

    const words = marked('Il lampione sarà riparato giovedì.');
    await desk.reply(opened.id, words);
    const answer = await anna.hears('email', words);
    expect(answer.subject).toBe(`Re: ${subject} [#${opened.number}]`);

    const thanks = marked('Grazie mille.');
    await anna.act('email', { text: thanks, answers: answer.id });
    const joined = await desk.caseWhen(opened.id, 'what the citizen adds joins the case', view =>
      messagesOf(view).some(message => message.direction === 'in' && textOf(message).includes(thanks)),
    );
    const directions = messagesOf(joined).map(({ direction }) => direction);
    expect(directions.filter(direction => direction === 'in')).toHaveLength(2);
    expect(directions.filter(direction => direction === 'out')).toHaveLength(2);
  });

  it('by WhatsApp: two messages are one case, and the answer is delivered', async () => {
    const words = marked('Buongiorno, quando passa la raccolta del vetro?');
    await anna.act('whatsapp', { text: words });
    const opened = await desk.caseSaying(words, 'whatsapp');
    expect(opened.number).toMatch(NUMBER);
    const more = marked('Abito in via dei Tigli.');
    await anna.act('whatsapp', { text: more });
    await desk.caseWhen(opened.id, 'the second message joins', view =>
      messagesOf(view).some(message => textOf(message).includes(more)),
    );
    const answer = marked('Il vetro passa il martedì.');
    const { id } = await desk.reply(opened.id, answer);
    await anna.hears('whatsapp', answer);
    await desk.caseWhen(opened.id, 'the answer is known to be delivered', view =>
      messagesOf(view).some(message => message.id === id && message.send?.state === 'delivered'),
    );
  });

  it('by Messenger: the answer comes back to the same person', async () => {
    const words = marked('Si può pagare la TARI in banca?');
    await anna.act('messenger', { text: words });
    const opened = await desk.caseSaying(words, 'facebook');
    expect(opened.number).toMatch(NUMBER);
    const answer = marked('Sì, con il modello F24.');
    await desk.reply(opened.id, answer);
    await anna.hears('messenger', answer);
  });

  it('by the form: the citizen gets a code at once, and the answer at the address they gave', async () => {
    const subject = marked('Buca in viale della Stazione');
    const side = await anna.act('webform', {
      subject,
      description: 'È profonda, davanti alla fermata.',
      place: 'Viale della Stazione 4',
    });
    const receipt = side.webform.find(line => line.subject === subject);
    expect(receipt?.note).toMatch(/Codice per seguirla: \S+/);
    const opened = await desk.caseSaying(subject, 'webform');
    expect(opened.number).toMatch(NUMBER);
    expect(opened.office?.name).toBe('Strade e Manutenzioni');
    const answer = marked('La buca è stata chiusa.');
    await desk.reply(opened.id, answer);
    await anna.hears('email', answer);
  });

  it('by telephone: the menu is heard and a message left; the answer comes as a text message', async () => {
    const rosa = new CitizenAt('rosa');
    await rosa.act('call');
    const heard = await rosa.callWhen(
      'the citizen may press a key or leave a message',
      call => call.keys || call.listening,
    );
    expect(heard.lines[0]).toMatchObject({ by: 'administration', text: 'Benvenuti al Comune.' });
    // At night the offices are closed, and the message is asked for at once.
    if (!heard.listening) await rosa.act('press', { keys: '8' });
    await rosa.callWhen('what the citizen says is recorded', call => call.listening);
    await rosa.act('speak', { text: marked('Il mio documento è pronto?') });
    await rosa.act('hang-up');
    await rosa.callWhen('the call is over', call => call.state === 'ended');

    const opened = await desk.newestCase('phone');
    expect(opened.number).toMatch(NUMBER);
    await desk.caseWhen(opened.id, 'the call is told with its steps and its end', view =>
      messagesOf(view).some(({ content }) =>
        content.some(part => part.type === 'call' && part.endedAt !== undefined && part.steps.length > 0),
      ),
    );
    const answer = marked('Il documento è pronto.');
    await desk.reply(opened.id, answer);
    await rosa.hears('sms', answer);
  });

  it('by text message: the answer is delivered to the same number', async () => {
    const karim = new CitizenAt('karim');
    const words = marked('A che ora chiude lo sportello?');
    await karim.act('sms', { text: words });
    const opened = await desk.caseSaying(words, 'phone');
    const answer = marked('Alle 17.');
    const { id } = await desk.reply(opened.id, answer);
    await karim.hears('sms', answer);
    await desk.caseWhen(opened.id, 'the answer is known to be delivered', view =>
      messagesOf(view).some(message => message.id === id && message.send?.state === 'delivered'),
    );
  });

  it('by text message: who writes for the first time is told the number of the case and who holds it', async () => {
    const words = marked('Quando passa la raccolta della carta?');
    const from = `+39347${randomInt(1_000_000, 9_999_999)}`;
    await told(`${running().urls.simulators.twilio}/_control/sms`, { from, body: words });
    const opened = await desk.caseSaying(words, 'phone');
    const view = await desk.caseWhen(opened.id, 'the acknowledgement is known to be delivered', one =>
      messagesOf(one).some(({ automatic, send }) => automatic === 'acknowledgement' && send?.state === 'delivered'),
    );
    const said = messagesOf(view).filter(({ automatic }) => automatic === 'acknowledgement');
    expect(said.map(({ address }) => address.value)).toEqual([from]);
    expect(said.map(textOf).join()).toContain(opened.number);
    expect(said.map(textOf).join()).toContain(`presso ${opened.office?.name ?? '?'}`);
  });

  it('leaves nothing in the quarantine', async () => {
    const { items } = await desk.parked();
    expect(items).toEqual([]);
  });
});

describe('a consent is asked in the way of the channel, and given by what is pressed there', () => {
  const control = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${running().urls.simulators.meta}/_control/${path}`, {
      ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  /** The newsletter alone is asked, in a case; gives who is asked. */
  const asked = async ({ id, contact }: CaseView): Promise<string> => {
    await desk.ask(`/contacts/${contact?.id}/consent-questions`, {
      method: 'POST',
      body: { purpose: 'newsletter', case: id },
      headers: { 'idempotency-key': randomUUID() },
    });
    return contact?.id ?? '';
  };
  const stands = async (contact: string, state: string): Promise<void> => {
    await eventually(`the newsletter is ${state}`, async () => {
      const { items } = await desk.ask<ContactConsents>(`/contacts/${contact}/consents`);
      return items.some(one => one.purpose === 'newsletter' && one.state === state) || undefined;
    });
  };

  it('by WhatsApp: a button of the provider agrees, and the other takes it back', async () => {
    const from = `39347${randomInt(1_000_000, 9_999_999)}`;
    const words = marked('Buonasera, quando riapre il teatro?');
    await control('whatsapp/citizens', { name: 'Ada Neri', waId: from });
    await control('whatsapp/messages', { from, text: words });
    const opened = await desk.caseSaying(words, 'whatsapp');
    const contact = await asked(opened);
    interface Button {
      readonly reply: { readonly id: string; readonly title: string };
    }
    const [yes, no] = await eventually('the buttons have come', async () => {
      const said = await control<{ type: string; body: { action?: { buttons?: Button[] } } }[]>(
        `whatsapp/conversation?citizen=${from}`,
      );
      return said.find(({ type }) => type === 'interactive')?.body.action?.buttons?.map(({ reply }) => reply);
    });
    expect([yes?.title, no?.title]).toEqual(['Acconsento', 'Non acconsento']);
    await control('whatsapp/messages', { from, button: yes?.id, title: yes?.title });
    await stands(contact, 'given');
    await control('whatsapp/messages', { from, button: no?.id, title: no?.title });
    await stands(contact, 'refused');
    const { items } = await desk.ask<{ items: { id: string }[] }>(`/cases?contact=${contact}`);
    expect(items.map(({ id }) => id)).toEqual([opened.id]);
  });

  it('by Messenger: a quick reply of the provider agrees', async () => {
    const from = `${randomInt(1_000_000, 9_999_999)}${randomInt(1_000_000, 9_999_999)}`;
    const words = marked('Avete un notiziario?');
    await control('messenger/people', { name: 'Ugo Verdi', psid: from });
    await control('messenger/messages', { from, text: words });
    const contact = await asked(await desk.caseSaying(words, 'facebook'));
    const [yes] = await eventually('the quick replies have come', async () => {
      const said = await control<{ quickReplies?: { title: string; payload: string }[] }[]>(
        `messenger/conversation?person=${from}`,
      );
      return said.find(one => one.quickReplies)?.quickReplies;
    });
    await control('messenger/messages', { from, text: yes?.title, quickReply: yes?.payload });
    await stands(contact, 'given');
  });
});
