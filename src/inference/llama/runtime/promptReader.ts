import type { LlamaModel, Token } from "node-llama-cpp";
import type { ChatSegment } from "../../../tokenizers/chat/messages";
import { renderChat } from "../../../tokenizers/chat/render";
import { LiteralTokens } from "../../../tokenizers/literalTokens";
import { type ChatPrompt, EngineError, type Prompt, type TokenizedPrompt, type TokenizeOptions } from "../../engine";
import { refuseLongRuns } from "./longRuns";
import { promptOf } from "./tokenTexts";
import type { Vocabulary } from "./vocabulary";

/** A stretch of a rendered chat; `written` by a person, so that what it spells stays text. */
interface Stretch extends ChatSegment {
  readonly written: boolean;
}

interface Piece {
  readonly id: number;
  readonly message: number | undefined;
}

/** Turns prompts into the tokens that the model is given, by llama.cpp's own tokenizer and the model's own template. */
export class PromptReader {
  private readonly specials: LiteralTokens;

  constructor(
    private readonly model: LlamaModel,
    private readonly vocabulary: Vocabulary,
    private readonly template: string | undefined,
  ) {
    this.specials = new LiteralTokens(vocabulary.special);
  }

  /** Throws EngineError "badInput" for ids that no token has, or text that cannot be tokenized. */
  read(prompt: Prompt): TokenizedPrompt {
    switch (prompt.kind) {
      case "text":
        return this.tokenize(prompt.text, { parseSpecial: prompt.parseSpecial ?? false, addBos: true });
      case "tokens": {
        const wrong = prompt.ids.find((id) => !this.vocabulary.has(id));
        if (wrong === undefined) return promptOf(prompt.ids, this.vocabulary);
        throw new EngineError(
          "badInput",
          `The model has no token with the id ${wrong}; its ids run from 0 to ${this.vocabulary.size - 1}.`,
        );
      }
      case "chat":
        return this.chat(prompt);
    }
  }

  tokenize(text: string, options: TokenizeOptions): TokenizedPrompt {
    refuseLongRuns(text);
    const ids = [...this.model.tokenize(text, options.parseSpecial)] as number[];
    return promptOf(options.addBos ? this.withBos(ids) : ids, this.vocabulary);
  }

  private chat(prompt: ChatPrompt): TokenizedPrompt {
    if (this.template === undefined) {
      throw new EngineError(
        "unsupported",
        "This model has no chat template, so it cannot be given a chat. Use a raw document, or choose a chat model.",
      );
    }
    const { text, segments } = this.rendered(prompt, this.template);
    refuseLongRuns(text);
    const pieces = this.pieces(text, segments, prompt.parseSpecial ?? false);
    const ids = this.withBos(pieces.map(({ id }) => id));
    const added = ids.length - pieces.length;
    const { tokens, text: spelled } = promptOf(ids, this.vocabulary);
    return {
      text: spelled,
      tokens: tokens.map((token, index) => {
        const message = pieces[index - added]?.message;
        return message === undefined ? token : { ...token, message };
      }),
    };
  }

  private rendered(prompt: ChatPrompt, template: string): { text: string; segments: readonly Stretch[] } {
    const nameOf = (id: number | undefined) => (id === undefined ? "" : this.vocabulary.token(id).text);
    let text: string;
    let segments: Stretch[];
    try {
      const rendered = renderChat(template, prompt.messages, {
        addGenerationPrompt: prompt.addGenerationPrompt ?? true,
        bosToken: nameOf(this.vocabulary.bos),
        eosToken: nameOf(this.vocabulary.eos),
        ...(prompt.templateValues && { values: prompt.templateValues }),
      });
      text = rendered.text;
      segments = rendered.segments.map((segment) => ({ ...segment, written: segment.message !== undefined }));
    } catch (error) {
      throw new EngineError("badInput", error instanceof Error ? error.message : String(error), undefined, {
        cause: error,
      });
    }
    const start = prompt.answerStart ?? "";
    if (start !== "") {
      segments.push({ start: text.length, end: text.length + start.length, message: undefined, written: true });
    }
    return { text: text + start, segments };
  }

  /**
   * As llama.cpp tokenizes a whole rendered chat, but special tokens are only found in the template's own stretches: the
   * text between two of them is tokenized in one go, whoever wrote it.
   */
  private pieces(text: string, segments: readonly Stretch[], parseAll: boolean): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    let strip = false;
    const plainUntil = (to: number, stripEnd: boolean): void => {
      let run = text.slice(from, to);
      let start = from;
      if (strip) {
        const kept = run.trimStart();
        start += run.length - kept.length;
        run = kept;
      }
      if (stripEnd) run = run.trimEnd();
      pieces.push(...this.plain(run, start, segments));
    };
    for (const segment of segments) {
      if (segment.written && !parseAll) continue;
      for (const { start, end, id } of this.specials.in(text.slice(segment.start, segment.end))) {
        const attributes = this.model.getTokenAttributes(id as Token);
        plainUntil(segment.start + start, attributes.lstrip);
        pieces.push({ id, message: segment.message });
        from = segment.start + end;
        strip = attributes.rstrip;
      }
    }
    plainUntil(text.length, false);
    return pieces;
  }

  /** Tokens of a stretch without special ones, each with the message that its first byte is of. */
  private plain(run: string, start: number, segments: readonly Stretch[]): Piece[] {
    if (run === "") return [];
    const ids = [...this.model.tokenize(run, false)] as number[];
    const sizes = ids.map((id) => this.vocabulary.bytes(id).length);
    // Some tokenizers put a space before the text: it is the template's doing.
    let byte = Buffer.byteLength(run) - sizes.reduce((sum, size) => sum + size, 0);
    const starts = segments
      .filter(({ end }) => end > start)
      .map((segment) => ({
        message: segment.message,
        byte: Buffer.byteLength(run.slice(0, Math.max(0, segment.start - start))),
      }));
    return ids.map((id, index) => {
      const at = Math.max(0, byte);
      byte += sizes[index]!;
      return { id, message: starts.findLast((each) => each.byte <= at)?.message };
    });
  }

  /** One begin-of-sequence token where the model's files ask for it; a template may have written it already. */
  private withBos(ids: number[]): number[] {
    const { addsBos, bos } = this.vocabulary;
    return addsBos && bos !== undefined && ids[0] !== bos ? [bos, ...ids] : ids;
  }
}
