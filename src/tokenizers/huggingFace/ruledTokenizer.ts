import type { BytePairTokenizer } from "../bytePairTokenizer";
import { LiteralTokens } from "../literalTokens";
import type { EncodeOptions, Encoding, SpecialMode, Tokenizer, WindowEncoder } from "../tokenizer";
import { TokenSink } from "../tokenSink";
import { isPlainlyComposed } from "./composition";
import { FlaggedTokens } from "./flaggedTokens";
import { originalOffset, toPlainText } from "./plainText";
import { RuledWindows } from "./ruledWindows";
import type { TextRules } from "./textRules";

/**
 * The engine for vocabularies that ask for more than pieces and merges: text is cut at added tokens, normalised and
 * prefixed by the rules, and offsets lead back to the text as it was.
 */
export class RuledTokenizer implements Tokenizer {
  readonly fast = true;
  readonly windows: WindowEncoder;
  private readonly added: Readonly<Record<SpecialMode, FlaggedTokens>>;

  constructor(
    private readonly engine: BytePairTokenizer,
    addedTokens: ReadonlyMap<string, number>,
    private readonly rules: TextRules,
  ) {
    const always = new LiteralTokens(addedTokens);
    const all = new LiteralTokens(new Map([...addedTokens, ...engine.specialTokens]));
    const flags = rules.addedTokenFlags;
    this.added = { text: new FlaggedTokens(always, flags), parse: new FlaggedTokens(all, flags) };
    this.windows = new RuledWindows(engine.pieces, this.added.text, [...addedTokens.keys()], rules);
  }

  get name(): string {
    return this.engine.name;
  }

  get vocabularySize(): number {
    return this.engine.vocabularySize;
  }

  get specialTokens(): ReadonlyMap<string, number> {
    return this.engine.specialTokens;
  }

  encode(text: string, options?: EncodeOptions): Encoding {
    if (this.isPlain(text)) return this.engine.encode(text, options);
    const sink = new TokenSink(16 + (text.length >> 1));
    this.run(
      text,
      options,
      (encoding, toOriginal) => {
        const { ids, offsets } = encoding();
        for (let i = 0; i < ids.length; i++) offsets[i] = toOriginal(offsets[i]!);
        sink.add(ids, offsets, ids.length);
      },
      (id, start) => sink.addOne(id, start),
    );
    return sink.finish(text.length);
  }

  count(text: string, options?: EncodeOptions): number {
    if (this.isPlain(text)) return this.engine.count(text, options);
    let count = 0;
    this.run(
      text,
      options,
      (_, __, plain) => {
        count += this.engine.count(plain);
      },
      () => {
        count++;
      },
    );
    return count;
  }

  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    return this.engine.decodeBytes(ids);
  }

  decode(ids: ArrayLike<number>): string {
    return this.engine.decode(ids);
  }

  tokenBytes(id: number): Uint8Array | undefined {
    return this.engine.tokenBytes(id);
  }

  rank(id: number): number | undefined {
    return this.engine.rank(id);
  }

  /** Whether no rule changes anything in `text`, so that the engine gives the same. */
  private isPlain(text: string): boolean {
    const { nfc, lowLineIsSpace, spacePrefix, addedTokenFlags } = this.rules;
    if (spacePrefix !== undefined || addedTokenFlags?.length) return false;
    return !(lowLineIsSpace && text.includes("\u2581")) && !(nfc && !isPlainlyComposed(text));
  }

  private run(
    text: string,
    options: EncodeOptions | undefined,
    onPlain: (encoding: () => Encoding, toOriginal: (at: number) => number, plain: string) => void,
    onAdded: (id: number, start: number) => void,
  ): void {
    let from = 0;
    const runPlain = (to: number): void => {
      if (from === to) return;
      const start = from;
      const plain = toPlainText(text.slice(start, to), this.rules, start === 0, start > 0);
      onPlain(
        () => this.engine.encode(plain.text),
        (at) => start + originalOffset(plain, at),
        plain.text,
      );
    };
    for (const { start, end, id } of this.added[options?.special ?? "text"].in(text)) {
      runPlain(start);
      onAdded(id, start);
      from = end;
    }
    runPlain(text.length);
  }
}
