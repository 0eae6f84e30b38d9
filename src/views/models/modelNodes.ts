import { l10n } from "vscode";
import type { DownloadStatus, Recommendation } from "../../inference/library";
import type { ModelEntry } from "../../models/models";
import { kindName, modelKinds } from "../../models/modelText";

export type GroupKind = ModelEntry["kind"] | "downloads" | "available";

export interface GroupNode {
  readonly kind: "group";
  readonly group: GroupKind;
  readonly label: string;
  readonly children: readonly LeafNode[];
}
export interface ModelNode {
  readonly kind: "model";
  readonly entry: ModelEntry;
}
export interface DownloadNode {
  readonly kind: "download";
  readonly status: DownloadStatus;
}
export interface AvailableNode {
  readonly kind: "available";
  readonly recommendation: Recommendation;
}
export type LeafNode = ModelNode | DownloadNode | AvailableNode;
export type ViewNode = GroupNode | LeafNode;

/** What the view shows: models by where they come from, downloads that are not done, and what can be had. */
export function modelTree(
  entries: readonly ModelEntry[],
  downloads: readonly DownloadStatus[],
  recommendations: readonly Recommendation[],
): GroupNode[] {
  const groups: GroupNode[] = modelKinds.map((group) => ({
    kind: "group",
    group,
    label: kindName(group),
    children: entries.filter(({ kind }) => kind === group).map((entry) => ({ kind: "model", entry })),
  }));
  groups.push({
    kind: "group",
    group: "downloads",
    label: l10n.t("Downloads"),
    children: downloads.filter(({ state }) => state !== "done").map((status) => ({ kind: "download", status })),
  });
  const known = new Set(downloads.flatMap(({ request }) => request.files.map(({ path }) => path)));
  groups.push({
    kind: "group",
    group: "available",
    label: l10n.t("Available to download"),
    children: recommendations
      .filter(({ model }) => !known.has(`${model.repository}/${model.file}`))
      .map((recommendation) => ({ kind: "available", recommendation })),
  });
  return groups.filter(({ children }) => children.length > 0);
}

/** Stable as long as the thing is the same. */
export function nodeId(node: ViewNode): string {
  switch (node.kind) {
    case "group":
      return `group:${node.group}`;
    case "model":
      return `model:${node.entry.id}`;
    case "download":
      return `download:${node.status.id}`;
    case "available":
      return `available:${node.recommendation.model.id}`;
  }
}
