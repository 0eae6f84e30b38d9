import { l10n } from "vscode";
import type { CatalogueModel, TokenizerInfo } from "../../tokenizers/catalogue";
import { formatCount, formatWindow } from "../../tokens/format";

/** A tokenizer that the user added. */
export interface AddedInfo {
  readonly name: string;
  /** Where it came from: "tokenizer.json", "hub: Qwen/Qwen3-8B". */
  readonly origin: string;
  /** Why it goes through the general, slower library. */
  readonly slower?: string | undefined;
}

/** One row of the tokenizer picker. */
export type PickerRow =
  | { readonly kind: "heading"; readonly label: string }
  /** Picking it sets the setting to `name`, a model's or a tokenizer's. */
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly tokenizer: string;
      readonly label: string;
      readonly description: string;
      readonly detail?: string;
      /** Only a stand-in for the model's own tokenizer. */
      readonly estimate: boolean;
    };

type Choice = Extract<PickerRow, { kind: "choice" }>;

/** The one in use first, then recently picked ones, then models by maker, then tokenizers, then the user's own. */
export function pickerRows(
  models: readonly CatalogueModel[],
  tokenizers: readonly TokenizerInfo[],
  added: readonly AddedInfo[],
  recent: readonly string[],
  current: string,
): PickerRow[] {
  const own = added.map(addedChoice);
  const shipped = tokenizers.map(tokenizerChoice);
  const known = models.map(modelChoice);
  const all = new Map([...known, ...shipped, ...own].map((choice) => [choice.name, choice]));
  const named = (names: readonly string[]): Choice[] => names.flatMap((name) => all.get(name) ?? []);
  const makers = [...new Set(models.map((model) => model.maker))];
  return [
    ...section(l10n.t("in use"), named([current])),
    ...section(l10n.t("recent"), named(recent.filter((name) => name !== current))),
    ...section(l10n.t("added by you"), own),
    ...makers.flatMap((maker) =>
      section(
        maker,
        known.filter((_, index) => models[index]?.maker === maker),
      ),
    ),
    ...section(l10n.t("tokenizers"), shipped),
  ];
}

/** Choices of tokenizers alone, each once: what can be compared. */
export function tokenizerRows(tokenizers: readonly TokenizerInfo[], added: readonly AddedInfo[]): Choice[] {
  return [...tokenizers.map(tokenizerChoice), ...added.map(addedChoice)];
}

/** Puts a name first among the recent ones, which stay few. */
export function withRecent(recent: readonly string[], name: string): string[] {
  return [name, ...recent.filter((other) => other !== name)].slice(0, 5);
}

function section(label: string, choices: readonly Choice[]): PickerRow[] {
  return choices.length > 0 ? [{ kind: "heading", label }, ...choices] : [];
}

function modelChoice({ name, label, tokenizer, kind, contextTokens }: CatalogueModel): Choice {
  const window = contextTokens === undefined ? [] : [l10n.t("{0} window", formatWindow(contextTokens))];
  const how = kind === "estimate" ? l10n.t("≈ estimate with {0}", tokenizer) : tokenizer;
  return {
    kind: "choice",
    name,
    tokenizer,
    label,
    description: [how, ...window].join(" · "),
    estimate: kind === "estimate",
  };
}

function tokenizerChoice({ name, description, vocabularySize, fast }: TokenizerInfo): Choice {
  const size = l10n.t("{0} tokens in the vocabulary", formatCount(vocabularySize));
  return {
    kind: "choice",
    name,
    tokenizer: name,
    label: name,
    description: fast ? size : `${size} · ${l10n.t("slower")}`,
    detail: description,
    estimate: false,
  };
}

function addedChoice({ name, origin, slower }: AddedInfo): Choice {
  const description = slower === undefined ? origin : `${origin} · ${l10n.t("slower, since {0}", slower)}`;
  return { kind: "choice", name, tokenizer: name, label: name, description, estimate: false };
}
