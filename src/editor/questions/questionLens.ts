import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  l10n,
  languages,
  Position,
  Range,
  type TextDocument,
  workspace,
} from "vscode";
import { commands } from "../../contributions";
import type { PlacedQuestion } from "../../experiments/reasoning/places/placed";
import { SettingsWatch, setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import { lengthOf } from "../../tokens/documentText";
import { inSlices } from "../../tokens/slices";

const selector = [
  { pattern: "**/*.{jsonl,ndjson,csv,tsv}" },
  ...["markdown", "prompt", "mdx", "quarto", "rmd"].map((language) => ({ language })),
];
/** Longer files are opened as files of questions, from the panel. */
const mostUnits = 1_000_000;
const mostOffers = 1000;

/** Where a question stands, for the command that opens the reasoning panel on it. */
export interface QuestionPlace {
  readonly uri: string;
  readonly range: Range;
  readonly question: string;
  /** The reference, where the file has one. */
  readonly answer?: string;
}

/**
 * "Compare step by step with answer first" above the questions of problem files: JSON Lines and CSV rows with their answer,
 * Markdown sections that end in a question. Not in workspaces that are not trusted: models are off there.
 */
export class QuestionLens implements CodeLensProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.emitter.event;

  constructor() {
    const settings = this.store.add(new SettingsWatch(["promptscope.codeLens.questions"]));
    for (const event of [settings.onDidChange, workspace.onDidGrantWorkspaceTrust])
      this.store.add(event(() => this.emitter.fire()));
    this.store.add(languages.registerCodeLensProvider(selector, this));
  }

  async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
    if (!workspace.isTrusted || !setting("promptscope.codeLens.questions") || lengthOf(document) > mostUnits) return [];
    const { offeredQuestions } = await import("../../experiments/reasoning/places/places");
    const stop = new AbortController();
    const cancelled = token.onCancellationRequested(() => stop.abort());
    const { version, fileName, languageId } = document;
    const found = await inSlices(offeredQuestions(document.getText(), fileName, languageId), stop.signal);
    cancelled.dispose();
    // After an edit VS Code has asked again already.
    if (!found || document.version !== version) return [];
    return found.slice(0, mostOffers).map((placed) => offer(document, placed));
  }

  dispose(): void {
    this.store.dispose();
  }
}

function offer(document: TextDocument, { question, start, end, line }: PlacedQuestion): CodeLens {
  const place: QuestionPlace = {
    uri: document.uri.toString(),
    range: new Range(document.positionAt(start), document.positionAt(end)),
    question: question.text,
    ...(question.answer !== undefined && { answer: question.answer }),
  };
  return new CodeLens(new Range(new Position(line, 0), new Position(line, 0)), {
    title: l10n.t("Compare step by step with answer first"),
    tooltip: l10n.t(
      "Asks a model this question with and without written steps. The panel opens; the run starts when you press Run.",
    ),
    command: commands.openReasoning,
    arguments: [place],
  });
}
