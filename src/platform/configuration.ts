import {
  type ConfigurationScope,
  ConfigurationTarget,
  type Disposable,
  type Event,
  EventEmitter,
  workspace,
} from "vscode";
import type { Settings } from "../contributions";

/** The value of a setting where `scope` is (a document gives its language's and folder's value). */
export function setting<K extends keyof Settings>(id: K, scope?: ConfigurationScope): Settings[K] {
  const value = workspace.getConfiguration(undefined, scope ?? null).get<Settings[K]>(id);
  if (value === undefined) throw new Error(`${id} is missing from package.json`);
  return value;
}

/** Tells when any of the given settings changes anywhere. */
export class SettingsWatch implements Disposable {
  private readonly emitter = new EventEmitter<keyof Settings>();
  private readonly subscription: Disposable;
  readonly onDidChange: Event<keyof Settings> = this.emitter.event;

  constructor(ids: readonly (keyof Settings)[]) {
    this.subscription = workspace.onDidChangeConfiguration((change) => {
      for (const id of ids) if (change.affectsConfiguration(id)) this.emitter.fire(id);
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }
}

/** Sets a setting where it has its value now (folder, workspace or user), so that the change shows. */
export async function changeSetting<K extends keyof Settings>(
  id: K,
  value: Settings[K],
  scope?: ConfigurationScope,
): Promise<void> {
  const configuration = workspace.getConfiguration(undefined, scope ?? null);
  const values = configuration.inspect(id);
  const target =
    values?.workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : values?.workspaceValue !== undefined
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global;
  await configuration.update(id, value, target);
}
