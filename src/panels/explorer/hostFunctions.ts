import { commands, env } from "vscode";
import type { hostContract } from "../../../webview/explorer/protocol";
import type { Log } from "../../platform/log";
import type { Functions } from "../../rpc/rpc";
import { tellingErrors } from "../runs/tellingErrors";
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
  const told = tellingErrors(session);
  return {
    start: ({ draft }) => home.start(draft),
    pickModel: told((side) => session().pickModel(side)),
    setPromptAs: told((as) => session().setPromptAs(as)),
    setParseSpecial: told((on) => session().setParseSpecial(on)),
    setText: told((text) => session().setText(text)),
    setLink: told((kind) => session().setLink(kind)),
    revealPrompt: told(() => session().revealPrompt()),
    setSampler: told((sampler) => session().setSampler(sampler)),
    setSeed: told((seed) => session().setSeed(seed)),
    toss: told((times) => session().toss(times)),
    take: told((id) => session().take(id, true)),
    branch: told((id) => session().take(id, false)),
    write: (text) => session().write(text),
    back: told(() => session().back()),
    go: told((node) => session().go(node)),
    prune: told(({ node, pruned }) => session().prune(node, pruned)),
    undo: told(() => session().undo()),
    grow: told((growth) => session().grow(growth)),
    compare: told((comparison) => session().compare(comparison)),
    setRivalSampler: told((sampler) => session().setRivalSampler(sampler)),
    cancel: told(() => session().cancel()),
    retry: told(() => session().retry()),
    manageTrust: told(() => commands.executeCommand("workbench.trust.manage")),
    showLog: () => log.show(),
    insert: told((node) => session().insert(node)),
    copyText: told((text) => env.clipboard.writeText(text)),
    save: told(() => home.save()),
    saveAs: told(() => home.saveAs()),
    exportData: told((format) => exportData(session(), format)),
    exportPicture: told((picture) => exportPicture(session().suggestedName, picture)),
  };
}
