/** The store of blobs and receptions, in memory: what the real raw store needs beneath it. */
export class MemoryStore {
  private readonly bytes = new Map<string, Uint8Array>();
  private readonly folders = new Map<string, string[]>();

  write(name: string, bytes: Uint8Array): Promise<void> {
    if (!this.bytes.has(name)) this.bytes.set(name, Uint8Array.from(bytes));
    return Promise.resolve();
  }
  read(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.bytes.get(name));
  }
  append(folder: string, line: string): Promise<void> {
    this.folders.set(folder, [...(this.folders.get(folder) ?? []), line]);
    return Promise.resolve();
  }
  async *lines(folder: string): AsyncIterable<string> {
    yield* this.folders.get(folder) ?? [];
  }
  rewriteLines(folder: string, rewrite: (line: string) => string | undefined): Promise<void> {
    const lines = this.folders.get(folder);
    if (lines)
      this.folders.set(
        folder,
        lines.map(line => rewrite(line) ?? line),
      );
    return Promise.resolve();
  }
  remove(name: string): Promise<void> {
    this.bytes.delete(name);
    return Promise.resolve();
  }
  writtenAt(name: string): Promise<Date | undefined> {
    return Promise.resolve(this.bytes.has(name) ? new Date() : undefined);
  }
  list(folder: string): Promise<string[]> {
    return Promise.resolve([...this.folders.keys()].filter(name => name.startsWith(`${folder}/`)).sort());
  }
  probe(): Promise<void> {
    return Promise.resolve();
  }
}
