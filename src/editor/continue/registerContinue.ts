import { type Disposable, Uri, window } from "vscode";
import { commands, internalCommands } from "../../contributions";
import type { Models } from "../../models/models";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { Log } from "../../platform/log";
import type { Continuing, Replacement } from "./continuing";

/** Where a link asks to go on. */
interface Place {
  readonly uri: string;
  readonly offset: number;
}

/** Continuing at the cursor, and its commands; read when the first is given. */
export function registerContinue(models: Models, log: Log): Disposable {
  const store = new DisposableStore();
  const lazy = store.add(new Lazy<Continuing>(async () => new (await import("./continuing")).Continuing(models)));
  const run: Readonly<Record<string, (continuing: Continuing, given?: unknown) => unknown>> = {
    [commands.continueHere]: (continuing, given) => startAt(continuing, given),
    [commands.continueGreedily]: (continuing) => continuing.start({ greedy: true }),
    [commands.continueAcceptAll]: (continuing) => continuing.accept("all"),
    [commands.continueAcceptWord]: (continuing) => continuing.accept("word"),
    [commands.continueAcceptToken]: (continuing) => continuing.accept("token"),
    [commands.continueRedraw]: (continuing) => continuing.redraw(1),
    [commands.continueRedrawBack]: (continuing) => continuing.redraw(-1),
    [commands.continueDismiss]: (continuing) => continuing.dismiss(),
    [internalCommands.replaceAndContinue]: (continuing, given) => continuing.replaceAndContinue(given as Replacement),
  };
  for (const [id, work] of Object.entries(run))
    store.add(registerCommand(id, log, async (given) => work(await lazy.get(), given)));
  return store;
}

/** Links give a place; keys and menus mean the cursor (menus pass the file they were opened on). */
async function startAt(continuing: Continuing, given: unknown): Promise<void> {
  if (!isPlace(given)) return continuing.start();
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === given.uri);
  await window.showTextDocument(Uri.parse(given.uri, true), shown ? { viewColumn: shown.viewColumn ?? 1 } : {});
  return continuing.start({ offset: given.offset });
}

function isPlace(given: unknown): given is Place {
  const place = given as Partial<Place> | undefined;
  return typeof place?.uri === "string" && typeof place.offset === "number";
}
