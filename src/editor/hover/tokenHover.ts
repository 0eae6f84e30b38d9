import {
  ColorThemeKind,
  type Disposable,
  Hover,
  l10n,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  window,
} from "vscode";
import { commands, internalCommands } from "../../contributions";
import type { DocumentToken, TokenDocument, Tokenizer } from "../../tokenizers";
import type { LiveDocument } from "../../tokens/liveDocument";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { bandColors, bandsIn } from "../lens/bands";
import { DocumentLines } from "../lens/visibleLines";
import { commandUri } from "./html";
import { type ComparedRow, cardMarkdown, type Piece, type TokenCard } from "./tokenCard";
import { piecesOf, type Stretch, wordAround } from "./word";

const patienceMs = 250;

/** Says what is to be known of the token under the pointer. Silent while the lens is off. */
export class TokenHover implements Disposable {
  private readonly registration: Disposable;
  private readonly rankCounts = new WeakMap<Tokenizer, number>();

  constructor(
    private readonly lens: { readonly on: boolean },
    private readonly documents: LiveDocuments,
    private readonly tokenizers: TokenizerService,
  ) {
    this.registration = languages.registerHoverProvider("*", {
      provideHover: async (document, position) => {
        if (!this.lens.on) return undefined;
        await this.comparedSoon(document);
        return this.hover(document, position);
      },
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** The first hover gives compared tokenizers a moment to load and count; what takes longer is there the next time. */
  private async comparedSoon(document: TextDocument): Promise<void> {
    const loading = this.tokenizers.comparedFor(document).map(async (name) => {
      if (this.tokenizers.failure(name) === undefined) await this.tokenizers.load(name);
      await this.documents.get(document, name)?.whenComplete();
    });
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([Promise.allSettled(loading), patience]);
  }

  private hover(document: TextDocument, position: Position): Hover | undefined {
    const live = this.documents.get(document);
    const offset = document.offsetAt(position);
    const token = live?.tokens.tokenAt(offset);
    if (!live || !token) return undefined;
    const card = this.card(live, token);
    const markdown = new MarkdownString(cardMarkdown(card, links(document, token)));
    markdown.supportHtml = true;
    markdown.isTrusted = {
      enabledCommands: [internalCommands.copyTokenId, commands.openInspector],
    };
    return new Hover(markdown, new Range(document.positionAt(token.start), document.positionAt(token.end)));
  }

  private card(live: LiveDocument, token: DocumentToken): TokenCard {
    const { document, tokens, tokenizer } = live;
    // The line it starts in, which counts and colours it: the pointer may be in the next one.
    const { line } = document.positionAt(token.start);
    const text = new DocumentLines(document);
    const lineStart = text.startOf(line);
    const lineEnd = line + 1 < text.lineCount ? text.startOf(line + 1) : tokens.length;
    const before = tokens.countIn(0, lineStart);
    const colorOf = colors(tokens, text, line, token.start - lineStart);
    const { pieces, covered } = piecesOf(tokens, wordAround(tokens, token));
    const sharing = tokens.tokensIn(token.start, token.end);
    const selection = this.tokenizers.selectionFor(document);
    return {
      piece: piece(tokens, token, colorOf),
      position: token.index + 1,
      total: tokens.tokenCount,
      totalIsFinal: live.complete,
      line: line + 1,
      positionInLine: token.index - before + 1,
      tokensInLine: tokens.countIn(lineStart, lineEnd),
      tokens: sharing.map(({ id }) => ({
        id,
        rank: tokenizer.rank(id),
        bytes: tokenizer.tokenBytes(id) ?? new Uint8Array(),
      })),
      ranks: this.ranks(tokenizer),
      word: tokens.slice(covered.start, covered.end).trim() || tokens.slice(covered.start, covered.end),
      wordPieces: pieces.map((part) => piece(tokens, part, colorOf)),
      wordPosition: pieces.findIndex((part) => part.index === token.index) + 1,
      compared: this.compared(live, covered, { start: lineStart, end: lineEnd }, colorOf),
      ...(selection.kind === "estimate" && selection.reason && { estimate: selection.reason }),
      highContrast: window.activeColorTheme.kind >= ColorThemeKind.HighContrast,
    };
  }

  /** The chosen tokenizer first. Others are counted in the background: what is not there yet is there the next time. */
  private compared(
    live: LiveDocument,
    word: Stretch,
    line: Stretch,
    colorOf: (token: DocumentToken) => number,
  ): ComparedRow[] {
    const rows: ComparedRow[] = [row(live, word, line, colorOf)];
    for (const name of this.tokenizers.comparedFor(live.document)) {
      const failure = this.tokenizers.failure(name);
      this.tokenizers.request(name);
      const other = this.documents.get(live.document, name);
      if (failure !== undefined) rows.push({ name, failure });
      else if (other) rows.push(row(other, word, line));
      else rows.push({ name });
    }
    return rows;
  }

  private ranks(tokenizer: Tokenizer): number {
    const known = this.rankCounts.get(tokenizer);
    if (known !== undefined) return known;
    let most = 0;
    for (let id = tokenizer.vocabularySize - 1; id >= 0; id--) most = Math.max(most, (tokenizer.rank(id) ?? -1) + 1);
    this.rankCounts.set(tokenizer, most);
    return most;
  }
}

function row(
  live: LiveDocument,
  word: Stretch,
  line: Stretch,
  colorOf?: (token: DocumentToken) => number,
): ComparedRow {
  const { tokens, tokenizer } = live;
  const name = tokenizer.name;
  if (tokens.filledTo < line.end && !live.complete) return { name };
  const { pieces } = piecesOf(tokens, word);
  return {
    name,
    pieces: pieces.map((part, index) => piece(tokens, part, colorOf ?? (() => index % bandColors))),
    word: pieces.length,
    line: tokens.countIn(line.start, line.end),
    ...(live.complete && { file: tokens.tokenCount }),
  };
}

function piece(tokens: TokenDocument, token: DocumentToken, colorOf: (token: DocumentToken) => number): Piece {
  const text = tokens.slice(token.start, token.end);
  const own = tokens.tokenizer.decode([token.id]);
  return { text, color: colorOf(token), partial: own.includes("\ufffd") && !text.includes("\ufffd") };
}

/** The colours that the lens gives the tokens of a line. */
function colors(
  tokens: TokenDocument,
  text: DocumentLines,
  line: number,
  column: number,
): (token: DocumentToken) => number {
  const start = text.startOf(line);
  const fromColumn = Math.max(0, column - 1000);
  const { bands } = bandsIn(tokens, text, { from: line, fromColumn, to: line, toColumn: Number.MAX_SAFE_INTEGER });
  return (token) => bands.find((band) => start + band.end > token.start)?.color ?? 0;
}

function links(document: TextDocument, token: DocumentToken): { label: string; uri: string }[] {
  const place = { uri: document.uri.toString(), offset: token.start, tokenIndex: token.index };
  return [
    { label: l10n.t("Copy id"), uri: commandUri(internalCommands.copyTokenId, token.id) },
    { label: l10n.t("Open in inspector"), uri: commandUri(commands.openInspector, place) },
    { label: l10n.t("Compare tokenizers…"), uri: commandUri(commands.openInspector, { ...place, mode: "compare" }) },
  ];
}
