import type { TextDocument } from "vscode";
import type { ChatSummary, Lane, SourceKind, Summary } from "../../../webview/inspector/protocol";
import { baseName } from "../baseName";
import type { ShownLane } from "./shownText";

interface Facts {
  readonly version: number;
  readonly source: SourceKind;
  readonly document: TextDocument | undefined;
  readonly selected: boolean;
  readonly lanes: readonly ShownLane[];
  readonly length: number;
  readonly chat: ChatSummary | null;
  readonly problem: string | null;
}

/** What the head of the panel says about the shown text. */
export function summaryOf({ document, lanes, ...facts }: Facts): Summary {
  const filled = lanes.map(({ tokens }) => tokens?.filledTo ?? 0);
  return {
    ...facts,
    document: document ? { uri: document.uri.toString(), label: labelOf(document) } : null,
    filledTo: lanes.length > 0 ? Math.min(...filled) : 0,
    lanes: lanes.map(laneSummary),
  };
}

function laneSummary({ asked, resolution, contextWindow, tokens, error }: ShownLane): Lane {
  return {
    asked,
    tokenizer: resolution.tokenizer,
    tokens: tokens?.tokenCount ?? null,
    complete: tokens?.complete ?? false,
    kind: resolution.kind,
    reason: resolution.reason ?? null,
    contextWindow: contextWindow ?? null,
    error: error ?? null,
  };
}

function labelOf({ uri }: TextDocument): string {
  return baseName(uri) || uri.toString();
}
