import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Schemas } from '../api/client.js';
import { Refusal } from '../api/refusal.js';
import { DraftKeeper, type DraftCore } from './draft-keeper.js';
import { isEmpty, rejoined, type Draft } from './rejoined.js';

type View = Schemas['DraftView'];

const file = (id: string): Draft['attachments'][number] => ({
  id,
  filename: 'a',
  mediaType: 'image/png',
  size: 1,
  scan: 'clean',
});
const draft = (text: string, more: Partial<Draft> = {}): Draft => ({
  key: 'k',
  text,
  subject: '',
  conversation: undefined,
  visibility: undefined,
  attachments: [],
  begunFrom: 1,
  version: 0,
  ...more,
});
const refusal = (status: number, problem: string): Refusal => new Refusal(status, problem, undefined, undefined);

/** The drafts of one case as the core keeps them: one, under the key it was begun with; what was said is a draft no more. */
class Core implements DraftCore {
  row: View | undefined;
  readonly said = new Set<string>();
  down = false;
  /** Does what it is asked, and the answer is lost. */
  silent = false;
  private saves = 0;

  private asked(): void {
    if (this.down) throw refusal(0, 'unreachable');
  }
  read = (): Promise<View | undefined> =>
    Promise.resolve().then(() => {
      this.asked();
      return this.row;
    });
  discard = (version: number): Promise<unknown> =>
    Promise.resolve().then(() => {
      this.asked();
      if (this.row && this.row.version !== version) throw refusal(412, 'version-stale');
      this.row = undefined;
    });
  save = (next: Draft): Promise<View> =>
    Promise.resolve().then(() => {
      this.asked();
      if (this.said.has(next.key)) throw refusal(409, 'already-said');
      if (this.row?.text === next.text) return this.row;
      if ((this.row?.version ?? 0) !== next.version) throw refusal(412, 'version-stale');
      this.saves += 1;
      this.row = {
        case: { id: 'c', number: '1', subject: 's', state: 'assigned' },
        kind: 'reply',
        key: this.row?.key ?? next.key,
        text: next.text,
        attachments: [...next.attachments],
        begunFrom: next.begunFrom,
        caseVersion: next.begunFrom,
        version: next.version + 1,
        savedAt: new Date(this.saves * 1_000).toISOString(),
      };
      if (this.silent) throw refusal(0, 'unreachable');
      return this.row;
    });
  /** Says it under a key, once. */
  say = ({ key, version }: Pick<Draft, 'key' | 'version'>): Promise<string> =>
    Promise.resolve().then(() => {
      this.asked();
      if (this.row && this.row.version !== version) throw refusal(412, 'version-stale');
      this.said.add(key);
      this.row = undefined;
      return key;
    });
}

let names = 0;
const told = jest.fn();
const screenOf = (core: Core): DraftKeeper => {
  names += 1;
  return new DraftKeeper(`draft.${names}`, core, told);
};

beforeEach(() => {
  jest.useFakeTimers();
  told.mockClear();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a draft at two screens', () => {
  it('is told to the core a moment after the last key, and found at the other with the key that sends it', async () => {
    const core = new Core();
    const [one, other] = [screenOf(core), screenOf(core)];
    one.change({ text: 'Buon' }, 3);
    one.change({ text: 'Buongiorno' }, 3);
    expect(one.read().kept).toBe('nowhere');
    await jest.advanceTimersByTimeAsync(800);
    expect(one.read().kept).toBe('core');
    await other.refresh();
    expect(other.read()).toMatchObject({ kept: 'core', ready: true, draft: { text: 'Buongiorno', begunFrom: 3 } });
    expect(other.read().draft.key).toBe(one.read().draft.key);
  });

  it('goes on under the key it has there when both began one', async () => {
    const core = new Core();
    const [one, other] = [screenOf(core), screenOf(core)];
    one.change({ text: 'Uno' }, 1);
    await one.tell();
    other.change({ text: 'Due' }, 1);
    await other.tell();
    other.keepMine();
    await other.tell();
    expect(other.read()).toMatchObject({ kept: 'core', draft: { key: one.read().draft.key, text: 'Due' } });
  });

  const apart = async (): Promise<{ core: Core; one: DraftKeeper; other: DraftKeeper }> => {
    const core = new Core();
    const [one, other] = [screenOf(core), screenOf(core)];
    one.change({ text: 'Buon' }, 1);
    await one.tell();
    await other.refresh();
    other.change({ text: 'Buongiorno da casa' }, 1);
    one.change({ text: 'Buongiorno dall’ufficio' }, 1);
    await one.tell();
    await other.tell();
    return { core, one, other };
  };

  it('written on at both is written over by neither: the second sees both, and nothing goes on by itself', async () => {
    const { core, other } = await apart();
    expect(other.read()).toMatchObject({
      kept: 'nowhere',
      draft: { text: 'Buongiorno da casa' },
      theirs: { text: 'Buongiorno dall’ufficio' },
    });
    other.change({ text: 'Buongiorno da casa mia' }, 1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(core.row?.text).toBe('Buongiorno dall’ufficio');
    expect(other.read().theirs?.text).toBe('Buongiorno dall’ufficio');
  });

  it.each([
    [
      'one after the other',
      (keeper: DraftKeeper) => keeper.joinBoth(),
      'Buongiorno dall’ufficio\n\nBuongiorno da casa',
    ],
    ['those of here', (keeper: DraftKeeper) => keeper.keepMine(), 'Buongiorno da casa'],
    ['those of the other screen', (keeper: DraftKeeper) => keeper.takeTheirs(), 'Buongiorno dall’ufficio'],
  ])('written on at both becomes what whoever wrote decides: %s', async (_, decide, text) => {
    const { core, one, other } = await apart();
    decide(other);
    await jest.advanceTimersByTimeAsync(800);
    expect([core.row?.text, other.read().draft.text, other.read().theirs]).toEqual([text, text, undefined]);
    await one.refresh();
    expect(one.read()).toMatchObject({ kept: 'core', draft: { text } });
  });

  it('is no other one when only the answer was lost, also when it was written on meanwhile', async () => {
    const core = new Core();
    const screen = screenOf(core);
    core.silent = true;
    screen.change({ text: 'Buon' }, 1);
    await screen.tell();
    core.silent = false;
    screen.change({ text: 'Buongiorno' }, 1);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(screen.read()).toMatchObject({ kept: 'core', theirs: undefined });
    expect(core.row?.text).toBe('Buongiorno');
  });

  it('emptied at one while the other wrote on is that of the other; put away there, it goes on here', async () => {
    const { core, one } = await apart();
    const third = screenOf(core);
    await third.refresh();
    one.change({ text: 'Buongiorno a tutti' }, 1);
    await one.tell();
    third.change({ text: '' }, 1);
    await third.tell();
    expect(third.read()).toMatchObject({ kept: 'core', draft: { text: 'Buongiorno a tutti' } });
    one.change({ text: '' }, 1);
    await one.tell();
    third.change({ text: 'Ecco' }, 1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect([core.row?.text, third.read().theirs]).toEqual(['Ecco', undefined]);
  });

  it('is said at one, and gone at the other that has the same words', async () => {
    const core = new Core();
    const [one, other] = [screenOf(core), screenOf(core)];
    one.change({ text: 'Arriviamo' }, 1);
    await one.tell();
    await other.refresh();
    const key = await one.say(core.say);
    expect(one.read()).toMatchObject({ kept: 'nothing', draft: { text: '' } });
    other.hear(new Map([[key, 'Arriviamo']]));
    expect(isEmpty(other.read().draft)).toBe(true);
    expect(told).toHaveBeenCalledTimes(1);
    expect(other.read().draft.key).not.toBe(key);
  });

  it('is said at one, and at the other with other words it waits to be decided upon: nothing is saved or sent by itself', async () => {
    const core = new Core();
    const [one, other] = [screenOf(core), screenOf(core)];
    one.change({ text: 'Arriviamo' }, 1);
    await one.tell();
    await other.refresh();
    await one.say(core.say);
    other.change({ text: 'Arriviamo domani' }, 1);
    await other.tell();
    expect(other.read()).toMatchObject({ said: true, draft: { text: 'Arriviamo domani' } });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(core.row).toBeUndefined();
    other.goOn();
    await jest.advanceTimersByTimeAsync(800);
    expect(core.row?.text).toBe('Arriviamo domani');
    expect(core.said.has(core.row?.key ?? '')).toBe(false);
  });

  it('is not said by the one that did not see what the other saved: both stand there, and whichever is kept is said', async () => {
    const core = new Core();
    const [one, other] = [screenOf(core), screenOf(core)];
    one.change({ text: 'Arriviamo' }, 1);
    await one.tell();
    await other.refresh();
    other.change({ text: 'Arriviamo domani' }, 1);
    await other.tell();
    await expect(one.say(core.say)).rejects.toThrow();
    expect(one.read()).toMatchObject({ draft: { text: 'Arriviamo' }, theirs: { text: 'Arriviamo domani' } });
    expect(core.row?.text).toBe('Arriviamo domani');
    expect(core.said.size).toBe(0);
    one.takeTheirs();
    await one.say(core.say);
    expect(one.read()).toMatchObject({ kept: 'nothing', draft: { text: '' } });
    expect(core.said.size).toBe(1);
  });

  it('is said at once where it was this screen that saved it, and was not answered', async () => {
    const core = new Core();
    const screen = screenOf(core);
    screen.change({ text: 'Arriviamo' }, 1);
    core.silent = true;
    await screen.tell();
    core.silent = false;
    await screen.say(core.say);
    expect(screen.read()).toMatchObject({ kept: 'nothing', theirs: undefined });
    expect(core.said.size).toBe(1);
  });

  it('sent at both in other words is told to the second, who keeps theirs', async () => {
    const screen = screenOf(new Core());
    screen.change({ text: 'Altro' }, 1);
    await expect(screen.say(() => Promise.reject(refusal(409, 'idempotency-mismatch')))).rejects.toThrow();
    expect(screen.read()).toMatchObject({ said: true, draft: { text: 'Altro' } });
    await screen.drop();
    expect(screen.read()).toMatchObject({ said: false, kept: 'nothing', draft: { text: '' } });
  });
});

describe('a draft while nobody answers', () => {
  it('waits, is seen to wait, and is told as soon as the connection is there again', async () => {
    const core = new Core();
    const screen = screenOf(core);
    await screen.refresh();
    core.down = true;
    screen.change({ text: 'Senza rete' }, 1);
    await jest.advanceTimersByTimeAsync(800);
    expect(core.row).toBeUndefined();
    core.down = false;
    screen.heal();
    await jest.advanceTimersByTimeAsync(10_000);
    expect([screen.read().kept, core.row?.text]).toEqual(['core', 'Senza rete']);
  });

  it('is asked for until it is known whether there is one: nothing is written over it before', async () => {
    const core = new Core();
    await core.save(draft('Da un altro schermo'));
    core.down = true;
    const screen = screenOf(core);
    await screen.refresh();
    expect(screen.read().ready).toBe(false);
    core.down = false;
    await jest.advanceTimersByTimeAsync(3_000);
    expect(screen.read()).toMatchObject({ ready: true, draft: { text: 'Da un altro schermo' } });
  });
});

describe('a reply that was taken back', () => {
  it('is the draft again, before what was begun meanwhile, under a key of its own', () => {
    expect(rejoined(draft('prima'), draft('prima')).text).toBe('prima');
    expect(rejoined(draft('prima', { attachments: [file('1')] }), draft('', { key: 'new' }))).toEqual(
      draft('prima', { key: 'new', attachments: [file('1')] }),
    );
    expect(
      rejoined(
        draft('prima', { attachments: [file('1')] }),
        draft('dopo', { key: 'new', attachments: [file('1'), file('2')] }),
      ),
    ).toEqual(draft('prima\n\ndopo', { key: 'new', attachments: [file('1'), file('2')] }));
  });

  it('takes up what the core made of it, after somebody left and began another', async () => {
    const core = new Core();
    const screen = screenOf(core);
    screen.change({ text: 'Presto' }, 1);
    await screen.tell();
    const words = screen.read().draft;
    await screen.say(core.say);
    screen.change({ text: 'Altro' }, 1);
    await screen.takeBack(words, async () => {
      // The core puts the words before what was begun.
      await core.save({ ...draft(`Presto\n\n${core.row?.text ?? ''}`), key: 'other', version: core.row?.version ?? 0 });
    });
    expect(screen.read().draft.text).toBe('Presto\n\nAltro');
    await screen.tell();
    expect(core.row?.text).toBe('Presto\n\nAltro');
  });
});
