import { describe, expect, it } from '@jest/globals';
import { eventsOf, type StreamEvent } from './live.js';

const streamOf = (...pieces: readonly string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });

const read = async (stream: ReadableStream<Uint8Array>): Promise<{ events: StreamEvent[]; signs: number }> => {
  const events: StreamEvent[] = [];
  let signs = 0;
  for await (const event of eventsOf(stream, () => (signs += 1))) events.push(event);
  return { events, signs };
};

describe('the events of a stream', () => {
  it('are whole, wherever the network cut them', async () => {
    const { events } = await read(
      streamOf('retry: 2000\n\nevent: case.cha', 'nged\nid: 7-1\nda', 'ta: {"case":"c","note":"perché: sì"}\n', '\n'),
    );
    expect(events).toEqual([{ name: 'case.changed', id: '7-1', data: { case: 'c', note: 'perché: sì' } }]);
  });

  it('are whole also where a letter was cut in two', async () => {
    const bytes = new TextEncoder().encode('event: a\ndata: {"x":"è"}\n\n');
    const cut = bytes.indexOf(0xc3) + 1;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut));
        controller.enqueue(bytes.slice(cut));
        controller.close();
      },
    });
    expect((await read(stream)).events).toEqual([{ name: 'a', data: { x: 'è' } }]);
  });

  it('count a comment as a sign of life and as nothing else', async () => {
    expect(await read(streamOf(':\n\n', ':\n\n'))).toEqual({ events: [], signs: 2 });
  });
});
