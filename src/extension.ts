import { type ExtensionContext, Uri } from "vscode";
import { registerEditor } from "./editor/editor";
import { createModels } from "./models/registerModels";
import { draftsFolder, registerExplorer } from "./panels/explorer/registerExplorer";
import { registerModelDetails } from "./panels/modelDetails/registerModelDetails";
import { registerReasoning } from "./panels/reasoning/registerReasoning";
import { RegionKeys } from "./panels/regionKeys";
import { registerPanels } from "./panels/registerPanels";
import { RunEditors } from "./panels/runs/runEditors";
import { registerSuites } from "./panels/suites/registerSuites";
import { registerSurprisalView, type SurprisalSource } from "./panels/surprisal/surprisalView";
import { ChannelLog } from "./platform/log";
import { directorySource } from "./tokenizers/node/nodeSource";
import { AddedTokenizerStore } from "./tokens/addedTokenizers";
import { DocumentCounts } from "./tokens/documentCounts";
import { LiveDocuments } from "./tokens/liveDocuments";
import { TokenizerService } from "./tokens/tokenizerService";
import { registerTools } from "./tools/countTokensTool";
import { registerBudget } from "./views/budget/registerBudget";
import { registerLessons } from "./views/lessons/openLesson";
import { registerModelsView } from "./views/models/registerModelsView";

/** The table of contents: builds the few long-lived objects and registers the features. */
export async function activate(context: ExtensionContext): Promise<void> {
  const own = <T extends { dispose(): void }>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(new ChannelLog());
  const source = directorySource(context.asAbsolutePath("dist"));
  const storage = Uri.joinPath(context.globalStorageUri, "tokenizers").fsPath;
  const added = new AddedTokenizerStore(storage, context.asAbsolutePath("dist/packWorker.mjs"), source);
  await added.open().catch((error: unknown) => log.error("added tokenizers not read", error));
  const tokenizers = own(new TokenizerService(source, added, log));
  const documents = own(new LiveDocuments(tokenizers, log));
  const counts = new DocumentCounts(documents, tokenizers);
  const { models, local, library, consent } = own(createModels(context, tokenizers, log));
  const surprisalView = (from: SurprisalSource) => registerSurprisalView(from, log, context.extensionUri);
  own(registerEditor({ context, log, tokenizers, documents, counts, added, models, consent, surprisalView }));
  const regions = own(new RegionKeys(log));
  own(registerPanels({ tokenizers, added, documents, log, regions, extension: context.extensionUri }));
  own(registerBudget(context, tokenizers, added, log));
  own(registerModelsView({ models, local, library, consent, log }));
  own(registerModelDetails({ models, log, regions, extension: context.extensionUri }));
  const editors = own(new RunEditors());
  const drafts = draftsFolder(context.storageUri, context.globalStorageUri);
  const writtenBy = `promptscope ${context.extension.packageJSON.version}`;
  own(registerExplorer({ models, log, regions, editors, extension: context.extensionUri, drafts, writtenBy }));
  const runs = { storage: context.globalStorageUri, memento: context.workspaceState, writtenBy };
  own(registerReasoning({ models, log, regions, editors, extension: context.extensionUri, ...runs }));
  own(registerSuites({ models, log, regions, editors, extension: context.extensionUri, ...runs }));
  own(registerTools(tokenizers));
  own(registerLessons(context));
}
