import type { AddressInfo } from 'node:net';
import { Clock } from './clock.js';
import { MediaStore } from './media-store.js';
import { Pages } from './page.js';
import { RestFaults } from './rest-faults.js';
import { serve } from './server.js';
import type { MetaSimulator, MetaSimulatorOptions } from './simulator.js';
import { Webhooks } from './webhooks.js';
import { Whatsapp } from './whatsapp.js';

/** Starts the double on 127.0.0.1. Control API under `/_control/…` (see `control.ts`). */
export async function startMetaSimulator(options: MetaSimulatorOptions): Promise<MetaSimulator> {
  const clock = new Clock();
  const faults = new RestFaults();
  const webhooks = new Webhooks(
    clock,
    options.appSecret,
    {
      ...(options.webhooks?.whatsapp ? { whatsapp_business_account: options.webhooks.whatsapp } : {}),
      ...(options.webhooks?.page ? { page: options.webhooks.page } : {}),
    },
    options.retryDelaysMs ?? [500, 1_000, 2_000, 5_000, 15_000, 60_000],
  );
  let url = '';
  const media = new MediaStore(clock, () => url);
  const numbers = new Map(Object.entries(options.numbers ?? { '106540352242922': '390550000001' }));
  const pages = new Map(Object.entries(options.pages ?? { '108870000000001': 'Comune di prova' }));
  const simulator: Omit<MetaSimulator, 'url'> = {
    clock,
    webhooks,
    media,
    faults,
    whatsapp: new Whatsapp(clock, webhooks, media, faults, numbers, options.waba ?? '102290129340398'),
    pages: new Pages(clock, webhooks, media, faults, pages, options.appId ?? '1000000000000001'),
    async verify(target) {
      const asked = new URL(target);
      asked.search = new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.challenge': '1158201444',
        'hub.verify_token': options.verifyToken,
      }).toString();
      const answer = await fetch(asked);
      return { status: answer.status, body: await answer.text() };
    },
    idle: () => webhooks.idle(),
    async close() {
      webhooks.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  const complete: MetaSimulator = Object.defineProperty({ ...simulator, url: '' }, 'url', {
    get: () => url,
    enumerable: true,
  });
  const server = serve(complete, options.accessToken);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return complete;
}

export type { Citizen, ChatMessage, Saying, Whatsapp } from './whatsapp.js';
export type { MetaSimulator, MetaSimulatorOptions } from './simulator.js';
export type { Follower, PageComment, PageMessage, PageSaying, Pages } from './page.js';
