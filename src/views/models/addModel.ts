import { l10n, type QuickPickItem, type Uri, commands as vscodeCommands, window } from "vscode";
import { commands } from "../../contributions";
import { inspectGguf } from "../../inference/library";
import type { LocalModels } from "../../models/localModels";
import { UserError } from "../../platform/commands";
import { formatBytes, formatCount } from "../../tokens/format";
import { withCancel } from "./withCancel";

/** The ways to get a model into the list, each a command of its own. */
export async function chooseWayToAdd(): Promise<string | undefined> {
  const way = (icon: string, label: string, detail: string, command: string): QuickPickItem & { command: string } => ({
    label: `$(${icon}) ${label}`,
    detail,
    command,
  });
  const picked = await window.showQuickPick(
    [
      way(
        "file-add",
        l10n.t("From a file"),
        l10n.t("A GGUF file on this machine, used where it lies"),
        commands.modelsAddFromFile,
      ),
      way(
        "folder-opened",
        l10n.t("Scan folders"),
        l10n.t("Finds models of LM Studio, Ollama, llama.cpp and the Hugging Face cache, without copying"),
        commands.modelsScan,
      ),
      way(
        "cloud-download",
        l10n.t("Download a recommended model"),
        l10n.t("Open models by the memory they need; names the host, size and licence before anything is fetched"),
        commands.modelsDownload,
      ),
      way("search", l10n.t("Search a model hub"), l10n.t("Any repository with GGUF files"), commands.modelsSearchHub),
      way(
        "server",
        l10n.t("On a server"),
        l10n.t("Any OpenAI-compatible one: llama.cpp, vLLM, Ollama, LM Studio, hosted ones"),
        commands.serversAdd,
      ),
    ],
    { title: l10n.t("Add a model") },
  );
  if (!picked) return undefined;
  const added = await vscodeCommands.executeCommand<unknown>(picked.command);
  return typeof added === "string" ? added : undefined;
}

/** Adds a GGUF file, asked for where `uri` is none; gives the model's id. A file that cannot be a model is refused. */
export async function addFromFile(local: LocalModels, uri?: Uri): Promise<string | undefined> {
  const [chosen] = uri
    ? [uri]
    : ((await window.showOpenDialog({
        title: l10n.t("Model file"),
        openLabel: l10n.t("Add"),
        filters: { [l10n.t("Models (GGUF)")]: ["gguf"], [l10n.t("All files")]: ["*"] },
      })) ?? []);
  if (!chosen) return undefined;
  if (chosen.scheme !== "file")
    throw new UserError(l10n.t("{0} is not on this machine's disk. Copy it there, then add it.", chosen.toString()));
  const facts = await withCancel(l10n.t("Reading {0}", chosen.fsPath), (signal) => inspectGguf(chosen.fsPath, signal));
  if (!facts) return undefined;
  const id = await local.add(facts.path);
  const load = l10n.t("Load");
  const details = l10n.t("Details");
  const text = l10n.t(
    "{0} was added: {1} million parameters, {2}, {3}.",
    facts.name ?? chosen.fsPath,
    formatCount(Math.max(1, facts.tensors.parameters / 1e6)),
    facts.quantization,
    formatBytes(facts.bytes),
  );
  void window.showInformationMessage(text, load, details).then((answer) => {
    if (answer === load) void vscodeCommands.executeCommand(commands.modelsLoad, id);
    if (answer === details) void vscodeCommands.executeCommand(commands.modelsDetails, id);
  });
  return id;
}
