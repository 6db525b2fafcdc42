import type { Answerer, Work } from './eligible.js';
import { DEFAULT_QUEUE, type QueueSettings } from './queue-settings.js';

/** Work of a test; what is given replaces what is made up. */
export const aWork = (more: Partial<Work> & Pick<Work, 'id'>): Work => ({
  office: 'urp',
  channel: 'letters',
  weight: 20,
  channelMax: null,
  exclusive: false,
  interruptible: true,
  skills: [],
  priority: 'normal',
  virtualStart: 0,
  dueAt: null,
  first: false,
  sticky: null,
  target: null,
  needKey: null,
  excluded: [],
  ...more,
});

/** An operator of a test, free and alive at instant 0. */
export const anAnswerer = (more: Partial<Answerer> & Pick<Answerer, 'id'>): Answerer => ({
  offices: ['urp'],
  status: 'available',
  heartbeatAt: 0,
  channels: null,
  skills: {},
  capacity: 100,
  load: 0,
  inHand: {},
  exclusive: 0,
  firm: 0,
  idleSince: 0,
  lastOfferAt: 0,
  ...more,
});

export const aQueue = (more: Partial<QueueSettings> = {}): QueueSettings => ({
  ...DEFAULT_QUEUE,
  strategy: 'longest_idle',
  ...more,
});
