import type { LlamaModel, Token } from "node-llama-cpp";
import { byteLevelBytes } from "../../../tokenizers/huggingFace/byteLevel";
import type { TokenText } from "../../engine";

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/i;
const SPACE_MARK = /\u2581/g;

/** What each token stands for: its bytes, its text, and whether it is a special one. */
export class Vocabulary {
  readonly size: number;
  /** Special tokens by what they spell: the control tokens, which text must not turn into unless asked for. */
  readonly special: ReadonlyMap<string, number>;
  readonly bos: number | undefined;
  readonly eos: number | undefined;
  readonly addsBos: boolean;
  private readonly names: readonly string[];
  private readonly kept = new Map<number, TokenText & { readonly raw: Uint8Array }>();

  constructor(private readonly model: LlamaModel) {
    this.names = model.fileInfo.metadata.tokenizer.ggml.tokens;
    this.size = this.names.length;
    this.bos = model.tokens.bos ?? undefined;
    this.eos = model.tokens.eos ?? undefined;
    this.addsBos = this.bos !== undefined && model.tokens.shouldPrependBosToken;
    const special = new Map<string, number>();
    this.names.forEach((name, id) => {
      if (name !== "" && this.isControl(id) && !special.has(name)) special.set(name, id);
    });
    this.special = special;
  }

  has(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.size;
  }

  isEnd(id: number): boolean {
    return this.model.isEogToken(id as Token);
  }

  /** A token by itself; a stretch of bytes that is no character becomes one U+FFFD, with the bytes beside. */
  token(id: number): TokenText {
    const { raw: _, ...shown } = this.entry(id);
    return shown;
  }

  bytes(id: number): Uint8Array {
    return this.entry(id).raw;
  }

  private entry(id: number): TokenText & { readonly raw: Uint8Array } {
    const known = this.kept.get(id);
    if (known) return known;
    const raw = this.read(id);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(raw);
    const whole = Buffer.from(text).equals(raw);
    const entry = {
      id,
      text,
      ...(!whole && { bytes: Buffer.from(raw).toString("hex") }),
      ...((this.isControl(id) || this.isEnd(id)) && { special: true }),
      raw,
    };
    this.kept.set(id, entry);
    return entry;
  }

  private read(id: number): Uint8Array {
    const name = this.names[id] ?? "";
    const attributes = this.model.getTokenAttributes(id as Token);
    if (attributes.control || attributes.unknown || attributes.userDefined) return Buffer.from(name);
    switch (this.model.vocabularyType) {
      case "bpe":
        return byteLevelBytes(name) ?? Buffer.from(name);
      case "spm":
      case "ugm": {
        const byte = BYTE_TOKEN.exec(name)?.[1];
        return byte && attributes.byte
          ? Uint8Array.of(Number.parseInt(byte, 16))
          : Buffer.from(name.replace(SPACE_MARK, " "));
      }
      default:
        return Buffer.from(this.model.detokenize([id as Token], true));
    }
  }

  private isControl(id: number): boolean {
    const attributes = this.model.getTokenAttributes(id as Token);
    return attributes.control || (attributes.unknown && !attributes.undefined);
  }
}
