import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
} from "vscode";
import { internalCommands } from "../../contributions";
import { setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import { markdownSections, type Section } from "../../tokenizers/markdownSections";
import { formatShare, formatTokens } from "../../tokens/format";
import type { LiveDocument } from "../../tokens/liveDocument";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import { inSlices } from "../../tokens/slices";
import type { TokenizerService } from "../../tokens/tokenizerService";
import type { TokenLens } from "../lens/tokenLens";
import { whenCountsMayChange } from "./refresh";
import { worthCounting } from "./worthCounting";

const markdownLanguages = ["markdown", "prompt", "instructions", "chatagent", "chatmode", "mdx", "quarto", "rmd"];

/** Token counts above Markdown sections while the lens is on. */
export class SectionLens implements CodeLensProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private readonly incomplete = new WeakSet<LiveDocument>();

  readonly onDidChangeCodeLenses = this.emitter.event;

  constructor(
    private readonly lens: TokenLens,
    private readonly documents: LiveDocuments,
    private readonly tokenizers: TokenizerService,
  ) {
    this.store.add(languages.registerCodeLensProvider(markdownLanguages, this));
    this.store.add(whenCountsMayChange(lens, tokenizers, "promptscope.codeLens.sections", () => this.emitter.fire()));
    // Edits make VS Code ask again by itself; that counting has ended does not.
    this.store.add(
      documents.onDidChange((live) => {
        if (live.complete && this.incomplete.delete(live)) this.emitter.fire();
      }),
    );
  }

  async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
    if (!this.lens.on || !setting("promptscope.codeLens.sections")) return [];
    const live = this.documents.get(document);
    if (!live) return [];
    if (!live.complete) {
      this.incomplete.add(live);
      return [];
    }
    const { version } = document;
    const stop = new AbortController();
    const cancelled = token.onCancellationRequested(() => stop.abort());
    const sections = await inSlices(
      markdownSections(document.lineCount, (line) => document.lineAt(line).text),
      stop.signal,
    );
    cancelled.dispose();
    // After an edit VS Code has asked again already.
    if (!sections || !live.complete || document.version !== version) return [];
    const approximate = this.tokenizers.selectionFor(document).kind === "estimate";
    return worthCounting(sections).map((section) => codeLens(live, section, approximate));
  }

  dispose(): void {
    this.store.dispose();
  }
}

function codeLens({ document, tokens }: LiveDocument, section: Section, approximate: boolean): CodeLens {
  const start = document.lineAt(section.line).range.start;
  const range = new Range(start, document.lineAt(section.endLine - 1).range.end);
  const end =
    section.endLine < document.lineCount
      ? document.offsetAt(document.lineAt(section.endLine).range.start)
      : tokens.length;
  const count = tokens.countIn(document.offsetAt(start), end);
  const share = formatShare(tokens.tokenCount === 0 ? 0 : count / tokens.tokenCount);
  return new CodeLens(new Range(start, start), {
    title: l10n.t("{0} · {1} of file", formatTokens(count, approximate), share),
    tooltip: l10n.t("Tokens of this section with its subsections. Click to select it."),
    command: internalCommands.selectRange,
    arguments: [document.uri, range],
  });
}
