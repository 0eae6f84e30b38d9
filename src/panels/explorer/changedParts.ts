import type { ExplorerState } from "../../../webview/explorer/protocol";
import type { ExplorerReport } from "../../experiments/explorer/report";

/** What the panel has to hear of between two reports. */
export function changedParts(before: ExplorerReport, after: ExplorerReport): (keyof ExplorerState)[] {
  const [was, is] = [before.now, after.now];
  const prompt = was.prompt !== is.prompt || was.tokens !== is.tokens || was.scores !== is.scores;
  const ahead = was.tree.hand !== is.tree.hand || before.outlooks !== after.outlooks || was.tokens !== is.tokens;
  const own: (keyof ExplorerState | false)[] = [
    was.model !== is.model && "model",
    prompt && "prompt",
    was.tree !== is.tree && "tree",
    was.tree !== is.tree && "link",
    ahead && "outlook",
    (ahead || before.seed !== after.seed || before.tosses !== after.tosses) && "coin",
    (ahead || prompt || before.rival !== after.rival) && "rival",
    before.sampler !== after.sampler && "sampler",
    before.past !== after.past && "canUndo",
  ];
  return own.filter((part) => part !== false);
}
