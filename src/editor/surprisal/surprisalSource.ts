import { type Event, Range, commands as vscodeCommands, window } from "vscode";
import type { Action, Scores } from "../../../webview/surprisal/protocol";
import { commands } from "../../contributions";
import { stepOf } from "../../inference/surprisal";
import { shortened, visibleText } from "../hover/display";
import { formatPerplexity } from "./numbers";
import type { DocumentScoring, ScoringState } from "./scoring";
import { notes, type SurprisalStatus, scopeText, surprisalText } from "./statusText";
import { mostSurprising } from "./summary";
import type { SurprisalLens } from "./surprisalLens";
import { statusOf } from "./surprisalStatus";

/** Tokens in the list of the most surprising ones. */
const mostListed = 30;

const actions: Readonly<Record<Action, string>> = {
  pickModel: commands.surprisalPickModel,
  refresh: commands.surprisalRefresh,
  cancel: commands.surprisalCancel,
  showLog: commands.showLog,
};

/** What the side bar's view shows and asks for. */
export interface SurprisalSource {
  readonly onDidChange: Event<unknown>;
  scores(): Scores | null;
  run(action: Action): Promise<void>;
  reveal(start: number, end: number): Promise<void>;
}

export function surprisalSource(lens: SurprisalLens): SurprisalSource {
  return {
    onDidChange: lens.onDidChange,
    scores: () => (lens.active ? scoresOf(lens.active) : null),
    run: async (action) => {
      await vscodeCommands.executeCommand(actions[action]);
    },
    reveal: async (start, end) => {
      const document = lens.active?.document;
      if (!document) return;
      const selection = new Range(document.positionAt(start), document.positionAt(end));
      const shown = window.visibleTextEditors.find((editor) => editor.document === document);
      await window.showTextDocument(document, {
        selection,
        ...(shown?.viewColumn && { viewColumn: shown.viewColumn }),
      });
    },
  };
}

function scoresOf(scoring: DocumentScoring): Scores {
  const status = statusOf(scoring);
  const { state, facts, summary } = status;
  const { document } = scoring;
  return {
    model: facts?.model.name ?? null,
    scope: scopeText(status),
    status: {
      kind: kindOf(state),
      text: statusText(status),
      details: state.kind === "failed" ? (state.details ?? null) : null,
    },
    histogram: [...summary.histogram],
    perplexity: summary.perplexity === undefined ? null : formatPerplexity(summary.perplexity),
    bitsPerCharacter: summary.bitsPerCharacter?.toFixed(2) ?? null,
    notes: notes(status),
    tokens: mostSurprising(scoring.tokens, mostListed).map(({ start, end, parts, bits = 0 }) => ({
      text: shortened(visibleText(parts.map(({ token }) => token.text).join("")), 24),
      line: document.positionAt(start).line + 1,
      bits,
      step: stepOf(bits),
      start,
      end,
    })),
  };
}

function kindOf({ kind }: ScoringState): Scores["status"]["kind"] {
  return kind === "loading" || kind === "scoring" ? "busy" : kind;
}

/** Whole sentences where the status bar has no room for them; nothing where all is well. */
function statusText(status: SurprisalStatus): string {
  const { state, facts } = status;
  if (state.kind === "ready" && facts) return "";
  if (state.kind === "failed" || state.kind === "stale") return notes(status).at(-1) ?? "";
  return surprisalText(status).replace(/\$\([^)]*\)\s*/g, "");
}
