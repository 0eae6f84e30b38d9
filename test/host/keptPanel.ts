import * as v from "valibot";
import type { Memento } from "vscode";
import type { Contract, Remote } from "../../src/rpc/rpc";
import { waitFor } from "./waiting";

/** Stands in for the webview, which only a browser has: checks and keeps what it is sent, as the real one does. */
export class KeptPanel<Offered extends Contract, State extends object> {
  state: Partial<State> = {};
  /** Parts of answers that came while these were written. */
  readonly streamed: unknown[] = [];
  readonly remote: Remote<Offered>;

  /** `told` is what a failure shows of the state. */
  constructor(
    contract: Offered,
    private readonly told: (state: Partial<State>) => unknown = (state) => state,
  ) {
    this.remote = {
      call: async () => null as never, // no contract of a panel answers anything
      tell: (method, ...args) => {
        const sent = v.parse(contract[method]!.args, JSON.parse(JSON.stringify(args)))[0];
        if (method === "update") this.state = { ...this.state, ...(sent as Partial<State>) };
        if (method === "streamed") this.streamed.push(...(sent as unknown[]));
      },
      close: () => undefined,
    };
  }

  /** Waits until the state is as wanted. */
  async until(what: string, wanted: (state: Partial<State>) => unknown): Promise<Partial<State>> {
    await waitFor(
      () => wanted(this.state),
      () => `never came: ${what} (${JSON.stringify(this.told(this.state))})`,
      25_000,
    );
    return this.state;
  }
}

export class KeptMemento implements Memento {
  private readonly values = new Map<string, unknown>();
  readonly keys = () => [...this.values.keys()];
  get<T>(key: string, fallback?: T): T {
    return (this.values.has(key) ? this.values.get(key) : fallback) as T;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
  }
}
