import { type Disposable, l10n, ProgressLocation, window, workspace } from "vscode";
import { commands } from "../contributions";
import { EngineError } from "../inference/engine";
import { servedModelId } from "../inference/openai/address";
import { registerCommand, UserError } from "../platform/commands";
import { DisposableStore } from "../platform/disposables";
import { abortSignal } from "./cancellation";
import { untrusted } from "./modelService";
import type { Models } from "./models";
import { serverReport } from "./serverReport";
import { addServer, askKey, changeModels, pickServer, type ServerSetupParts } from "./serverSetup";
import type { Server } from "./servers";

/** The commands about servers: add, choose models, change the key, test, remove. All refuse in an untrusted workspace. */
export function registerServedModels(parts: ServerSetupParts & { readonly models: Models }): Disposable {
  const { servers, log } = parts;
  const store = new DisposableStore();
  const register = (id: string, run: () => Promise<unknown>): void => {
    store.add(
      registerCommand(id, log, async () => {
        if (!workspace.isTrusted) throw new UserError(untrusted());
        try {
          return await run();
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          // A server's refusal is nothing of ours: what it said is worth keeping, where our code was is not.
          log.warn("server refused", { command: id, code: error.code, details: error.details });
          throw new UserError(error.message);
        }
      }),
    );
  };
  const onPicked = (title: string, run: (server: Server) => Promise<unknown>) => async (): Promise<unknown> => {
    const server = await pickServer(servers, title);
    return server && run(server);
  };
  register(commands.serversAdd, async () => offerTest(parts, await addServer(parts)));
  register(
    commands.serversChooseModels,
    onPicked(l10n.t("Choose Models of a Server"), async (server) =>
      offerTest(parts, await changeModels(parts, server)),
    ),
  );
  register(
    commands.serversChangeKey,
    onPicked(l10n.t("Change Server Key"), async ({ baseUrl, host }) => {
      const key = await askKey(l10n.t("Change Server Key"), host);
      if (key === undefined) return;
      await servers.setKey(baseUrl, key);
      // Engines hold the old key.
      for (const { id, location } of parts.models.list()) if (location === baseUrl) await parts.models.unload(id);
      window.showInformationMessage(
        key === "" ? l10n.t("The key for {0} was removed.", host) : l10n.t("The key for {0} was changed.", host),
      );
    }),
  );
  register(
    commands.serversTest,
    onPicked(l10n.t("Test a Server"), (server) => test(parts, server)),
  );
  register(
    commands.serversRemove,
    onPicked(l10n.t("Remove a Server"), async ({ baseUrl, name }) => {
      const yes = l10n.t("Remove");
      const question = l10n.t("Remove {0} and its key from Promptscope?", name);
      if ((await window.showWarningMessage(question, { modal: true }, yes)) !== yes) return;
      for (const { id, location } of parts.models.list()) if (location === baseUrl) await parts.models.unload(id);
      await servers.remove(baseUrl);
    }),
  );
  return store;
}

async function offerTest(
  parts: ServerSetupParts & { readonly models: Models },
  server: Server | undefined,
): Promise<void> {
  if (!server) return;
  const button = l10n.t("Test");
  const said = l10n.t("{0} answered. Models listed: {1}.", server.host, server.models.join(", ") || l10n.t("none"));
  const chosen = await window.showInformationMessage(said, ...(server.models.length > 0 ? [button] : []));
  if (chosen === button) await test(parts, server);
}

/** Opens a model of the server anew and shows what it gives. */
async function test({ models }: { readonly models: Models }, server: Server): Promise<void> {
  const name =
    server.models.length > 1
      ? await window.showQuickPick(server.models, { title: l10n.t("Test which model of {0}?", server.name) })
      : server.models[0];
  if (name === undefined) return;
  const id = servedModelId(server.baseUrl, name);
  await models.unload(id);
  const engine = await window.withProgress(
    { location: ProgressLocation.Notification, cancellable: true, title: l10n.t("Testing {0}", name) },
    async (progress, token) => {
      const signal = abortSignal(token);
      try {
        return await models.engine(id, { signal, onProgress: ({ message }) => progress.report({ message }) });
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      }
    },
  );
  if (engine) await window.showInformationMessage(engine.model.name, { modal: true, detail: serverReport(engine) });
}
