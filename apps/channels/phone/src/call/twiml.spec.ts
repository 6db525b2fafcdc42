import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { defaultFlow } from '../flow/default-flow.js';
import { atTurn, roadTo } from '../road.js';
import { stepOf } from './advance.js';
import { closing, FALLBACK, render, say, waiting, type Rendering } from './twiml.js';

const ROAD = atTurn(roadTo('https://citta.example/telefono/'), 3);
const HOW: Rendering = {
  flow: defaultFlow,
  road: ROAD,
  language: 'it-IT',
  callable: true,
  recordCalls: false,
  transcribeCalls: false,
};
const at = (path: string, query: string): string =>
  `https://citta.example/telefono${path}?${query}&amp;n=3#rc=2&amp;rp=ct,5xx`;
const body = (document: string): string => document.replace(/^<\?xml[^>]*\?><Response>|<\/Response>$/g, '');
const rendered = (step: string, how: Partial<Rendering> = {}, retry = 0, said: string[] = []): string =>
  body(render(stepOf(defaultFlow, step), retry, said, { ...HOW, ...how }));

describe('the document of', () => {
  it('a menu asks for one key, and goes on by itself when none is pressed', () => {
    const query = 'at=menu&amp;retry=1';
    expect(rendered('menu', { language: 'en-GB' }, 1, ['Welcome & hello.'])).toBe(
      '<Say language="en-GB">Welcome &amp; hello.</Say>' +
        `<Gather input="dtmf" numDigits="1" timeout="6" action="${at('/voice/step', query)}">` +
        '<Say language="en-GB">For the registry office press 1. For local taxes press 2. To report a fault press 3. To leave a message press 8. To speak to an operator press 0. Per l’italiano premi 7.</Say>' +
        `</Gather><Redirect>${at('/voice/step', `${query}&amp;silent=1`)}</Redirect>`,
    );
  });

  it('a queue names it without personal data', () =>
    expect(rendered('attesa')).toBe(
      '<Say language="it-IT">Ti mettiamo in contatto con un operatore. Resta in linea.</Say>' +
        `<Enqueue waitUrl="${at('/voice/wait', 'at=attesa')}" action="${at('/voice/left', 'at=attesa')}">q-urp</Enqueue>`,
    ));

  it('a queue whose conversations are recorded says so first', () =>
    expect(rendered('attesa', { recordCalls: true })).toMatch(
      /^<Say language="it-IT">La chiamata sarà registrata\..*<Enqueue/,
    ));

  it('a queue that is recorded and transcribed says both, then begins', () =>
    expect(rendered('attesa', { recordCalls: true, transcribeCalls: true })).toMatch(
      /^<Say[^>]*>La chiamata sarà registrata e le tue parole saranno trascritte\.[^<]*<\/Say><Start><Transcription /,
    ));

  it('a mailbox records until hash, and says goodbye to who says nothing', () =>
    expect(rendered('segreteria')).toBe(
      '<Say language="it-IT">Lascia un messaggio dopo il segnale: sarà registrato e aprirà una pratica.</Say>' +
        `<Record maxLength="120" playBeep="true" finishOnKey="#" action="${at('/voice/recorded', 'at=segreteria')}"` +
        ' recordingStatusCallback="https://citta.example/telefono/voice/recording#rc=5&amp;rp=all"/>' +
        '<Say language="it-IT">Arrivederci.</Say>',
    ));

  it.each([
    ['offers the number shown when it may be called', true, 'al numero da cui chiami premi 1'],
    ['asks for a number when the one shown may not be called', false, 'Digita il numero italiano'],
  ])('a callback %s', (_name, callable, words) => {
    const document = rendered('richiamata', { callable });
    expect(document).toContain(words);
    expect(document).toContain('finishOnKey="#" actionOnEmptyResult="true"');
  });

  it('an emergency is before all the rest', () =>
    expect(rendered('menu', { announcement: 'Acqua non potabile.' }, 0, ['Benvenuti.'])).toMatch(
      /^<Say language="it-IT">Acqua non potabile\.<\/Say><Say language="it-IT">Benvenuti\.<\/Say><Gather/,
    ));

  it('waiting tells the place, the time when it is known, and what key 1 does', () => {
    const wait = (minutes?: number, language = 'it-IT'): string =>
      body(waiting(stepOf(defaultFlow, 'attesa'), 3, minutes, { ...HOW, language }));
    expect(wait(1)).toContain(
      'Sei in posizione 3. L’attesa stimata è di circa 1 minuto. Premi 1 per essere richiamato.',
    );
    expect(wait(12)).toContain('circa 12 minuti.');
    expect(wait()).toContain('Sei in posizione 3. Premi 1');
    expect(wait(2, 'en-GB')).toContain('You are number 3 in the queue. The estimated wait is about 2 minutes. Press 1');
  });

  it('waiting offers no callback where the flow has none', () => {
    const steps = defaultFlow.steps
      .filter(step => step.type !== 'callback')
      .map(step => (step.type === 'queue' ? { ...step, next: undefined } : step));
    const document = body(
      waiting({ ...stepOf(defaultFlow, 'attesa'), next: undefined }, 3, 4, { ...HOW, flow: { ...defaultFlow, steps } }),
    );
    expect(document).toBe(
      '<Say language="it-IT">Sei in posizione 3. L’attesa stimata è di circa 4 minuti.</Say><Pause length="15"/>',
    );
  });

  it('closing lets the caller out of the queue', () =>
    expect(body(closing('en-GB'))).toBe('<Say language="en-GB">The offices are now closed.</Say><Leave/>'));

  it('the fallback needs nothing of ours', () =>
    expect(FALLBACK).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="it-IT">Ci scusiamo, in questo momento non riusciamo a rispondere. Richiama tra qualche minuto.</Say><Hangup/></Response>',
    ));
});

it('says a text of any length, in pieces that lose nothing', () => {
  const said: string[] = [];
  say({ say: (_options, text) => said.push(text) }, 'it-IT', 'à'.repeat(9_001));
  expect(said.map(text => text.length)).toEqual([4_000, 4_000, 1_001]);
});
