/** An invented citizen whose telephone and mailbox the page shows. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly telephone: string;
}

/** One thing said, by either side. */
export interface Line {
  readonly id: string;
  readonly at: string;
  readonly by: 'citizen' | 'administration';
  readonly text: string;
  /** Title, where the channel has one. */
  readonly subject?: string;
  /** From which address, or to which, where it matters. */
  readonly address?: string;
  /** What became of it: delivered, read … in the citizen's words. */
  readonly note?: string;
}

/** The call of a citizen, as they hear it. */
export interface PhoneCall {
  readonly state: 'ringing' | 'speaking' | 'waiting' | 'talking' | 'ended';
  /** Whether keys do something now. */
  readonly keys: boolean;
  /** Whether the voice of the citizen is being recorded: words typed are what they say. */
  readonly listening: boolean;
  readonly lines: readonly Line[];
}

/** Everything that one citizen sees. */
export interface CitizenSide {
  readonly email: readonly Line[];
  readonly whatsapp: readonly Line[];
  readonly messenger: readonly Line[];
  readonly webform: readonly Line[];
  readonly sms: readonly Line[];
  readonly call?: PhoneCall;
}

/** Addresses of the administration that a citizen may write to. */
interface Administration {
  readonly name: string;
  readonly mailboxes: readonly { readonly address: string; readonly name: string }[];
  readonly telephone: string;
}

/** What the page is told when it opens. */
export interface Opening {
  readonly administration: Administration;
  readonly personas: readonly Persona[];
}
