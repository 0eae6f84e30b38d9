import {
  type Event,
  EventEmitter,
  l10n,
  Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from "vscode";
import { commands, internalCommands } from "../../contributions";
import { rarerThan, stepBounds, stepOf } from "../../inference/surprisal";
import { DisposableStore } from "../../platform/disposables";
import { formatCount } from "../../tokens/format";
import { shortened, visibleText } from "../hover/display";
import type { FileToken } from "./fileTokens";
import { formatBits, formatPerplexity } from "./numbers";
import { type PaletteName, palettes } from "./palette";
import { dataUri, stepIconSvg, stepSquareSvg } from "./pictures";
import { notes, scopeText, surprisalText } from "./statusText";
import { mostSurprising } from "./summary";
import { paletteName } from "./surprisalHover";
import type { SurprisalLens } from "./surprisalLens";
import { statusOf } from "./surprisalStatus";

type LegendRow =
  | { readonly kind: "model" | "perplexity" | "bitsPerCharacter" }
  | { readonly kind: "step"; readonly step: number };

const legend: readonly LegendRow[] = [
  { kind: "model" },
  ...Array.from({ length: stepBounds.length + 1 }, (_, step): LegendRow => ({ kind: "step", step })),
  { kind: "perplexity" },
  { kind: "bitsPerCharacter" },
];
/** Tokens in the list of the most surprising ones. */
const mostListed = 30;
/** While scores come in, the trees change this often. */
const restMs = 150;

/** The legend, which is a histogram: how many tokens fell into each step. */
export class SurprisalTreeData implements TreeDataProvider<LegendRow> {
  private readonly store = new DisposableStore();
  readonly onDidChangeTreeData: Event<undefined>;

  constructor(private readonly lens: SurprisalLens) {
    this.onDidChangeTreeData = calmly(lens.onDidChange, this.store);
  }

  getChildren(row?: LegendRow): LegendRow[] {
    return row || !this.lens.active ? [] : [...legend];
  }

  getTreeItem(row: LegendRow): TreeItem {
    const scoring = this.lens.active;
    const item = new TreeItem("", TreeItemCollapsibleState.None);
    if (!scoring) return item;
    const status = statusOf(scoring);
    const { histogram, perplexity, bitsPerCharacter } = status.summary;
    if (row.kind === "step") return stepItem(row.step, histogram);
    if (row.kind === "model") {
      item.label = status.facts?.model.name ?? surprisalText(status).replace(/\$\([^)]*\)\s*/g, "");
      item.description = status.state.kind === "failed" ? status.state.message : scopeText(status);
      item.iconPath = new ThemeIcon(status.state.kind === "failed" ? "error" : "chip");
      item.tooltip = [item.label, item.description, ...notes(status)].filter(Boolean).join("\n");
      item.command = { command: commands.surprisalPickModel, title: l10n.t("Choose model") };
      item.id = "model";
      return item;
    }
    const isPerplexity = row.kind === "perplexity";
    item.id = row.kind;
    item.label = isPerplexity ? l10n.t("Perplexity") : l10n.t("Bits per character");
    item.description = isPerplexity
      ? perplexity === undefined
        ? "–"
        : formatPerplexity(perplexity)
      : (bitsPerCharacter?.toFixed(2) ?? "–");
    item.iconPath = new ThemeIcon("blank");
    item.tooltip = notes(status).join("\n");
    return item;
  }

  dispose(): void {
    this.store.dispose();
  }
}

/** The most surprising tokens of the active editor, as a way to get to them. */
export class SurprisingTreeData implements TreeDataProvider<FileToken> {
  private readonly store = new DisposableStore();
  readonly onDidChangeTreeData: Event<undefined>;

  constructor(private readonly lens: SurprisalLens) {
    this.onDidChangeTreeData = calmly(lens.onDidChange, this.store);
  }

  getChildren(token?: FileToken): FileToken[] {
    return token ? [] : mostSurprising(this.lens.active?.tokens ?? [], mostListed);
  }

  getTreeItem(token: FileToken): TreeItem {
    const document = this.lens.active?.document;
    const bits = token.bits ?? 0;
    const text = shortened(visibleText(token.parts.map((part) => part.token.text).join("")), 24);
    const item = new TreeItem(text, TreeItemCollapsibleState.None);
    if (!document) return item;
    const range = new Range(document.positionAt(token.start), document.positionAt(token.end));
    const line = formatCount(range.start.line + 1);
    item.description = `${l10n.t("line {0}", line)} · ${formatBits(bits)}`;
    item.iconPath = icon((name) => stepSquareSvg(stepOf(bits), palettes[name]));
    item.tooltip = l10n.t("{0}, line {1}: {2}", text, line, formatBits(bits));
    item.accessibilityInformation = { label: item.tooltip };
    item.command = {
      command: internalCommands.selectRange,
      title: l10n.t("Select"),
      arguments: [document.uri, range],
    };
    return item;
  }

  dispose(): void {
    this.store.dispose();
  }
}

function stepItem(step: number, histogram: readonly number[]): TreeItem {
  const from = step === 0 ? 0 : stepBounds[step - 1];
  const to = stepBounds[step];
  const count = histogram[step] ?? 0;
  const label = to === undefined ? l10n.t("{0} bits and over", from ?? 0) : l10n.t("{0}–{1} bits", from ?? 0, to);
  const meaning =
    step === 0 ? l10n.t("expected") : l10n.t("rarer than 1 in {0}", formatCount(rarerThan[step - 1] ?? 0));
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  item.id = `step${step}`;
  item.description = `${formatCount(count)} · ${meaning}`;
  item.iconPath = icon((name) => stepIconSvg(step, count / Math.max(1, ...histogram), palettes[name]));
  const tokens = count === 1 ? l10n.t("1 token") : l10n.t("{0} tokens", formatCount(count));
  item.tooltip = `${label}: ${tokens}, ${meaning}`;
  item.accessibilityInformation = { label: item.tooltip };
  return item;
}

/** VS Code takes the dark picture in dark high contrast too: the theme of now decides which dark it is. */
function icon(draw: (name: PaletteName) => string): { readonly light: Uri; readonly dark: Uri } {
  const now = paletteName();
  const uri = (name: PaletteName): Uri => Uri.parse(dataUri(draw(name)));
  return {
    light: uri(now === "highContrastLight" ? now : "light"),
    dark: uri(now === "highContrast" ? now : "dark"),
  };
}

/** At most once in a while, and always after the last change. */
function calmly(changes: Event<void>, store: DisposableStore): Event<undefined> {
  const emitter = store.add(new EventEmitter<undefined>());
  let timer: NodeJS.Timeout | undefined;
  store.add(
    changes(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        emitter.fire(undefined);
      }, restMs);
    }),
  );
  store.add({ dispose: () => clearTimeout(timer) });
  return emitter.event;
}
