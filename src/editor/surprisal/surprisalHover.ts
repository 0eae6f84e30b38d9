import {
  type Disposable,
  Hover,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  window,
} from "vscode";
import { commands, internalCommands } from "../../contributions";
import type { Alternative } from "../../inference/engine";
import { setting } from "../../platform/configuration";
import { commandUri } from "../hover/html";
import { isHighContrast, paletteName } from "../hover/theme";
import { type FileToken, firstFrom } from "./fileTokens";
import { surprisalMarkdown } from "./hoverCard";
import { palettes } from "./palette";
import type { DocumentScoring } from "./scoring";

/** Says how surprising the token under the pointer was, and what was expected instead. */
export class SurprisalHover implements Disposable {
  private readonly registration: Disposable;

  constructor(private readonly lens: { scoringOf(document: TextDocument): DocumentScoring | undefined }) {
    this.registration = languages.registerHoverProvider("*", {
      provideHover: (document, position) => this.hover(document, position),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private hover(document: TextDocument, position: Position): Hover | undefined {
    const scoring = this.lens.scoringOf(document);
    const offset = document.offsetAt(position);
    const found = scoring && tokensAt(scoring.tokens, offset);
    if (!scoring || !found?.token || !scoring.facts) return undefined;
    const { token, added } = found;
    const { facts } = scoring;
    const given = token.parts[0]?.given;
    const markdown = new MarkdownString(
      surprisalMarkdown({
        token,
        added,
        vocabulary: facts.model.vocabularySize,
        looked: scoring.lookedAt,
        shown: setting("promptscope.surprisal.topK", document),
        given: given !== undefined && scoring.inWindow(token) ? given : undefined,
        secondsAgo: (Date.now() - facts.at) / 1000,
        palette: palettes[paletteName()],
        highContrast: isHighContrast(window.activeColorTheme.kind),
        links: links(document, token, scoring.inJson(token), facts.model.id),
      }),
    );
    markdown.supportHtml = true;
    markdown.isTrusted = {
      enabledCommands: [
        internalCommands.replaceAndContinue,
        commands.openExplorer,
        commands.continueHere,
        commands.surprisalRefresh,
      ],
    };
    return new Hover(markdown, new Range(document.positionAt(token.start), document.positionAt(token.end)));
  }
}

/** The token that covers an offset (the last one at the end of the text), and the template's tokens beside it. */
export function tokensAt(
  tokens: readonly FileToken[],
  offset: number,
): { readonly token: FileToken | undefined; readonly added: FileToken[] } {
  const near = tokens.slice(Math.max(0, firstFrom(tokens, offset) - 40), firstFrom(tokens, offset) + 40);
  const own = near.filter((token) => token.added === undefined);
  const token =
    own.find(({ start, end }) => start <= offset && offset < end) ?? own.findLast(({ end }) => end === offset);
  const added = near.filter((each) => each.added !== undefined && each.start === offset);
  return { token: token ?? added[0], added };
}

function links(
  document: TextDocument,
  token: FileToken,
  json: boolean,
  modelId: string,
): Parameters<typeof surprisalMarkdown>[0]["links"] {
  const uri = document.uri.toString();
  const { start, end } = token;
  const expected = document.getText(new Range(document.positionAt(start), document.positionAt(end)));
  const writable = token.added === undefined && !token.stale;
  return {
    replace: (alternative: Alternative) =>
      !writable || alternative.special || alternative.bytes !== undefined || alternative.text === ""
        ? undefined
        : commandUri(internalCommands.replaceAndContinue, { uri, start, end, expected, json, text: alternative.text }),
    branch: (alternative) =>
      commandUri(commands.openExplorer, {
        uri,
        offset: start,
        modelId,
        ...(alternative && { id: alternative.id, text: alternative.text }),
      }),
    continue: commandUri(commands.continueHere, { uri, offset: end }),
    refresh: commandUri(commands.surprisalRefresh),
  };
}
