import { type Disposable, type ExtensionContext, l10n, window } from "vscode";
import { commands } from "../../contributions";
import type { Models } from "../../models/models";
import { registerCommand, UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import type { TokenLens } from "../lens/tokenLens";
import { SurprisalHover } from "./surprisalHover";
import { SurprisalLens } from "./surprisalLens";
import { type SurprisalSource, surprisalSource } from "./surprisalSource";
import { SurprisalStatusBar } from "./surprisalStatus";

export interface SurprisalParts {
  readonly context: ExtensionContext;
  readonly models: Models;
  /** The lens whose place this one takes. */
  readonly tokens: TokenLens;
  readonly log: Log;
  /** Puts what the lens finds into the side bar. */
  readonly view: (source: SurprisalSource) => Disposable;
}

/** The surprisal lens, its hover, its item in the status bar, its view in the side bar and its commands. */
export function registerSurprisal({ context, models, tokens, log, view }: SurprisalParts): Disposable {
  const store = new DisposableStore();
  const lens = store.add(new SurprisalLens(models, tokens, context.workspaceState, log));
  store.add(new SurprisalHover(lens));
  store.add(new SurprisalStatusBar(lens));
  store.add(view(surprisalSource(lens)));
  const run: Readonly<Record<string, (wanted?: unknown) => unknown>> = {
    // Menus pass what they were opened on; true or false comes from a lesson or a keybinding and is obeyed.
    [commands.toggleSurprisalLens]: (wanted) => lens.turn(typeof wanted === "boolean" ? wanted : !lens.on),
    [commands.surprisalSelection]: () => scoreSelection(lens),
    [commands.surprisalRefresh]: () => lens.active?.start(),
    [commands.surprisalCancel]: () => lens.active?.stop(),
    [commands.surprisalPickModel]: () => pickModel(lens, models),
  };
  for (const [id, work] of Object.entries(run)) store.add(registerCommand(id, log, (wanted) => work(wanted)));
  return store;
}

/** Scores what is selected; without a selection, the whole file again. */
async function scoreSelection(lens: SurprisalLens): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) throw new UserError(l10n.t("Open a file and select the text to score."));
  const { document, selection } = editor;
  const range = selection.isEmpty
    ? undefined
    : { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
  await lens.select(document, range);
}

async function pickModel(lens: SurprisalLens, models: Models): Promise<void> {
  const role = lens.active?.role ?? "base";
  const title = role === "chat" ? l10n.t("Model that scores chat files") : l10n.t("Model that scores texts");
  const picked = await models.pick({ title, current: models.defaultFor(role), needs: "score" });
  if (picked !== undefined) await models.setDefault(role, picked);
}
