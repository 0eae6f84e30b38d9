import { type Event, EventEmitter, type SecretStorage } from "vscode";

/** Stands in for the extension's secrets, which a test cannot reach: only the extension's own context has them. */
export class MemorySecrets implements SecretStorage {
  readonly kept = new Map<string, string>();
  readonly onDidChange: Event<{ readonly key: string }> = new EventEmitter<{ readonly key: string }>().event;
  keys = async (): Promise<string[]> => [...this.kept.keys()];
  get = async (key: string): Promise<string | undefined> => this.kept.get(key);
  store = async (key: string, value: string): Promise<void> => void this.kept.set(key, value);
  delete = async (key: string): Promise<void> => void this.kept.delete(key);
}
