import { l10n, ProgressLocation, window } from "vscode";
import { serverAddress } from "../inference/openai/address";
import type { NetworkConsent } from "../platform/consent";
import type { Log } from "../platform/log";
import { formatCount } from "../tokens/format";
import { abortSignal } from "./cancellation";
import { pickMany } from "./pickMany";
import type { ServedModule } from "./servedModels";
import type { Server, Servers } from "./servers";

export interface ServerSetupParts {
  readonly servers: Servers;
  readonly served: () => Promise<ServedModule>;
  readonly consent: NetworkConsent;
  readonly log: Log;
}

/** Asks for address, name and key, connects once the person said yes to the host, and lets them choose models. */
export async function addServer(parts: ServerSetupParts): Promise<Server | undefined> {
  const title = l10n.t("Add a Server");
  const typed = await window.showInputBox({
    title,
    ignoreFocusOut: true,
    prompt: l10n.t("Address of an OpenAI-compatible server: llama.cpp, vLLM, Ollama, LM Studio or a hosted one"),
    placeHolder: "http://localhost:8080/v1",
    validateInput: (text) => (text.trim() === "" ? undefined : addressProblem(text)),
  });
  if (!typed?.trim()) return undefined;
  const address = serverAddress(typed);
  const name = await window.showInputBox({
    title,
    ignoreFocusOut: true,
    prompt: l10n.t("Name to show in lists"),
    value: address.host,
  });
  if (name === undefined) return undefined;
  const key = await askKey(title, address.host);
  if (key === undefined || !(await agrees(parts, typed))) return undefined;
  const known = parts.servers.list().find(({ baseUrl }) => baseUrl === address.baseUrl);
  const server: Server = {
    name: name.trim() || address.host,
    baseUrl: address.baseUrl,
    host: address.host,
    models: known?.models ?? [],
    maxParallel: known?.maxParallel,
  };
  const names = await listModels(parts, server, key || undefined);
  const models = names && (await chooseModels(server, names));
  if (!models) return undefined;
  // The key first: the list's change makes others look at once.
  await parts.servers.setKey(server.baseUrl, key);
  await parts.servers.save({ ...server, models });
  return { ...server, models };
}

/** Asks a server for its models again and lets a person choose among them. */
export async function changeModels(parts: ServerSetupParts, server: Server): Promise<Server | undefined> {
  if (!(await agrees(parts, server.baseUrl))) return undefined;
  const names = await listModels(parts, server, await parts.servers.key(server.baseUrl));
  const models = names && (await chooseModels(server, names));
  if (!models) return undefined;
  await parts.servers.save({ ...server, models });
  return { ...server, models };
}

/** A key for the server; "" for none, undefined when the person left. */
export async function askKey(title: string, host: string): Promise<string | undefined> {
  const key = await window.showInputBox({
    title,
    ignoreFocusOut: true,
    password: true,
    prompt: l10n.t("Key for {0}; leave it empty where none is needed. It is kept in VS Code's secret storage.", host),
  });
  return key?.trim();
}

/** A server of the list; at once where there is only one. Says so where there is none. */
export async function pickServer(servers: Servers, title: string): Promise<Server | undefined> {
  const list = servers.list();
  if (list.length === 0) {
    await window.showInformationMessage(l10n.t("No server is set up. “Promptscope: Add a Server” does that."));
    return undefined;
  }
  const items = list.map((server) => ({
    label: server.name,
    description: server.baseUrl,
    detail: l10n.t("{0} models", formatCount(server.models.length)),
    server,
  }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.server;
}

/** A yes to the host, saying what goes there. */
export function agrees({ consent }: ServerSetupParts, address: string): Promise<boolean> {
  const { host, baseUrl, readable } = serverAddress(address);
  const what = l10n.t(
    "{0} is asked for its list of models. Later, the prompts you run with one of its models are sent there, and your key goes with each request. Before a model's first use about fifteen very short requests (longer ones where it thinks first) find out what it can give; a hosted service may charge for them.",
    baseUrl,
  );
  const open = l10n.t("The connection is not encrypted: prompts and key can be read on the way.");
  return consent.ask({
    host,
    question: l10n.t("Connect to {0}?", host),
    detail: readable ? `${what}\n\n${open}` : what,
    yes: l10n.t("Connect"),
    remember: "server",
  });
}

async function listModels(
  parts: ServerSetupParts,
  server: Server,
  key: string | undefined,
): Promise<readonly string[] | undefined> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      cancellable: true,
      title: l10n.t("Asking {0} for its models", server.host),
    },
    async (_progress, token) => {
      const signal = abortSignal(token);
      const served = await parts.served();
      try {
        return await served.listServedModels({ ...server, key }, { signal, log: parts.log });
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      }
    },
  );
}

/** Undefined when the person left. */
async function chooseModels(server: Server, names: readonly string[]): Promise<readonly string[] | undefined> {
  if (names.length === 0) {
    await window.showWarningMessage(l10n.t("{0} has no models. Load one there, then try again.", server.host));
    return undefined;
  }
  const items = names.map((label) => ({ label, picked: names.length === 1 || server.models.includes(label) }));
  const title = l10n.t("Models of {0}", server.name);
  const chosen = await pickMany(items, { title, placeholder: l10n.t("Tick the models to list"), ignoreFocusOut: true });
  return chosen?.map(({ label }) => label);
}

function addressProblem(text: string): string | undefined {
  try {
    serverAddress(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
