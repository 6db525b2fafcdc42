import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { HouseFault } from '@filodiretto/channel-kit';
import { ALWAYS_CLOSED, ANNA, CALLS, heardBy, inWorld, shownOf, type World } from './testing/world.js';

const SID = `CA${'1'.repeat(32)}`;
const inbound = (more: Record<string, string> = {}): Record<string, string> => ({
  CallSid: SID,
  From: ANNA,
  To: CALLS,
  Direction: 'inbound',
  CallStatus: 'ringing',
  ...more,
});
/** The address in an attribute of a document, below our own, and without its policy. */
const addressIn = (document: string, name: string): string => {
  const found = new RegExp(`${name}="[^"]*/telefono([^"#]*)`).exec(document)?.[1];
  if (found === undefined) throw new Error(`no ${name} in ${document}`);
  return found.replaceAll('&amp;', '&');
};
const on =
  (work: (world: World) => Promise<void>, options = {}): (() => Promise<void>) =>
  () =>
    inWorld(options, work);

describe('a call', () => {
  it(
    'is one message at once, and is told step by step until it ends',
    on(async ({ twilio, host, until }) => {
      const call = twilio.placeCall({ from: ANNA });
      await until('the menu is said', () => call.hears.keys);
      expect(host.messages).toMatchObject([
        {
          externalId: call.sid,
          conversation: `call:${ANNA}`,
          account: CALLS,
          content: [{ type: 'call', direction: 'in' }],
        },
      ]);
      call.press('2');
      await until('a message is asked for', () => call.hears.recorded);
      call.speak('Il lampione è spento');
      call.hangUp();
      await until('its end is told', () => shownOf(host, call.sid)?.endedAt !== undefined);
      expect(shownOf(host, call.sid)).toMatchObject({
        ending: 'voicemail',
        steps: [{ step: 'menu' }, { step: 'menu', choice: '2' }, { step: 'segreteria' }, { step: 'voicemail' }],
      });
      expect(host.messages.map(one => one.externalId)).toContain(twilio.recordings.all()[0]?.sid);
      expect(new Set(host.messages.map(one => one.id)).size).toBe(2);
      expect(twilio.errors).toEqual([]);
    }),
  );

  it(
    'that presses nothing hears the menu again, then goes on',
    on(async ({ twilio, until }) => {
      const call = twilio.placeCall({ from: ANNA });
      await until('a message is asked for', () => call.hears.recorded);
      expect(heardBy(call)).toEqual(['Premi 1, 2, 7 o 9', 'Premi 1, 2, 7 o 9', 'Lascia un messaggio']);
    }),
  );

  it(
    'changes its language as often as the caller wants',
    on(async ({ twilio, until }) => {
      const call = twilio.placeCall({ from: ANNA });
      for (const key of ['9', '7', '9']) {
        await until('keys are asked for', () => call.hears.keys);
        call.press(key);
        await twilio.idle();
      }
      expect(heardBy(call)).toEqual([
        'Premi 1, 2, 7 o 9',
        'Press 1, 2, 7 or 9',
        'Premi 1, 2, 7 o 9',
        'Press 1, 2, 7 or 9',
      ]);
    }),
  );

  it(
    'whose request is repeated is told the same words and makes the same facts',
    on(async ({ post, host }) => {
      const first = await post('/voice', inbound());
      const again = await post('/voice', inbound({ CallStatus: 'in-progress' }));
      expect(again.text).toBe(first.text);
      const action = addressIn(first.text, 'action');
      const chosen = await post(action, inbound({ Digits: '1' }));
      expect((await post(action, inbound({ Digits: '1' }))).text).toBe(chosen.text);
      expect(chosen.text).toContain('<Enqueue');
      expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
      expect(shownOf(host, SID)?.steps.map(one => one.step)).toEqual(['menu', 'menu', 'attesa']);
    }),
  );

  it(
    'is not changed by late news, nor by anything after its end',
    on(async ({ post, host }) => {
      await post('/voice', inbound());
      const status = (CallStatus: string, SequenceNumber: string) =>
        post('/voice/status', inbound({ CallStatus, SequenceNumber }));
      await status('in-progress', '2');
      await status('failed', '1');
      expect(shownOf(host, SID)?.endedAt).toBeUndefined();
      await status('completed', '3');
      const ended = shownOf(host, SID);
      expect(ended).toMatchObject({ ending: 'abandoned' });
      await status('failed', '4');
      expect(shownOf(host, SID)).toEqual(ended);
    }),
  );

  it(
    'that could not be held hears the fallback, and is known by its end all the same',
    on(async ({ twilio, host, until }) => {
      const receive = host.receive.bind(host);
      host.receive = async (raw, delivery) => {
        if (delivery.about?.path === '/voice') throw new HouseFault('not now');
        return receive(raw, delivery);
      };
      const call = twilio.placeCall({ from: ANNA });
      await until('its end is told', () => shownOf(host, call.sid)?.endedAt !== undefined);
      expect(heardBy(call)).toEqual([expect.stringContaining('non riusciamo a rispondere')]);
      expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
    }),
  );

  it(
    'is told "not now" when its step is not held in time, and gets the step when it asks again',
    on(
      async ({ post, host }) => {
        const receive = host.receive.bind(host);
        let free = (): void => undefined;
        const held = new Promise<void>(resolve => (free = resolve));
        host.receive = async (...told) => {
          await held;
          return receive(...told);
        };
        expect((await post('/voice', inbound())).status).toBe(503);
        free();
        host.receive = receive;
        const again = await post('/voice', inbound());
        expect([again.status, again.text]).toEqual([200, expect.stringContaining('<Gather')]);
        expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
      },
      { env: { PHONE_ANSWER_WITHIN_MS: '50' } },
    ),
  );

  it(
    'outside the hours comes to the mailbox, and without a message ends as such',
    on(
      async ({ twilio, host, until }) => {
        const call = twilio.placeCall({ from: ANNA });
        await until('a message is asked for', () => call.hears.recorded);
        call.hangUp();
        await until('its end is told', () => shownOf(host, call.sid)?.endedAt !== undefined);
        expect(shownOf(host, call.sid)).toMatchObject({
          ending: 'closed_hours',
          steps: [{ step: 'orari', choice: 'closed' }, {}],
        });
      },
      { flow: ALWAYS_CLOSED },
    ),
  );

  it(
    'from a hidden number is a person of its own',
    on(async ({ post, host }) => {
      await post('/voice', inbound({ From: 'anonymous' }));
      await post('/voice', inbound({ From: 'anonymous', CallSid: `CA${'2'.repeat(32)}` }));
      expect(new Set(host.messages.map(one => one.conversation)).size).toBe(2);
      expect(host.messages.map(one => one.from.kind)).toEqual(['withheld', 'withheld']);
    }),
  );
});

describe('a message left in the mailbox', () => {
  const recording = {
    CallSid: SID,
    RecordingSid: `RE${'2'.repeat(32)}`,
    RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE',
    RecordingStatus: 'completed',
    RecordingDuration: '9',
  };

  it.each(['keep', 'publish'] as const)('is not lost when the house could not %s it at first', async step => {
    await inWorld({}, async ({ post, host }) => {
      await post('/voice', inbound());
      host.breaks = step;
      await expect(post('/voice/recording', recording)).rejects.toThrow('the house cannot');
      host.breaks = undefined;
      expect((await post('/voice/recording', recording)).status).toBe(200);
      expect(host.messages.map(one => one.externalId)).toContain(recording.RecordingSid);
    });
  });

  it(
    'makes a mailbox of a call that was thought abandoned',
    on(async ({ post, host }) => {
      await post('/voice', inbound());
      await post('/voice/status', inbound({ CallStatus: 'completed', SequenceNumber: '0' }));
      await post('/voice/recording', recording);
      expect(shownOf(host, SID)).toMatchObject({ ending: 'voicemail', endedAt: expect.any(String) });
    }),
  );

  it(
    'in which nothing was said is no message',
    on(async ({ post, host }) => {
      await post('/voice', inbound());
      await post('/voice/recording', { ...recording, RecordingStatus: 'absent', RecordingDuration: '0' });
      expect(host.messages).toHaveLength(1);
    }),
  );
});

describe('the words of emergency', () => {
  it(
    'are said first, to each caller once, and to nobody after they are taken back',
    on(async ({ twilio, session, until }) => {
      const admin = (method: string, token: string, body?: string): Promise<Response> | undefined =>
        session.admin?.(
          new Request('http://127.0.0.1:9/telefono/admin/announcement', {
            method,
            headers: { authorization: `Bearer ${token}` },
            ...(body ? { body } : {}),
          }),
        );
      const text = 'Acqua non potabile in centro.';
      expect((await admin('PUT', 'a-token-of-a-stranger', JSON.stringify({ text })))?.status).toBe(401);
      expect((await admin('PUT', 'a-token-of-the-spec', JSON.stringify({ text: '' })))?.status).toBe(422);
      expect((await admin('PUT', 'a-token-of-the-spec', JSON.stringify({ text })))?.status).toBe(200);
      const call = twilio.placeCall({ from: ANNA });
      await until('the menu is said', () => call.hears.keys);
      call.press('1');
      await until('the caller waits', () => call.state === 'waiting');
      await twilio.advance(20);
      expect(heardBy(call).filter(one => one === text)).toHaveLength(1);
      expect(heardBy(call)[0]).toBe(text);
      expect((await admin('DELETE', 'a-token-of-the-spec'))?.status).toBe(204);
      const later = twilio.placeCall({ from: ANNA });
      await until('the menu is said', () => later.hears.keys);
      expect(heardBy(later)).not.toContain(text);
    }),
  );
});

describe('transcription', () => {
  it(
    'is announced, and its sentences are put in order however they come',
    on(
      async ({ post, host }) => {
        const menu = await post('/voice', inbound());
        const queued = await post(addressIn(menu.text, 'action'), inbound({ Digits: '1' }));
        expect(queued.text).toMatch(
          /<Say[^>]*>Le tue parole saranno trascritte\.<\/Say><Start><Transcription [^>]*languageCode="it-IT"[^>]*track="inbound_track"/,
        );
        expect(queued.text.indexOf('<Start>')).toBeLessThan(queued.text.indexOf('<Enqueue'));
        const sentence = (SequenceId: string, transcript: string, Final = 'true') =>
          post('/voice/transcription', {
            CallSid: SID,
            TranscriptionSid: 'GT1',
            TranscriptionEvent: 'transcription-content',
            TranscriptionData: JSON.stringify({ transcript, confidence: 0.9 }),
            SequenceId,
            Final,
          });
        await sentence('3', 'è spento.');
        await sentence('2', 'Il lampione');
        await sentence('4', 'Gra', 'false');
        await sentence('2', 'Il lampione');
        await post('/voice/transcription', {
          CallSid: SID,
          TranscriptionEvent: 'transcription-content',
          TranscriptionData: 'no JSON',
          SequenceId: '9',
        });
        expect(shownOf(host, SID)?.transcription).toBe('Il lampione\nè spento.');
      },
      { env: { TRANSCRIBE_CALLS: 'true' } },
    ),
  );
});

describe('addresses', () => {
  it(
    'that are none of ours are not found, and only posts are taken',
    on(async ({ post, session }) => {
      expect((await post('/elsewhere', {})).status).toBe(404);
      const got = await session.webhook?.(new Request('http://127.0.0.1:9/telefono/voice'));
      expect([got?.status, got?.headers.get('allow')]).toEqual([405, 'POST']);
      const fallback = await session.webhook?.(new Request('http://127.0.0.1:9/telefono/voice/fallback'));
      expect(await fallback?.text()).toContain('<Say language="it-IT">Ci scusiamo');
    }),
  );
});
