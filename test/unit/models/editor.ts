/** Stands for what the lists of models use of VS Code: `vi.mock("vscode", () => import("./editor"))`. */

// Not from ../vscode, which is the very module that is mocked.
export const l10n = {
  t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, i: string) => String(parts[Number(i)])),
};

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

/** The user's settings. */
export const settings = new Map<string, unknown>();
const changes = new EventEmitter<{ affectsConfiguration(id: string): boolean }>();

export const workspace = {
  isTrusted: true,
  onDidChangeConfiguration: changes.event,
  getConfiguration: () => ({
    get: (id: string) => settings.get(id),
    /** Writes a file, so it takes a while: whoever reads meanwhile reads what was before. */
    async update(id: string, value: unknown) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      settings.set(id, value);
      changes.fire({ affectsConfiguration: (each) => each === id });
    },
  }),
};
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };

/** Messages shown, with their buttons; `answer` is the button that is taken. */
export const shown: { readonly message: string; readonly buttons: readonly string[] }[] = [];
export const person: { answer: string | undefined } = { answer: undefined };
const show = async (message: string, ...buttons: string[]) => {
  shown.push({ message, buttons });
  return buttons.find((button) => button === person.answer);
};
export const window = { showErrorMessage: show, showInformationMessage: show };

/** Commands run, with what they were given. */
export const ran: unknown[][] = [];
export const commands = {
  executeCommand: async (...call: unknown[]) => void ran.push(call),
  getCommands: async () => ["revealFileInOS"],
};
export const Uri = { file: (fsPath: string) => ({ fsPath }) };
