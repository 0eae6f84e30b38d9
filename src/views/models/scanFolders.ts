import { homedir } from "node:os";
import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { defaultPlaces, type FoundModel, type ModelPlace, scanForModels } from "../../inference/library";
import type { LocalModels } from "../../models/localModels";
import { pickMany } from "../../models/pickMany";
import { UserError } from "../../platform/commands";
import type { Log } from "../../platform/log";
import { formatBytes, formatCount, formatWindow } from "../../tokens/format";
import { withCancel } from "./withCancel";

/** Finds models of other programs and in folders of one's own; those ticked come into the list, where they lie. */
export async function scanFolders(local: LocalModels, log: Log): Promise<string | undefined> {
  const places = await choosePlaces();
  if (!places) return undefined;
  const result = await withCancel(l10n.t("Looking for models"), (signal, progress) =>
    scanForModels(places, {
      signal,
      onProgress: ({ models, files, path }) =>
        progress.report({
          message: l10n.t("{0} found, {1} files looked at: {2}", formatCount(models), formatCount(files), path),
        }),
    }),
  );
  if (!result) return undefined;
  for (const { path, reason } of [...result.skipped, ...result.unread]) log.info(reason, { path });
  const known = new Set(local.list().map(({ location }) => location));
  const found = result.models.filter(({ path }) => !known.has(path));
  const listed = result.models.length - found.length;
  const left = [
    ...(listed > 0 ? [l10n.t("{0} listed already", formatCount(listed))] : []),
    ...(result.skipped.length > 0
      ? [l10n.t("{0} left out, the log says why", formatCount(result.skipped.length))]
      : []),
  ];
  if (found.length === 0) throw new UserError(l10n.t("No new model was found. {0}", sentence(left)).trim());
  const picked = await pickMany(found.map(item), {
    title: l10n.t("{0} models found", formatCount(found.length)),
    placeholder: sentence([
      l10n.t("Tick those to list"),
      ...left,
      ...(result.incomplete ? [l10n.t("there may be more")] : []),
    ]),
  });
  let last: string | undefined;
  for (const { model } of picked ?? []) last = await local.add(model.path);
  return last;
}

function sentence(parts: readonly string[]): string {
  return parts.length === 0 ? "" : `${parts.join("; ")}.`;
}

interface PlaceItem extends QuickPickItem {
  readonly place?: ModelPlace;
  readonly other?: true;
}

async function choosePlaces(): Promise<readonly ModelPlace[] | undefined> {
  const places = defaultPlaces({ platform: process.platform, home: homedir(), environment: process.env });
  const items: PlaceItem[] = [
    ...places.map((place) => ({ label: place.label, description: place.path, picked: true, place })),
    { label: l10n.t("more"), kind: QuickPickItemKind.Separator },
    { label: l10n.t("Another folder…"), other: true },
  ];
  const picked = await pickMany(items, {
    title: l10n.t("Where to look for models"),
    placeholder: l10n.t("Files are read where they lie; nothing is copied"),
  });
  if (!picked) return undefined;
  const chosen = picked.flatMap(({ place }) => place ?? []);
  if (!picked.some(({ other }) => other)) return chosen;
  const folders = await window.showOpenDialog({
    title: l10n.t("Folder with models"),
    openLabel: l10n.t("Look Here"),
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
  });
  return folders ? [...chosen, ...folders.map(({ fsPath }) => own(fsPath))] : undefined;
}

function own(path: string): ModelPlace {
  return { kind: "own", label: path, path };
}

function item(model: FoundModel): QuickPickItem & { model: FoundModel } {
  const facts = [
    formatBytes(model.bytes),
    model.quantization,
    model.architecture,
    ...(model.contextSize === undefined ? [] : [l10n.t("{0} tokens", formatWindow(model.contextSize))]),
    model.hasChatTemplate ? l10n.t("chat") : l10n.t("no chat template"),
  ];
  return { label: model.name, description: facts.join(" · "), detail: model.path, model };
}
