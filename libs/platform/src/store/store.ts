/** Bytes by name. What is written is durable when `write` resolves; writing the same name twice is a success. */
export interface Store {
  /** Keeps the bytes under a name that is never given other bytes. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or `undefined` when nothing has that name. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Adds a line to those of a folder; durable when it resolves. Lines that come together share one sync. */
  append(folder: string, line: string): Promise<void>;
  /** The lines of a folder, in no order. */
  lines(folder: string): AsyncIterable<string>;
  /**
   * Writes lines of a folder anew: those for which `rewrite` gives another text, no longer than the line. Lines that are being
   * added meanwhile stay; killed in the middle, it is done again.
   */
  rewriteLines(folder: string, rewrite: (line: string) => string | undefined): Promise<void>;
  /** Destroys what has the name, if anything has. */
  remove(name: string): Promise<void>;
  /** When what has the name was last written; `undefined` when nothing has. */
  writtenAt(name: string): Promise<Date | undefined>;
  /** Names under a folder, in order of name. */
  list(folder: string): Promise<string[]>;
  /** Throws when bytes cannot be kept durably: writes, reads back and compares. */
  probe(): Promise<void>;
}
