import { describe, expect, it } from '@jest/globals';
import { CitizenAt, Desk, marked, messagesOf, textOf } from './world.js';

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

  it('leaves nothing in the quarantine', async () => {
    const { items } = await desk.parked();
    expect(items).toEqual([]);
  });
});
