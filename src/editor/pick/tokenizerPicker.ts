import {
  type ConfigurationScope,
  ConfigurationTarget,
  type ExtensionContext,
  commands as editorCommands,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { commands } from "../../contributions";
import { UserError } from "../../platform/commands";
import { changeSetting } from "../../platform/configuration";
import { catalogueModels, shippedTokenizers } from "../../tokenizers/catalogue";
import type { AddedTokenizerStore } from "../../tokens/addedTokenizers";
import { wholeRange } from "../../tokens/documentText";
import { formatTokens } from "../../tokens/format";
import { mostSlowUnits } from "../../tokens/liveDocuments";
import { countRanges } from "../../tokens/selectionText";
import { inSlices } from "../../tokens/slices";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { type PickerRow, pickerRows, tokenizerRows, withRecent } from "./pickerModel";

const recentKey = "promptscope.recentTokenizers";
const setting = "promptscope.tokenizer";
/** Files up to this many characters are counted with every loaded tokenizer while the picker is open. */
const previewUnits = 1_000_000;

/** Where a choice counts. */
export type PickTarget = "user" | "workspace" | "language";

interface Item extends QuickPickItem {
  readonly row?: Extract<PickerRow, { kind: "choice" }>;
  readonly command?: string;
}

/** Quick picks over the catalogue: which tokenizer to count with, and which to compare. */
export class TokenizerPicker {
  constructor(
    private readonly tokenizers: TokenizerService,
    private readonly added: AddedTokenizerStore,
    private readonly context: ExtensionContext,
  ) {}

  /** Asks for a tokenizer and sets it for the user, the workspace or the active document's language. */
  async pick(target: PickTarget): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (target === "workspace" && !workspace.workspaceFolders && !workspace.workspaceFile)
      throw new UserError(l10n.t("No folder or workspace is open. Open one, or pick the tokenizer for all files."));
    if (target === "language" && !document)
      throw new UserError(l10n.t("No file is open whose language could have a tokenizer of its own. Open one first."));
    const recent = this.context.globalState.get<string[]>(recentKey, []);
    const current = this.tokenizers.selectionFor(document).asked;
    const rows = pickerRows(catalogueModels(), shippedTokenizers(), this.added.list(), recent, current);
    const item = await this.choose(rows, target, document);
    if (item?.command) await editorCommands.executeCommand(item.command);
    if (!item?.row) return;
    await this.select(item.row.name, target);
  }

  /** Sets the tokenizer and remembers it among the recent ones. */
  async select(name: string, target: PickTarget): Promise<void> {
    const document = window.activeTextEditor?.document;
    const recent = this.context.globalState.get<string[]>(recentKey, []);
    await this.context.globalState.update(recentKey, withRecent(recent, name));
    await set(name, target, document);
    await this.sayIfHidden(name, target, document);
  }

  /** Asks which tokenizers hovers and the inspector show beside the chosen one. */
  async pickCompared(): Promise<void> {
    const scope = window.activeTextEditor?.document;
    const chosen = new Set(this.tokenizers.comparedFor(scope));
    const own = this.tokenizers.selectionFor(scope).tokenizer;
    const items = tokenizerRows(shippedTokenizers(), this.added.list())
      .filter(({ name }) => name !== own)
      .map(({ name, label, detail, description }) => ({
        name,
        label,
        description: detail ?? description,
        picked: chosen.has(name),
      }));
    const picked = await window.showQuickPick(items, {
      canPickMany: true,
      title: l10n.t("Tokenizers to compare with {0}", own),
      placeHolder: l10n.t("Hovers and the inspector show them beside it"),
      matchOnDescription: true,
    });
    if (!picked) return;
    const most = 6;
    if (picked.length > most)
      throw new UserError(l10n.t("At most {0} tokenizers can be compared; {1} were chosen.", most, picked.length));
    await changeSetting(
      "promptscope.tokenizers.compare",
      picked.map(({ name }) => name),
      scope,
    );
  }

  private choose(
    rows: readonly PickerRow[],
    target: PickTarget,
    document: TextDocument | undefined,
  ): Promise<Item | undefined> {
    const pick = window.createQuickPick<Item>();
    const current = this.tokenizers.selectionFor(document).asked;
    const counts = new Map<string, number>();
    pick.title = title(target, document);
    pick.placeholder = l10n.t("Model or tokenizer ({0} now)", current);
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    const show = (): void => {
      const active = pick.activeItems[0];
      pick.items = [...rows.map((row) => quickPickItem(row, counts)), ...actions()];
      const again = pick.items.find(
        ({ row, label }) => active && row?.name === active.row?.name && label === active.label,
      );
      if (again) pick.activeItems = [again];
    };
    show();
    const preview = new AbortController();
    if (document) void this.countAll(document, counts, preview.signal, show);
    return new Promise((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]);
        pick.hide();
      });
      pick.onDidHide(() => {
        preview.abort();
        resolve(undefined);
        pick.dispose();
      });
      pick.show();
    });
  }

  /** Counts the document with every tokenizer that is loaded anyway and can count it soon; `show` is called at the end. */
  private async countAll(
    document: TextDocument,
    counts: Map<string, number>,
    signal: AbortSignal,
    show: () => void,
  ): Promise<void> {
    const whole = wholeRange(document);
    const units = document.offsetAt(whole.end);
    if (units > previewUnits) return;
    const names = [...shippedTokenizers(), ...this.added.list()].map(({ name }) => name);
    const loaded = names.flatMap((name) => this.tokenizers.loaded(name) ?? []);
    for (const tokenizer of loaded.filter(({ fast }) => fast || units <= mostSlowUnits)) {
      const tokens = await inSlices(countRanges(tokenizer, document, [whole]), signal);
      if (tokens === undefined) return;
      counts.set(tokenizer.name, tokens);
    }
    if (!signal.aborted && counts.size > 0) show();
  }

  /** A choice for all files changes nothing where the workspace or the language has its own: says so and offers to. */
  private async sayIfHidden(name: string, target: PickTarget, document: TextDocument | undefined): Promise<void> {
    const { asked } = this.tokenizers.selectionFor(document);
    if (asked === name || target === "language") return;
    const button = l10n.t("Use {0} Here Too", name);
    const chosen = await window.showInformationMessage(
      l10n.t("This file is still counted with {0}: its workspace or language has a tokenizer of its own.", asked),
      button,
    );
    if (chosen === button) await setWhereItCounts(name, document);
  }
}

function quickPickItem(row: PickerRow, counts: ReadonlyMap<string, number>): Item {
  if (row.kind === "heading") return { label: row.label, kind: QuickPickItemKind.Separator };
  const tokens = counts.get(row.tokenizer);
  const here = tokens === undefined ? [] : [l10n.t("this file: {0}", formatTokens(tokens, row.estimate))];
  return {
    row,
    label: row.label,
    description: [row.description, ...here].join(" · "),
    ...(row.detail !== undefined && { detail: row.detail }),
  };
}

function actions(): Item[] {
  return [
    { label: l10n.t("more"), kind: QuickPickItemKind.Separator },
    {
      label: `$(file-add) ${l10n.t("Add tokenizer from a file…")}`,
      command: commands.addTokenizerFromFile,
      alwaysShow: true,
    },
    {
      label: `$(cloud-download) ${l10n.t("Add tokenizer from a model hub…")}`,
      command: commands.addTokenizerFromHub,
      alwaysShow: true,
    },
  ];
}

function title(target: PickTarget, document: TextDocument | undefined): string {
  if (target === "workspace") return l10n.t("Tokenizer for this workspace");
  if (target === "language") return l10n.t("Tokenizer for {0} files", document?.languageId ?? "");
  return l10n.t("Tokenizer");
}

async function set(name: string, target: PickTarget, document: TextDocument | undefined): Promise<void> {
  const scope: ConfigurationScope | undefined =
    target === "language" && document ? { languageId: document.languageId } : undefined;
  const where = target === "workspace" ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration(undefined, scope).update(setting, name, where, target === "language");
}

/** Sets the value that `document` takes, at the most special place that has one. */
async function setWhereItCounts(name: string, document: TextDocument | undefined): Promise<void> {
  const configuration = workspace.getConfiguration(undefined, document);
  const values = configuration.inspect<string>(setting);
  if (!values) return;
  const places: [unknown, ConfigurationTarget, boolean][] = [
    [values.workspaceFolderLanguageValue, ConfigurationTarget.WorkspaceFolder, true],
    [values.workspaceLanguageValue, ConfigurationTarget.Workspace, true],
    [values.globalLanguageValue, ConfigurationTarget.Global, true],
    [values.workspaceFolderValue, ConfigurationTarget.WorkspaceFolder, false],
    [values.workspaceValue, ConfigurationTarget.Workspace, false],
  ];
  const place = places.find(([value]) => value !== undefined);
  if (place) await configuration.update(setting, name, place[1], place[2]);
}
