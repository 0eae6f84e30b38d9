import { commands, type Disposable, l10n, window } from "vscode";
import type { Log } from "./log";
import { UserError } from "./userError";

export { UserError };

/** Registers a command. What it throws is shown and, unless it is a UserError, logged with its stack. */
export function registerCommand(id: string, log: Log, run: (...parameters: unknown[]) => unknown): Disposable {
  return commands.registerCommand(id, async (...parameters: unknown[]) => {
    try {
      return await run(...parameters);
    } catch (error) {
      report(error, id, log);
      return undefined;
    }
  });
}

function report(error: unknown, command: string, log: Log): void {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UserError) log.warn(message, { command });
  else log.error("command failed", error, { command });
  const showLog = l10n.t("Show Log");
  const buttons = error instanceof UserError ? [] : [showLog];
  window.showErrorMessage(message, ...buttons).then((chosen) => chosen === showLog && log.show());
}
