import { describe, expect, it } from '@jest/globals';
import { runSteps, type Step } from './steps.js';

const ignore = (): void => undefined;
const step = (name: string, after: readonly string[] = [], faults: readonly string[] = []): Step => ({
  name,
  after,
  run: async () => faults,
});

describe('the steps of a check', () => {
  it('a step runs only after those it needs', async () => {
    const order: string[] = [];
    const noting = (name: string, after: readonly string[] = []): Step => ({
      name,
      after,
      run: async () => {
        await Promise.resolve();
        order.push(name);
        return [];
      },
    });
    await runSteps([noting('lint', ['graph']), noting('graph')], 2, ignore);
    expect(order).toEqual(['graph', 'lint']);
  });

  it('a fault does not stop the others, and what needs the failed one is not run', async () => {
    const results = await runSteps([step('a', [], ['broken']), step('b', ['a']), step('c')], 1, ignore);
    expect(results.map(({ name, state, faults }) => ({ name, state, faults }))).toEqual([
      { name: 'a', state: 'wrong', faults: ['broken'] },
      { name: 'b', state: 'not run', faults: ['needs: a'] },
      { name: 'c', state: 'right', faults: [] },
    ]);
  });

  it('a step that throws is wrong, not forgotten', async () => {
    const broken: Step = { name: 'a', run: () => Promise.reject(new Error('no such file')) };
    const [result] = await runSteps([broken], 1, ignore);
    expect(result?.state).toBe('wrong');
    expect(result?.faults[0]).toContain('no such file');
  });

  it('no more steps run at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const busy = (name: string): Step => ({
      name,
      run: async () => {
        most = Math.max(most, ++running);
        await new Promise(resolve => setImmediate(resolve));
        running--;
        return [];
      },
    });
    await runSteps(['a', 'b', 'c', 'd'].map(busy), 2, ignore);
    expect(most).toBe(2);
  });

  it('steps that wait for each other, or for none that exists, are refused', async () => {
    await expect(runSteps([step('a', ['b']), step('b', ['a'])], 1, ignore)).rejects.toThrow('wait for each other');
    await expect(runSteps([step('a', ['z'])], 1, ignore)).rejects.toThrow('do not exist: z');
  });
});
