declare module 'clamscan' {
  import type { Readable } from 'node:stream';
  interface Options {
    readonly clamscan: { readonly active: boolean };
    readonly clamdscan: {
      readonly host: string;
      readonly port: number;
      readonly timeout: number;
      readonly socket: false;
      readonly localFallback: boolean;
      readonly bypassTest: boolean;
    };
    readonly preference: 'clamdscan';
  }
  class NodeClam {
    init(options: Options): Promise<this>;
    scanStream(stream: Readable): Promise<{ isInfected: boolean | null; viruses: string[]; timeout?: boolean }>;
  }
  export = NodeClam;
}
