interface Gathered<T> {
  readonly keys: Set<string>;
  readonly found: Promise<ReadonlyMap<string, T>>;
}

/** Looks up by one statement what is asked for one by one in the same moment; begins to look after the last of them asked. */
export class Together<T> {
  private gathered: Gathered<T> | undefined;

  constructor(private readonly look: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>) {}

  async get(key: string): Promise<T | undefined> {
    const gathered = (this.gathered ??= this.gather());
    gathered.keys.add(key);
    return (await gathered.found).get(key);
  }

  private gather(): Gathered<T> {
    const keys = new Set<string>();
    const found = new Promise(resolve => setImmediate(resolve)).then(() => {
      this.gathered = undefined;
      return this.look([...keys]);
    });
    return { keys, found };
  }
}
