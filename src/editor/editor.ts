import { type Disposable, type ExtensionContext, env, Range, type Uri, window } from "vscode";
import { commands, internalCommands } from "../contributions";
import type { Models } from "../models/models";
import { registerCommand } from "../platform/commands";
import type { NetworkConsent } from "../platform/consent";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import type { AddedTokenizerStore } from "../tokens/addedTokenizers";
import type { DocumentCounts } from "../tokens/documentCounts";
import type { LiveDocuments } from "../tokens/liveDocuments";
import type { TokenizerService } from "../tokens/tokenizerService";
import { registerClaims } from "./claims/registerClaims";
import type { AddParts } from "./commands/addTokenizer";
import { copyTokens } from "./commands/copyTokens";
import { countSelection } from "./commands/countSelection";
import { registerContinue } from "./continue/registerContinue";
import { ChatLens } from "./counts/chatLens";
import { SectionLens } from "./counts/sectionLens";
import { StatusBar } from "./counts/statusBar";
import { TokenHover } from "./hover/tokenHover";
import { lensCommands } from "./lens/lensCommands";
import { TokenLens } from "./lens/tokenLens";
import { TokenizerPicker } from "./pick/tokenizerPicker";
import { QuestionLens } from "./questions/questionLens";
import { registerSurprisal } from "./surprisal/registerSurprisal";
import type { SurprisalSource } from "./surprisal/surprisalSource";

/** What the features of the editor are built on. */
export interface EditorParts {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly tokenizers: TokenizerService;
  readonly documents: LiveDocuments;
  readonly counts: DocumentCounts;
  readonly added: AddedTokenizerStore;
  readonly models: Models;
  readonly consent: NetworkConsent;
  readonly surprisalView: (source: SurprisalSource) => Disposable;
}

/** Everything one sees in a text editor, and the commands that work on it. */
export function registerEditor(parts: EditorParts): Disposable {
  const { context, log, tokenizers, documents, counts, added, models, consent, surprisalView } = parts;
  const store = new DisposableStore();
  const lens = store.add(new TokenLens(documents, tokenizers, context.workspaceState, log));
  store.add(new TokenHover(lens, documents, tokenizers));
  store.add(new SectionLens(lens, documents, tokenizers));
  store.add(new ChatLens(lens, tokenizers, added));
  store.add(new QuestionLens());
  store.add(new StatusBar(counts, documents, tokenizers, log));
  store.add(registerSurprisal({ context, models, tokens: lens, log, view: surprisalView }));
  store.add(registerContinue(models, log));
  store.add(registerClaims(context, models, log));
  const picker = new TokenizerPicker(tokenizers, added, context);
  const adding: AddParts = {
    tokenizers,
    added,
    consent,
    temporary: context.globalStorageUri.fsPath,
    select: (name) => picker.select(name, "user"),
  };
  const run: Record<string, (...parameters: never[]) => unknown> = {
    ...lensCommands(lens),
    [commands.pickTokenizer]: () => picker.pick("user"),
    [commands.pickTokenizerForWorkspace]: () => picker.pick("workspace"),
    [commands.pickTokenizerForLanguage]: () => picker.pick("language"),
    [commands.pickComparedTokenizers]: () => picker.pickCompared(),
    [commands.addTokenizerFromFile]: async (uri?: Uri, name?: string) => {
      const { addFile, addFromFile } = await import("./commands/addTokenizer");
      return uri ? addFile(adding, uri, name) : addFromFile(adding);
    },
    [commands.addTokenizerFromHub]: async () => (await import("./commands/addTokenizer")).addFromHub(adding),
    [commands.removeTokenizer]: async () => (await import("./commands/addTokenizer")).removeTokenizer(adding),
    [commands.countSelection]: () => countSelection(tokenizers),
    [commands.copyTokensAsIds]: () => copyTokens(tokenizers, "ids"),
    [commands.copyTokensAsJson]: () => copyTokens(tokenizers, "json"),
    [commands.copyTokensAsPython]: () => copyTokens(tokenizers, "python"),
    [commands.decodeIds]: async () => (await import("./commands/decodeIds")).decodeIds(tokenizers),
    [commands.splitByBudget]: async () => (await import("./commands/splitByBudget")).splitByBudget(tokenizers, context),
    [commands.cutSelection]: async () => (await import("./commands/cutSelection")).cutSelection(tokenizers),
    [commands.showLog]: () => log.show(),
    [internalCommands.selectRange]: async (uri: Uri, { start, end }: Range) => {
      await window.showTextDocument(uri, { selection: new Range(start, end) });
    },
    [internalCommands.copyTokenId]: async (id: number) => {
      await env.clipboard.writeText(String(id));
      window.setStatusBarMessage(`$(check) ${id}`, 2000);
    },
  };
  for (const [id, work] of Object.entries(run))
    store.add(registerCommand(id, log, work as (...parameters: unknown[]) => unknown));
  return store;
}
