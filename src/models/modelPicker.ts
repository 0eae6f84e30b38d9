import { l10n, type QuickPickItem, QuickPickItemKind, commands as vscodeCommands, window, workspace } from "vscode";
import { commands } from "../contributions";
import type { Capabilities } from "../inference/engine";
import { type ModelNeed, missing } from "./modelNeeds";
import { untrusted } from "./modelService";
import type { ModelEntry, Models } from "./models";
import { defaultText, figures, kindName, modelKinds, stateText } from "./modelText";

export interface PickOptions {
  readonly title: string;
  readonly current?: string;
  readonly needs?: ModelNeed;
}

/** A model to take, a model that cannot be taken here, or a command that adds one. */
interface Item extends QuickPickItem {
  readonly id?: string;
  readonly command?: string;
}

/** What the list shows besides `Models`: what a running model can give. */
export type CapabilitiesOf = (id: string) => Capabilities | undefined;

/** Lets a person choose a model, or add one; undefined when they leave. */
export async function pickModel(
  models: Models,
  capabilitiesOf: CapabilitiesOf,
  options: PickOptions,
): Promise<string | undefined> {
  if (!workspace.isTrusted) {
    await sayUntrusted();
    return undefined;
  }
  const pick = window.createQuickPick<Item>();
  pick.title = options.title;
  pick.placeholder = l10n.t("Choose a model; one that is not loaded is loaded first");
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  let shownId = options.current;
  const show = (): void => {
    const active = pick.activeItems[0]?.id ?? shownId;
    pick.items = items(models, capabilitiesOf, options);
    const again = pick.items.find(({ id }) => id !== undefined && id === active);
    if (again) pick.activeItems = [again];
    shownId = undefined;
  };
  show();
  const subscription = models.onDidChange(show);
  const chosen = await new Promise<Item | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      // What cannot be taken says why in its row, and stays.
      if (item?.id === undefined && item?.command === undefined) return;
      resolve(item);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  subscription.dispose();
  pick.dispose();
  if (chosen?.command === undefined) return chosen?.id;
  const added = await vscodeCommands.executeCommand<unknown>(chosen.command);
  return typeof added === "string" ? added : undefined;
}

function items(models: Models, capabilitiesOf: CapabilitiesOf, { current, needs }: PickOptions): Item[] {
  const entries = models.list().map((entry) => ({ entry, reason: missing(entry, capabilitiesOf(entry.id), needs) }));
  const usable = modelKinds.flatMap((kind) => {
    const rows = entries.filter(({ entry, reason }) => entry.kind === kind && reason === undefined);
    return rows.length === 0 ? [] : [heading(kindName(kind)), ...rows.map(({ entry }) => row(entry, models, current))];
  });
  const others = entries.flatMap(({ entry, reason }) => (reason === undefined ? [] : [unusable(entry, reason)]));
  return [
    ...usable,
    ...(others.length === 0 ? [] : [heading(l10n.t("Cannot be used here")), ...others]),
    heading(l10n.t("Add a model")),
    ...actions(),
  ];
}

function heading(label: string): Item {
  return { label, kind: QuickPickItemKind.Separator };
}

function row(entry: ModelEntry, models: Models, current: string | undefined): Item {
  const facts = [stateText(entry), ...figures(entry), defaultText(entry.id, (role) => models.defaultFor(role))];
  return {
    id: entry.id,
    label: `${stateIcon(entry)} ${entry.name}`,
    description: [entry.id === current ? l10n.t("in use here") : undefined, ...facts].filter(Boolean).join(" · "),
    detail: entry.state.kind === "failed" ? entry.state.message : entry.description,
  };
}

function unusable(entry: ModelEntry, reason: string): Item {
  return { label: `$(circle-slash) ${entry.name}`, description: reason };
}

/** A filled disc for a running model, an empty one for one that is not loaded. */
function stateIcon({ state }: ModelEntry): string {
  const icons = {
    notLoaded: "circle-large-outline",
    loading: "loading~spin",
    ready: "circle-large-filled",
    failed: "error",
  };
  return `$(${icons[state.kind]})`;
}

function actions(): Item[] {
  const action = (icon: string, label: string, command: string): Item => ({
    label: `$(${icon}) ${label}`,
    command,
    alwaysShow: true,
  });
  return [
    action("file-add", l10n.t("From a file (GGUF)…"), commands.modelsAddFromFile),
    action("folder-opened", l10n.t("Scan folders of this machine…"), commands.modelsScan),
    action("cloud-download", l10n.t("Download a recommended model…"), commands.modelsDownload),
    action("search", l10n.t("Search a model hub…"), commands.modelsSearchHub),
    action("server", l10n.t("On a server (llama.cpp, vLLM, Ollama, LM Studio, hosted)…"), commands.serversAdd),
  ];
}

/** Says that models are off here, with the way to change that. */
export async function sayUntrusted(): Promise<void> {
  const manage = l10n.t("Manage Workspace Trust");
  if ((await window.showWarningMessage(untrusted(), manage)) === manage)
    await vscodeCommands.executeCommand("workbench.trust.manage");
}
