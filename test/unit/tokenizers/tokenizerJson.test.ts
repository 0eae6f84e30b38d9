import { describe, expect, it } from "vitest";
import { TokenizerError } from "../../../src/tokenizers";
import { hubFiles, isHubId } from "../../../src/tokenizers/huggingFace/hubFiles";
import { planVocabulary } from "../../../src/tokenizers/huggingFace/plan";
import { readTokenizerConfig } from "../../../src/tokenizers/huggingFace/tokenizerConfig";
import { parseTokenizerJson } from "../../../src/tokenizers/huggingFace/tokenizerJson";
import { loadTokenizerFromJson } from "../../../src/tokenizers/userTokenizers";
import { coreBytes } from "./shipped";

type Json = Record<string, unknown>;

const byteLevel = { type: "ByteLevel", add_prefix_space: false, use_regex: true };

/** A tokenizer.json of three letters in which "ab" merges. */
function file(changes: Json = {}, model: Json = {}): Uint8Array {
  const vocab = { a: 0, b: 1, Ġ: 2, ab: 3, Ġab: 4, "\u2581": 5, "<x>": 6 };
  const merges = [
    ["a", "b"],
    ["Ġ", "ab"],
  ];
  const json = {
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    ...changes,
    model: { type: "BPE", vocab, merges, ...model },
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

function plan(bytes: Uint8Array) {
  return planVocabulary("test", parseTokenizerJson(bytes));
}

function added(token: Json): Json {
  return { added_tokens: [{ id: 6, content: "<x>", normalized: false, special: false, ...token }] };
}

async function load(bytes: Uint8Array) {
  const never = () => Promise.reject(new Error("the general library was asked for"));
  return (await loadTokenizerFromJson("test", bytes, await coreBytes(), never)).tokenizer;
}

describe("parseTokenizerJson", () => {
  it.each([
    ["no JSON", new TextEncoder().encode("{"), /is not JSON/],
    ["no UTF-8", Uint8Array.of(0x22, 0xff, 0x22), /is not JSON/],
    ["a list", new TextEncoder().encode("[]"), /the file should be an object/],
    ["no model", new TextEncoder().encode("{}"), /model should be an object/],
    ["a merge of three", file({}, { merges: ["a b c"] }), /model\.merges\[0\] is not two tokens: "a b c"/],
    ["a merge of numbers", file({}, { merges: [[1, 2]] }), /model\.merges\[0\]/],
    ["an id that is text", file({}, { vocab: { a: "0" } }), /model\.vocab\["a"\] should be a whole number/],
    ["an enormous id", file({}, { vocab: { a: 1e12 } }), /from 0 to/],
    ["an added token without text", file(added({ content: "" })), /added_tokens\[0\]\.content is empty/],
    ["a flag that is text", file(added({ special: "yes" })), /added_tokens\[0\]\.special should be true or false/],
    ["a pre-tokenizer that is text", file({ pre_tokenizer: "x" }), /pre_tokenizer should be an object/],
    [
      "an odd prepend scheme",
      file({ pre_tokenizer: { type: "Metaspace", replacement: "\u2581", prepend_scheme: "x" } }),
      /prepend_scheme/,
    ],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parseTokenizerJson(bytes)).toThrow(TokenizerError);
    expect(() => parseTokenizerJson(bytes)).toThrow(message);
  });

  it("refuses merges of tokens that are not in the vocabulary", () => {
    expect(() => plan(file({}, { merges: ["a z"] }))).toThrow(/model\.merges\[0\] names "z"/);
    expect(() => plan(file({}, { merges: ["b a"] }))).toThrow(/names "ba"/);
  });
});

describe("planVocabulary", () => {
  it.each([
    ["another model", file({}, { type: "Unigram" }), /Unigram/],
    ["dropout", file({}, { dropout: 0.1 }), /dropout/],
    ["a word suffix", file({}, { end_of_word_suffix: "</w>" }), /end_of_word_suffix/],
    [
      "an unknown expression",
      file({
        pre_tokenizer: {
          type: "Sequence",
          pretokenizers: [
            { type: "Split", pattern: { Regex: "\\w+" }, behavior: "Isolated" },
            { ...byteLevel, use_regex: false },
          ],
        },
      }),
      /pre-tokenizer/,
    ],
    ["a lower-casing normalizer", file({ normalizer: { type: "Lowercase" } }), /Lowercase/],
    ["added tokens that take white space before them", file(added({ lstrip: true })), /looks at the text before/],
    [
      "added tokens in normalised text",
      file({ ...added({ normalized: true }), normalizer: { type: "Prepend", prepend: "x" } }),
      /normalised text/,
    ],
    [
      "no way to encode unknown characters",
      file({ pre_tokenizer: null, normalizer: { type: "Replace", pattern: { String: " " }, content: "\u2581" } }),
      /neither byte tokens/,
    ],
  ])("leaves %s to the general library", (_, bytes, reason) => {
    expect(plan(bytes)).toMatchObject({ unsupported: expect.stringMatching(reason) });
  });

  it("takes files from before the type was written, merges in one text, and sequences in sequences", () => {
    const nested = { type: "Sequence", pretokenizers: [{ type: "Sequence", pretokenizers: [byteLevel] }] };
    const old = plan(
      file(
        { pre_tokenizer: nested, normalizer: { type: "Sequence", normalizers: [] } },
        { type: undefined, merges: ["a b", "Ġ ab"] },
      ),
    );
    expect(old).toMatchObject({
      vocabulary: {
        preTokenizer: "gpt2",
        merges: [
          { left: 0, right: 1, result: 3 },
          { left: 2, right: 3, result: 4 },
        ],
      },
    });
  });
});

describe("rules around the engine", () => {
  it("put a space before text where the file asks for it, but none that is there already", async () => {
    const tokenizer = await load(file({ pre_tokenizer: { ...byteLevel, add_prefix_space: true } }));
    expect([...tokenizer.encode("ab").ids]).toEqual([4]);
    expect([...tokenizer.encode(" ab").ids]).toEqual([4]);
    expect([...tokenizer.encode("ab ab").offsets]).toEqual([0, 2, 5]);
    expect([...tokenizer.encode("").ids]).toEqual([]);
  });

  it("let added tokens take white space after them, or stand only alone", async () => {
    const right = await load(file(added({ rstrip: true })));
    expect([...right.encode("a<x>  \n b").ids]).toEqual([0, 6, 1]);
    expect([...right.encode("a<x>  \n b").offsets]).toEqual([0, 1, 8, 9]);
    const alone = await load(file(added({ special: true, single_word: true })));
    expect([...alone.encode("<x> a", { special: "parse" }).ids]).toEqual([6, 2, 0]);
    expect([...alone.encode("b<x>", { special: "parse" }).ids]).toEqual([1]);
    const left = await load(file(added({ special: true, lstrip: true })));
    expect([...left.encode("a  <x>", { special: "parse" }).offsets]).toEqual([0, 1, 6]);
  });

  it("drop bytes that no token spells, so that what lies around them may merge", async () => {
    const tokenizer = await load(file());
    expect([...tokenizer.encode("azbaüb").ids]).toEqual([3, 3]);
    expect([...tokenizer.encode("zzz").ids]).toEqual([]);
  });
});

describe("hub files", () => {
  it("are named for ids that the hub allows", () => {
    expect(hubFiles("Qwen/Qwen3-8B").map(({ url }) => url)).toEqual([
      "https://huggingface.co/Qwen/Qwen3-8B/resolve/main/tokenizer.json",
      "https://huggingface.co/Qwen/Qwen3-8B/resolve/main/tokenizer_config.json",
    ]);
    expect(hubFiles("a/b", "refs/pr/1", "http://localhost:8000/")[0]?.url).toBe(
      "http://localhost:8000/a/b/resolve/refs%2Fpr%2F1/tokenizer.json",
    );
  });

  it.each([
    "",
    "Qwen",
    "/etc/passwd",
    "../../x",
    "a/b/c",
    "a/..",
    "https://x/y",
    "a/b?c",
    "a/b#c",
    "a b/c",
    "a/b\n",
    "@a/b",
    "a/.b",
    "-a/b",
    `a/${"b".repeat(100)}`,
  ])("are refused for %j", (id) => {
    expect(isHubId(id)).toBe(false);
    expect(() => hubFiles(id)).toThrow(RangeError);
  });

  it("are refused for odd revisions", () => {
    expect(() => hubFiles("a/b", "../x")).toThrow(RangeError);
    expect(() => hubFiles("a/b", "")).toThrow(RangeError);
  });
});

describe("tokenizer_config.json", () => {
  const read = (json: unknown) => readTokenizerConfig(new TextEncoder().encode(JSON.stringify(json)));

  it("gives the chat template and its tokens in either shape", () => {
    expect(read({ chat_template: "x", bos_token: "<s>", eos_token: { content: "</s>" } })).toEqual({
      chatTemplate: "x",
      bosToken: "<s>",
      eosToken: "</s>",
    });
    expect(
      read({
        chat_template: [
          { name: "tool_use", template: "t" },
          { name: "default", template: "d" },
        ],
      }).chatTemplate,
    ).toBe("d");
  });

  it("gives nothing where it is broken", () => {
    const nothing = { chatTemplate: undefined, bosToken: undefined, eosToken: undefined };
    expect(read(null)).toEqual(nothing);
    expect(read({ chat_template: [null, 1], bos_token: 1, eos_token: null })).toEqual(nothing);
    expect(readTokenizerConfig(Uint8Array.of(1))).toEqual(nothing);
  });
});
