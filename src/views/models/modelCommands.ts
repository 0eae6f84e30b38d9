import { l10n, type QuickPickItem, window } from "vscode";
import { commands } from "../../contributions";
import type { ModelEntry, ModelRole, Models } from "../../models/models";
import { stateText } from "../../models/modelText";
import { UserError } from "../../platform/commands";
import type { Log } from "../../platform/log";
import type { ViewNode } from "./modelNodes";
import { revealFile } from "./revealFile";

/** What a command was called with: a row of the view, a model's id, or nothing (the palette). */
export type Subject = ViewNode | string | undefined;

/** Commands on models that are in the list. */
export function modelCommands(models: Models, log: Log): Record<string, (subject?: Subject) => unknown> {
  const use = (role: ModelRole) => async (subject?: Subject) => {
    const id = idOf(subject);
    if (id !== undefined) await models.setDefault(role, id);
  };
  return {
    [commands.modelsLoad]: async (subject) => {
      const id = idOf(subject) ?? (await models.pick({ title: l10n.t("Load a model") }));
      if (id !== undefined) await load(models, log, id);
    },
    [commands.modelsUnload]: async (subject) => {
      const id = idOf(subject) ?? (await pickLoaded(models));
      if (id !== undefined) await models.unload(id);
    },
    [commands.modelsCancelLoading]: async (subject) => {
      const id = idOf(subject);
      if (id !== undefined) await models.unload(id);
    },
    [commands.modelsUseForBase]: use("base"),
    [commands.modelsUseForChat]: use("chat"),
    [commands.modelsUseForJudge]: use("judge"),
    [commands.modelsSetDefault]: () => setDefaults(models),
    [commands.modelsReveal]: async (subject) => {
      const entry = await entryOf(models, subject, l10n.t("Reveal the file of a model"));
      if (entry) await reveal(entry);
    },
  };
}

/** The id that a command was called with. */
export function idOf(subject: Subject): string | undefined {
  if (typeof subject === "string") return subject;
  return subject?.kind === "model" ? subject.entry.id : undefined;
}

/** The model that a command is about, asked for where the caller named none. */
export async function entryOf(models: Models, subject: Subject, title: string): Promise<ModelEntry | undefined> {
  const id = idOf(subject) ?? (await models.pick({ title }));
  return id === undefined ? undefined : models.get(id);
}

/** Loads, and says why where that fails, with what can be done. */
async function load(models: Models, log: Log, id: string): Promise<void> {
  try {
    await models.engine(id);
  } catch (error) {
    // Cancelled by the person, who knows.
    if (models.get(id)?.state.kind === "notLoaded") return;
    log.error("model not loaded", error, { id });
    const again = l10n.t("Try Again");
    const showLog = l10n.t("Show Log");
    const message = error instanceof Error ? error.message : String(error);
    const chosen = await window.showErrorMessage(message, again, showLog);
    if (chosen === again) await load(models, log, id);
    if (chosen === showLog) log.show();
  }
}

async function pickLoaded(models: Models): Promise<string | undefined> {
  const entries = models.list().filter(({ state }) => state.kind === "ready" || state.kind === "loading");
  if (entries.length === 0) throw new UserError(l10n.t("No model is loaded, so there is none to unload."));
  const items = entries.map((entry) => ({ label: entry.name, description: stateText(entry), id: entry.id }));
  return (await window.showQuickPick(items, { title: l10n.t("Unload a model") }))?.id;
}

/** Asks for the role, then for its model. */
async function setDefaults(models: Models): Promise<void> {
  const item = (role: ModelRole, label: string, detail: string): QuickPickItem & { role: ModelRole } => {
    const id = models.defaultFor(role);
    return { role, label, detail, description: models.get(id)?.name ?? l10n.t("{0}, not in the list", id) };
  };
  const picked = await window.showQuickPick(
    [
      item("base", l10n.t("Texts"), l10n.t("Goes on with texts: the surprisal lens and the explorer start with it")),
      item("chat", l10n.t("Chats"), l10n.t("Answers chats")),
      item("judge", l10n.t("Judging"), l10n.t("Marks answers")),
    ],
    { title: l10n.t("Set a default model"), placeHolder: l10n.t("What is the model for?") },
  );
  if (!picked) return;
  const id = await models.pick({
    title: l10n.t("Default model: {0}", picked.label),
    current: models.defaultFor(picked.role),
    ...(picked.role === "base" ? {} : { needs: "chat" }),
  });
  if (id !== undefined) await models.setDefault(picked.role, id);
}

async function reveal({ kind, location, name }: ModelEntry): Promise<void> {
  if (kind !== "builtIn" && kind !== "gguf")
    throw new UserError(l10n.t("{0} is no file on this machine: it is at {1}.", name, location));
  await revealFile(location);
}
