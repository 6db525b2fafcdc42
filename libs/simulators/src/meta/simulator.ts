import type { Clock } from './clock.js';
import type { MediaStore } from './media-store.js';
import type { Pages } from './page.js';
import type { RestFaults } from './rest-faults.js';
import type { Webhooks } from './webhooks.js';
import type { Whatsapp } from './whatsapp.js';

export interface MetaSimulatorOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly host?: string;
  /** Signs the webhooks. */
  readonly appSecret: string;
  /** What `verify` sends as `hub.verify_token`. */
  readonly verifyToken: string;
  /** What the REST side accepts as Bearer. */
  readonly accessToken: string;
  readonly appId?: string;
  /** Where webhooks go, by product. */
  readonly webhooks?: { readonly whatsapp?: string; readonly page?: string };
  /** phone_number_id → number shown. */
  readonly numbers?: Readonly<Record<string, string>>;
  /** page id → name. */
  readonly pages?: Readonly<Record<string, string>>;
  readonly waba?: string;
  /** Waits before a webhook that was not answered 2xx is sent again; the last one goes on for 7 days. */
  readonly retryDelaysMs?: readonly number[];
}

/** A provider's double for WhatsApp, Messenger and page comments: it keeps state, signs, and does wrong on demand. */
export interface MetaSimulator {
  readonly url: string;
  readonly clock: Clock;
  readonly webhooks: Webhooks;
  readonly media: MediaStore;
  readonly faults: RestFaults;
  readonly whatsapp: Whatsapp;
  readonly pages: Pages;
  /** Asks a webhook address to prove itself, as when it is registered; gives status and body. */
  verify(target: string): Promise<{ status: number; body: string }>;
  /** Resolves when every webhook was answered 2xx, or lost, and nothing waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
