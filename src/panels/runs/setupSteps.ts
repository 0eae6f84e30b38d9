/**
 * What a person sets before a run, with the steps back. What follows from a setup (its questions, suites, texts) is looked for
 * by the subclass.
 */
export abstract class SetupSteps<Setup> {
  private readonly past: Setup[] = [];
  private looks = 0;

  constructor(private current: Setup) {}

  get setup(): Setup {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** A step by the person, which can be taken back; one that changes nothing is none. */
  step(next: Setup): void {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.past.push(this.current);
    this.replace(next);
  }

  undo(): void {
    const before = this.past.pop();
    if (before) this.replace(before);
  }

  /** As it was kept, or as a run was made: nothing to take back. */
  replace(next: Setup): void {
    const before = this.current;
    this.current = next;
    this.replaced(before);
  }

  /** Looks for what is to be asked. */
  abstract find(): Promise<void>;

  /** The setup is another one than `before`. */
  protected abstract replaced(before: Setup): void;

  /** What a look comes to; undefined where another has begun since: of several looks the last counts. */
  protected async lastLook<T extends object>(look: Promise<T>): Promise<T | undefined> {
    const number = ++this.looks;
    const found = await look;
    return number === this.looks ? found : undefined;
  }
}

/** The setup with the fields that were sent; the others stay. */
export function withChanges<Setup extends object>(
  setup: Setup,
  change: { readonly [K in keyof Setup]?: Setup[K] | undefined },
): Setup {
  return { ...setup, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) };
}
