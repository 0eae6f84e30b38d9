import type { ExplorerEvent } from "../../experiments/explorer/events";

/** Settings that slide change many times a second: only what they come to rest at is recorded. */
const restMs = 400;

/** Events of which a later one replaces an earlier one of its key until they rest. */
export class RestingEvents {
  private readonly events = new Map<string, ExplorerEvent>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly record: (event: ExplorerEvent) => void) {}

  add(key: string, event: ExplorerEvent): void {
    this.events.set(key, event);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), restMs);
  }

  /** Records what still rests. */
  settle(): void {
    clearTimeout(this.timer);
    const events = [...this.events.values()];
    this.events.clear();
    for (const event of events) this.record(event);
  }

  drop(): void {
    clearTimeout(this.timer);
    this.events.clear();
  }
}
