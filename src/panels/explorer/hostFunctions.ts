import { commands } from "vscode";
import type { hostContract } from "../../../webview/explorer/protocol";
import type { Log } from "../../platform/log";
import type { Functions } from "../../rpc/rpc";
import type { ExplorerSession } from "./explorerSession";
import { exportData, exportPicture } from "./exporting";

/** What only the place an exploration is shown in can do. */
export interface ExplorerHome {
  start(draft: string | null): Promise<{ draft: string | null }>;
  save(): Promise<void>;
  saveAs(): Promise<void>;
}

/** The calls of the panel, answered by its session(). */
export function hostFunctions(
  session: () => ExplorerSession,
  home: ExplorerHome,
  log: Log,
): Functions<typeof hostContract> {
  return {
    start: ({ draft }) => home.start(draft),
    pickModel: (side) => session().pickModel(side),
    setPromptAs: (as) => session().setPromptAs(as),
    setParseSpecial: (on) => session().setParseSpecial(on),
    setText: (text) => session().setText(text),
    setLink: (kind) => session().setLink(kind),
    revealPrompt: () => session().revealPrompt(),
    setSampler: (sampler) => session().setSampler(sampler),
    setSeed: (seed) => session().setSeed(seed),
    toss: (times) => session().toss(times),
    take: (id) => session().take(id, true),
    branch: (id) => session().take(id, false),
    write: (text) => session().write(text),
    back: () => session().back(),
    go: (node) => session().go(node),
    prune: ({ node, pruned }) => session().prune(node, pruned),
    undo: () => session().undo(),
    grow: (growth) => session().grow(growth),
    compare: (comparison) => session().compare(comparison),
    setRivalSampler: (sampler) => session().setRivalSampler(sampler),
    cancel: () => session().cancel(),
    retry: () => session().retry(),
    manageTrust: () => commands.executeCommand("workbench.trust.manage").then(() => null),
    showLog: () => log.show(),
    insert: (node) => session().insert(node),
    copyText: (text) => session().copyText(text),
    save: () => home.save(),
    saveAs: () => home.saveAs(),
    exportData: (format) => exportData(session(), format),
    exportPicture: (picture) => exportPicture(session().suggestedName, picture),
  };
}
