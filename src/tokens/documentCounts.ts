import { l10n, type TextDocument } from "vscode";
import { setting } from "../platform/configuration";
import { lengthOf, textFrom } from "./documentText";
import { type Estimate, estimateTokens } from "./estimate";
import { formatBytes, formatCount } from "./format";
import { type LiveDocuments, mostSlowUnits, type Refusal } from "./liveDocuments";
import type { Selection, TokenizerService } from "./tokenizerService";

/** What is known of a document's number of tokens. */
export type DocumentCount = { readonly selection: Selection } & (
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  /** `progress` is the share of the text that is tokenized, 0 to 1. */
  | { readonly kind: "counting"; readonly tokens: number; readonly progress: number }
  | { readonly kind: "counted"; readonly tokens: number }
  | { readonly kind: "sampled"; readonly tokens: number; readonly reason: string }
);

/** The token counts of open documents. Asking loads the tokenizer where need be; `onDidLoad` tells when to ask again. */
export class DocumentCounts {
  private readonly estimates = new WeakMap<TextDocument, { readonly key: string; readonly estimate: Estimate }>();

  constructor(
    private readonly documents: LiveDocuments,
    private readonly tokenizers: TokenizerService,
  ) {}

  of(document: TextDocument): DocumentCount {
    const selection = this.tokenizers.selectionFor(document);
    const message = this.tokenizers.failure(selection.tokenizer);
    if (message !== undefined) return { selection, kind: "failed", message };
    if (!this.tokenizers.loaded(selection.tokenizer)) {
      this.tokenizers.request(selection.tokenizer);
      return { selection, kind: "loading" };
    }
    const live = this.documents.get(document);
    if (!live) return this.sampled(document, selection);
    const tokens = live.tokens.tokenCount;
    if (live.complete) return { selection, kind: "counted", tokens };
    return { selection, kind: "counting", tokens, progress: live.progress };
  }

  private sampled(document: TextDocument, selection: Selection): DocumentCount {
    const key = `${selection.tokenizer} ${document.version}`;
    const known = this.estimates.get(document);
    const estimate = known?.key === key ? known.estimate : this.estimate(document, selection.tokenizer);
    this.estimates.set(document, { key, estimate });
    return { selection, kind: "sampled", tokens: estimate.tokens, reason: this.reason(document, estimate) };
  }

  private estimate(document: TextDocument, name: string): Estimate {
    const tokenizer = this.tokenizers.loaded(name);
    if (!tokenizer) throw new Error(`${name} is not loaded`);
    return estimateTokens(lengthOf(document), (start, units) => tokenizer.count(textFrom(document, start, units)));
  }

  private reason(document: TextDocument, { margin, sampled }: Estimate): string {
    const why = refusalText(this.documents.refusal(document), lengthOf(document), document);
    const how =
      margin === 0
        ? l10n.t("Its text was counted whole.")
        : l10n.t(
            "Reckoned from {0} characters sampled; give or take {1} tokens.",
            formatCount(sampled),
            formatCount(margin),
          );
    return `${why} ${how}`;
  }
}

function refusalText(refusal: Refusal | undefined, length: number, document: TextDocument): string {
  if (refusal === undefined)
    return l10n.t(
      "This tokenizer goes through a general, slower library: texts of more than {0} characters are not counted whole.",
      formatCount(mostSlowUnits),
    );
  if (refusal === "binary") return l10n.t("The file looks binary: tokens of its text say little.");
  const limit = setting("promptscope.files.maxSizeMB", document);
  return l10n.t(
    "The file has {0}, more than the {1} MB in the setting promptscope.files.maxSizeMB.",
    formatBytes(length),
    formatCount(limit),
  );
}
