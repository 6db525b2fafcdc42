/** One thing done on a line. A list of them is what a webhook answers; rendered by `twiml.ts`. */
export type Act =
  | { readonly do: 'say'; readonly text: string; readonly language: string }
  | { readonly do: 'play'; readonly url: string; readonly loop?: number }
  | { readonly do: 'pause'; readonly seconds: number }
  /** Asks for keys, or for words when there are hints. Silence goes to `silence`, or on to the next act when absent. */
  | {
      readonly do: 'ask';
      readonly text: string;
      readonly language: string;
      readonly action: string;
      readonly silence?: string;
      readonly digits?: number;
      readonly finishOnKey?: string;
      readonly timeoutSeconds: number;
      readonly hints?: readonly string[];
    }
  | {
      readonly do: 'enqueue';
      readonly queue: string;
      readonly wait: string;
      readonly left: string;
      readonly maxWaiting?: number;
    }
  | {
      readonly do: 'record';
      readonly action: string;
      readonly status: string;
      readonly maxSeconds: number;
      readonly language: string;
    }
  /** Takes the first caller of a line. */
  | {
      readonly do: 'take';
      readonly queue: string;
      readonly whisper: string;
      readonly done: string;
      readonly recorded?: string;
    }
  /** Calls a telephone and joins it. */
  | {
      readonly do: 'dial';
      readonly number: string;
      readonly callerId: string;
      readonly done: string;
      readonly whisper?: string;
      readonly status?: string;
      readonly ringSeconds: number;
      readonly recorded?: string;
    }
  | { readonly do: 'transcribe'; readonly status: string; readonly language: string }
  | { readonly do: 'redirect'; readonly url: string }
  | { readonly do: 'leave' }
  | { readonly do: 'hangup' };
