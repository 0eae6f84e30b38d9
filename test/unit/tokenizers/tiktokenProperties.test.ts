import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tokenizer } from "../../../src/tokenizers";
import { goldens, loadShipped, offsetsByBytes } from "./tiktoken.shared";

/** Text as hostile as fast-check makes it: any code units, pairs or not, and what pre-tokenizers treat apart. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        "'s",
        "'LL",
        " ",
        "   ",
        "\n",
        "\r\n",
        "\t",
        "123",
        "Ab",
        "aB",
        "中A",
        "\u0301",
        "/",
        "\ufeff",
        "\u0085",
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

describe.each(["o200k_base", "cl100k_base", "p50k_base"])("%s on any text", (name) => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadShipped(name);
  });

  it("decodes to the text as UTF-8", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ids } = tokenizer.encode(text);
        expect(tokenizer.decodeBytes(ids)).toEqual(new TextEncoder().encode(text));
        expect(tokenizer.decode(ids)).toBe(
          new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("counts what it encodes, with offsets that follow the bytes", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ids, offsets } = tokenizer.encode(text);
        expect(tokenizer.count(text)).toBe(ids.length);
        expect(Array.from(offsets)).toEqual(offsetsByBytes(tokenizer, text, ids));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives of a window only what no following text changes", () => {
    fc.assert(
      fc.property(anyText, anyText, (head, tail) => {
        const windows = tokenizer.windows!;
        const units = unitsOf(head);
        const before = Array.from(units);
        const { pieces, tokens, ids, starts, pieceEnds, tokenEnds } = windows.encodeWindow(units, units.length, false);
        const sure = { ids: Array.from(ids.subarray(0, tokens)), starts: Array.from(starts.subarray(0, tokens)) };
        if (pieces > 0) expect(tokenEnds[pieces - 1]).toBe(tokens);
        const end = pieces > 0 ? pieceEnds[pieces - 1]! : 0;
        expect(end).toBeLessThanOrEqual(head.length);
        expect(Array.from(units)).toEqual(before);
        const whole = tokenizer.encode(head + tail);
        expect(Array.from(whole.ids.subarray(0, tokens))).toEqual(sure.ids);
        expect(Array.from(whole.offsets.subarray(0, tokens))).toEqual(sure.starts);
        expect(whole.offsets[tokens]).toBe(end);
      }),
      { numRuns: 2000 },
    );
  });

  it("encodes a window at the text's end as the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = tokenizer.encode(text);
        const { tokens, ids, starts } = tokenizer.windows!.encodeWindow(unitsOf(text), text.length, true);
        expect(Array.from(ids.subarray(0, tokens))).toEqual(Array.from(whole.ids));
        expect(Array.from(starts.subarray(0, tokens))).toEqual(Array.from(whole.offsets.subarray(0, -1)));
      }),
      { numRuns: 1000 },
    );
  });

  it("encodes texts of many windows as their documents say", () => {
    const text = goldens.encodings[name]!.text as Record<string, number[]>;
    const documents = Object.keys(text);
    expect(documents.map((document) => goldens.documents[document]!).join("").length).toBeGreaterThan(3 * 16_384);
    const end = tokenizer.specialTokens.get("<|endoftext|>")!;
    const plain = documents.filter((document) => !(document in goldens.encodings[name]!.parse));
    const ids = tokenizer.encode(plain.map((document) => goldens.documents[document]!).join("<|endoftext|>"), {
      special: "parse",
    }).ids;
    expect(Array.from(ids)).toEqual(
      plain.flatMap((document, index) => (index === 0 ? text[document]! : [end, ...text[document]!])),
    );
  });
});

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
