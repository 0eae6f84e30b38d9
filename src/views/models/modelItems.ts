import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { commands } from "../../contributions";
import type { DownloadStatus, Recommendation } from "../../inference/library";
import type { ModelEntry, ModelRole } from "../../models/models";
import { defaultText, figures, formatSpeed, shortDefaultText, stateText } from "../../models/modelText";
import { formatBytes, formatCount } from "../../tokens/format";
import { downloadText } from "./downloadText";
import { type GroupNode, nodeId, type ViewNode } from "./modelNodes";

type DefaultFor = (role: ModelRole) => string;

/** A row of the Models view. */
export function treeItem(node: ViewNode, defaultFor: DefaultFor): TreeItem {
  const item = bare(node, defaultFor);
  item.id = nodeId(node);
  return item;
}

function bare(node: ViewNode, defaultFor: DefaultFor): TreeItem {
  switch (node.kind) {
    case "group":
      return groupItem(node);
    case "model":
      return modelItem(node.entry, defaultFor);
    case "download":
      return downloadItem(node.status);
    case "available":
      return availableItem(node.recommendation);
  }
}

function groupItem({ group, label, children }: GroupNode): TreeItem {
  const open = group !== "available" && group !== "editor";
  const item = new TreeItem(label, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.contextValue = `promptscope.group.${group}`;
  if (!open) item.description = formatCount(children.length);
  return item;
}

function modelItem(entry: ModelEntry, defaultFor: DefaultFor): TreeItem {
  const { state } = entry;
  const item = new TreeItem(entry.name);
  const usual = defaultText(entry.id, defaultFor);
  const short = shortDefaultText(entry.id, defaultFor);
  const facts = [...figures(entry), ...(short === undefined ? [] : [short])];
  const said = state.kind === "loading" || state.kind === "failed" ? [stateText(entry)] : [];
  item.description = [...said, ...(state.kind === "loading" ? [] : facts)].join(" · ");
  item.iconPath = stateIcon(entry);
  item.contextValue = `promptscope.model.${state.kind}.${entry.kind}`;
  item.tooltip = modelTooltip(entry, usual);
  item.accessibilityInformation = { label: [entry.name, stateText(entry), ...facts].join(", ") };
  item.command = { command: commands.modelsDetails, title: l10n.t("Show Details"), arguments: [entry.id] };
  return item;
}

/** Filled, empty, turning, crossed: the state can be seen without colours. */
function stateIcon({ state }: ModelEntry): ThemeIcon {
  switch (state.kind) {
    case "notLoaded":
      return new ThemeIcon("circle-large-outline");
    case "loading":
      return new ThemeIcon("loading~spin");
    case "ready":
      return new ThemeIcon("circle-large-filled", new ThemeColor("charts.green"));
    case "failed":
      return new ThemeIcon("error", new ThemeColor("errorForeground"));
  }
}

function modelTooltip(entry: ModelEntry, usual: string | undefined): MarkdownString {
  const { state } = entry;
  const running = state.kind === "ready" ? state.running : undefined;
  const facts = state.kind === "ready" ? state.facts : undefined;
  const speed = running?.tokensPerSecond;
  return tooltip(entry.name, entry.description, [
    [l10n.t("State"), state.kind === "failed" ? l10n.t("failed: {0}", state.message) : stateText(entry)],
    [l10n.t("Size"), entry.bytes === undefined ? undefined : formatBytes(entry.bytes)],
    [
      l10n.t("Context"),
      facts?.contextSize === undefined ? undefined : l10n.t("{0} tokens", formatCount(facts.contextSize)),
    ],
    [l10n.t("Speed"), speed === undefined ? undefined : l10n.t("{0}, measured", formatSpeed(speed))],
    [l10n.t("Runs on"), running?.device],
    [l10n.t("Memory"), running?.memoryBytes === undefined ? undefined : formatBytes(running.memoryBytes)],
    [l10n.t("Use"), usual],
    [l10n.t("Where"), entry.location],
  ]);
}

function downloadItem(status: DownloadStatus): TreeItem {
  const item = new TreeItem(status.request.name);
  const text = downloadText(status);
  const icons = {
    waiting: "clock",
    running: "cloud-download",
    verifying: "loading~spin",
    paused: "debug-pause",
    done: "check",
    failed: "error",
  } as const;
  item.description = text;
  item.iconPath = new ThemeIcon(icons[status.state]);
  item.contextValue = `promptscope.download.${status.state}`;
  item.accessibilityInformation = { label: `${status.request.name}, ${text}` };
  item.tooltip = tooltip(status.request.name, text, [
    [l10n.t("From"), status.servedBy ?? hostOf(status.request.files[0]?.url)],
    [l10n.t("File"), status.request.files.map(({ path }) => path).join(", ")],
    [l10n.t("Note"), status.error?.message ?? status.note],
  ]);
  return item;
}

function availableItem({ model, needs, fits }: Recommendation): TreeItem {
  const item = new TreeItem(model.name);
  const facts = [
    `≈ ${formatBytes(model.approximateBytes)}`,
    model.quantization,
    model.licence.name,
    ...(fits ? [] : [l10n.t("does not fit")]),
  ];
  item.description = facts.join(" · ");
  item.iconPath = new ThemeIcon(fits ? "cloud-download" : "circle-slash");
  item.contextValue = "promptscope.available";
  item.accessibilityInformation = { label: [model.name, ...facts].join(", ") };
  item.tooltip = tooltip(model.name, model.goodFor, [
    [l10n.t("Needs"), l10n.t("≈ {0} of memory with a context of 4,096 tokens", formatBytes(needs))],
    [l10n.t("Parameters"), `${(model.parameters / 1e9).toFixed(2)} ${l10n.t("billion")}`],
    [l10n.t("Context"), l10n.t("{0} tokens", formatCount(model.contextSize))],
    [l10n.t("Licence"), model.licence.name],
    [l10n.t("Repository"), model.repository],
  ]);
  return item;
}

/** Names come from files and servers: they are text, never Markdown. */
function tooltip(
  title: string,
  line: string,
  facts: readonly (readonly [string, string | undefined])[],
): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown("**").appendText(title).appendMarkdown("**\n\n").appendText(line);
  for (const [name, value] of facts) {
    if (value === undefined || value === "") continue;
    text.appendMarkdown("\n\n").appendText(`${name}: ${value}`);
  }
  return text;
}

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).host;
}
