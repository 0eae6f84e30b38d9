import { type Disposable, Uri } from "vscode";
import { commands, internalCommands } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { Log } from "../../platform/log";
import type { KnowledgeMap } from "./knowledgeMap";
import type { KnowledgeSource } from "./knowledgeSource";

/** The heat map of what a model knows of a document; read when it is first shown. */
export function registerKnowledge(source: KnowledgeSource, log: Log): Disposable {
  const store = new DisposableStore();
  const lazy = store.add(
    new Lazy<KnowledgeMap>(async () => {
      const [{ KnowledgeMap }, { registerKnowledgeHover }] = await Promise.all([
        import("./knowledgeMap"),
        import("./knowledgeHover"),
      ]);
      const map = new KnowledgeMap(source, log);
      store.add(registerKnowledgeHover(map));
      return map;
    }),
  );
  const run: Readonly<Record<string, (given: unknown) => unknown>> = {
    [commands.showKnowledge]: async (file) => (await lazy.get()).show(file instanceof Uri ? file : undefined),
    [commands.hideKnowledge]: async () => (await lazy.get()).hideShown(),
    [internalCommands.openKnowledge]: (given) => {
      const { uri, question } = given as { readonly uri: string; readonly question?: string };
      return source.open(Uri.parse(uri, true), question);
    },
  };
  for (const [id, work] of Object.entries(run)) store.add(registerCommand(id, log, (given) => work(given)));
  return store;
}
