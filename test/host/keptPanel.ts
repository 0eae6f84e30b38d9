import assert from "node:assert/strict";
import * as v from "valibot";
import type { Memento } from "vscode";
import type { Contract, Remote } from "../../src/rpc/rpc";

/** Stands in for the webview, which only a browser has: checks and keeps what it is sent, as the real one does. */
export class KeptPanel<Offered extends Contract, State extends object> {
  state: Partial<State> = {};
  readonly remote: Remote<Offered>;

  constructor(contract: Offered) {
    this.remote = {
      call: async () => null as never, // no contract of a panel answers anything
      tell: (method, ...args) => {
        const sent = v.parse(contract[method]!.args, JSON.parse(JSON.stringify(args)))[0];
        if (method === "update") this.state = { ...this.state, ...(sent as Partial<State>) };
      },
      close: () => undefined,
    };
  }

  /** Waits until the state is as wanted; `told` is what a failure shows of it. */
  async until(
    what: string,
    wanted: (state: Partial<State>) => unknown,
    told: (state: Partial<State>) => unknown = (state) => state,
  ): Promise<Partial<State>> {
    const end = Date.now() + 25_000;
    while (!wanted(this.state)) {
      if (Date.now() > end) assert.fail(`never came: ${what} (${JSON.stringify(told(this.state))})`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
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
