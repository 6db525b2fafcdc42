import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@filodiretto/platform';
import { Background, type Patience } from './background.js';

const log = createLogger('test', 'silent');

describe('work in the background', () => {
  let background: Background | undefined;
  afterEach(() => background?.stop());

  /** How many steps it makes in a while, each of which takes so long and does something. */
  async function steps(milliseconds: number, patience: Patience): Promise<number> {
    let made = 0;
    const step = async (): Promise<number> => {
      await new Promise(resolve => setTimeout(resolve, 10));
      made += 1;
      return 1;
    };
    background = new Background('a test', step, log, patience);
    background.start();
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    await background.stop();
    return made;
  }

  it('waits for more, so that it is done together', async () => {
    expect(await steps(900, { gathers: () => 400 })).toBeLessThanOrEqual(4);
  });
  it('gives way to what is urgent, but does a little all the same', async () => {
    const [urgent, calm] = [
      await steps(1_500, { givesWay: () => true }),
      await steps(1_500, { givesWay: () => false }),
    ];
    expect(urgent).toBeGreaterThan(1);
    expect(calm).toBeGreaterThan(urgent * 1.5);
  });
  it('rests no longer than a second', async () => {
    expect(await steps(2_600, { gathers: () => 60_000, givesWay: () => true })).toBeGreaterThanOrEqual(2);
  });
});
