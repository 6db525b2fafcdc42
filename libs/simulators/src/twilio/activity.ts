/** What is under way, so that others can wait until nothing is. */
export class Activity {
  private count = 0;
  private readonly waiting: (() => void)[] = [];

  get busy(): boolean {
    return this.count > 0;
  }
  async during<T>(work: Promise<T>): Promise<T> {
    this.count += 1;
    try {
      return await work;
    } finally {
      this.count -= 1;
      // What the result leads to begins first.
      setImmediate(() => {
        if (this.count === 0) this.waiting.splice(0).forEach(resolve => resolve());
      });
    }
  }
  /** Resolves when nothing is under way, also after what this led to. */
  async rest(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    if (this.busy) await new Promise<void>(resolve => this.waiting.push(resolve));
  }
}
