/** What the linked device tells, as it is kept: plain data, the same for ever. */
export type WebEvent =
  | { readonly kind: 'message'; readonly message: WebMessage }
  | { readonly kind: 'edit'; readonly message: WebMessage; readonly body: string }
  | { readonly kind: 'revoke'; readonly message: WebMessage }
  | {
      readonly kind: 'reaction';
      readonly id: string;
      readonly to: string;
      readonly person: WebPerson;
      readonly emoji: string;
      readonly timestamp: number;
    }
  | { readonly kind: 'ack'; readonly id: string; readonly person: WebPerson; readonly ack: number }
  | { readonly kind: 'call'; readonly id: string; readonly person: WebPerson; readonly timestamp: number };

/** A person; `phone` is missing while the device knows them by another identifier only. */
export interface WebPerson {
  /** As the device names them: `<number>@c.us`, `<identifier>@lid`. */
  readonly chat: string;
  readonly phone?: string;
  readonly name?: string;
}
export interface WebMessage {
  /** The same whichever name the chat goes under. */
  readonly id: string;
  /** By which the device finds it again. */
  readonly handle: string;
  readonly person: WebPerson;
  readonly fromMe: boolean;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly type: string;
  readonly body: string;
  readonly hasMedia: boolean;
  readonly mediaType?: string;
  readonly filename?: string;
  readonly quoted?: string;
  readonly forwarded?: boolean;
  readonly location?: { readonly latitude: number; readonly longitude: number; readonly name?: string };
  readonly cards?: readonly string[];
}

/** How the device stands. `ready` is the only good one. */
export interface WebState {
  readonly name: string;
  readonly detail?: string;
  /** What the person shows to the telephone in order to link it. */
  readonly qr?: string;
}

/** What a linked device must be able to do for us; the library behind it is loaded only when this driver is chosen. */
export interface WaWebClient {
  /** Told in order. What the listener throws is the listener's affair. */
  onEvent(listener: (event: WebEvent) => void): void;
  onState(listener: (state: WebState) => void): void;
  /** Opens the browser and links. Rejects when it cannot. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** How the network says, asked now, that the device stands: `CONNECTED` is the only good one. */
  state(): Promise<string>;
  /** What people wrote since an instant (Unix seconds), oldest first; what the device still remembers. */
  missed(since: number): Promise<WebMessage[]>;
  /** Gives the message's id. Rejects when nobody knows whether it was sent. */
  sendText(chat: string, text: string, quoted?: string): Promise<string>;
  sendMedia(chat: string, media: WebMedia, caption: string): Promise<string>;
  sendLocation(chat: string, place: { latitude: number; longitude: number; name?: string }): Promise<string>;
  /** Whether a number is on the network. */
  isKnown(chat: string): Promise<boolean>;
  /** The bytes of an attachment; `undefined` when the device no longer has it. */
  download(handle: string): Promise<WebMedia | undefined>;
}
export interface WebMedia {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly filename?: string;
}
