interface Looked<T> {
  readonly at: number;
  readonly found: Promise<T>;
}

/** Keys kept in mind at most, unless somebody says otherwise. */
const KEPT = 2_000;

/** What was looked up is known for so long. Who asks while it is looked up waits for the same answer; what failed is asked again. */
export class Fresh<T> {
  private readonly known = new Map<string, Looked<T>>();

  constructor(
    private readonly milliseconds: number,
    private readonly look: (key: string) => Promise<T>,
    private readonly kept = KEPT,
  ) {}

  /** What is found under a key, no older than so. */
  get(key: string): Promise<T> {
    const known = this.known.get(key);
    if (known && performance.now() - known.at <= this.milliseconds) return known.found;
    const looked = { at: performance.now(), found: this.look(key) };
    looked.found.catch(() => {
      if (this.known.get(key) === looked) this.known.delete(key);
    });
    this.known.delete(key);
    this.known.set(key, looked);
    for (const old of this.known.keys()) {
      if (this.known.size <= this.kept) break;
      this.known.delete(old);
    }
    return looked.found;
  }

  /** It changed: whoever asks next looks. */
  forget(key: string): void {
    this.known.delete(key);
  }
}
