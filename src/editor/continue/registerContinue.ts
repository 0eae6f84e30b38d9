import { type Disposable, Uri, window } from "vscode";
import { commands, internalCommands } from "../../contributions";
import type { Models } from "../../models/models";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { Continuing, type Replacement } from "./continuing";

/** Where a link asks to go on. */
interface Place {
  readonly uri: string;
  readonly offset: number;
}

/** Continuing at the cursor, and its commands. Returned so that tests can look at what has come. */
export function registerContinue(models: Models, log: Log): Disposable {
  const store = new DisposableStore();
  const continuing = store.add(new Continuing(models));
  const run: Readonly<Record<string, (given?: unknown) => unknown>> = {
    [commands.continueHere]: (given) => startAt(continuing, given),
    [commands.continueGreedily]: () => continuing.start({ greedy: true }),
    [commands.continueAcceptAll]: () => continuing.accept("all"),
    [commands.continueAcceptWord]: () => continuing.accept("word"),
    [commands.continueAcceptToken]: () => continuing.accept("token"),
    [commands.continueRedraw]: () => continuing.redraw(1),
    [commands.continueRedrawBack]: () => continuing.redraw(-1),
    [commands.continueDismiss]: () => continuing.dismiss(),
    [internalCommands.replaceAndContinue]: (given) => continuing.replaceAndContinue(given as Replacement),
  };
  for (const [id, work] of Object.entries(run)) store.add(registerCommand(id, log, (given) => work(given)));
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
