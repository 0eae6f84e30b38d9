import { beforeAll, describe, expect, it } from "vitest";
import { countDifferences, differenceAfter, differenceBefore } from "../../../src/panels/inspector/differences";
import { pageOf } from "../../../src/panels/inspector/pages";
import { EncodedTokens } from "../../../src/panels/inspector/readable";
import { loadTokenizer, type Tokenizer } from "../../../src/tokenizers";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { columnsOf } from "../../../webview/ui/tokenPage";

const source = directorySource("dist");
const names = ["o200k_base", "qwen2.5", "r50k_base"];
const sentence =
  "A stall packs 29 persimmons; 12345 + 678. Ein Übermaß 😀 日本語のテキスト naïve\n\n\tif (x) { return }\n";
const text = sentence.repeat(150);
let tokenizers: Tokenizer[];
const always = async () => true;
const noMarks = () => 0;

beforeAll(async () => {
  tokenizers = await Promise.all(names.map((name) => loadTokenizer(name, source)));
});
const lanes = (...which: number[]) =>
  which.map((i) => new EncodedTokens(tokenizers[i]!, text, tokenizers[i]!.encode(text)));

describe("pages", () => {
  for (const which of [[0], [0, 1], [0, 1, 2]]) {
    it(`hold every token once, with ${which.length} of them`, () => {
      const readable = lanes(...which);
      const ids = readable.map(() => [] as number[]);
      let reached = 0;
      for (let index = 0; index * 4096 < text.length; index++) {
        const page = pageOf(readable, index, 1, noMarks);
        expect(page.ready).toBe(true);
        expect(page.start).toBe(reached);
        reached = page.end;
        for (const [i, lane] of page.lanes.entries()) {
          expect(lane.first).toBe(ids[i]!.length);
          ids[i]!.push(...lane.ids);
        }
      }
      expect(reached).toBe(text.length);
      expect(ids).toEqual(readable.map((lane) => [...lane.ids()]));
    });
  }

  it("carry the bytes of their tokens", () => {
    const [lane] = pageOf(lanes(0), 0, 1, noMarks).lanes;
    const shown = new TextDecoder().decode(lane!.bytes);
    expect(text.startsWith(shown)).toBe(true);
    expect(lane!.byteEnds.at(-1)).toBe(lane!.bytes.length);
  });

  it("wait until their tokens are there", () => {
    const [whole] = lanes(0);
    const part = Object.create(whole!, { complete: { value: false }, filledTo: { value: 5000 } });
    expect(pageOf([part], 0, 1, noMarks).ready).toBe(true);
    expect(pageOf([part], 1, 1, noMarks).ready).toBe(false);
  });
});

describe("differences", () => {
  it("are those the columns show, counted over all pages", async () => {
    const readable = lanes(0, 1);
    let places = 0;
    let borders = 0;
    for (let index = 0; index * 4096 < text.length; index++) {
      const columns = columnsOf(pageOf(readable, index, 1, noMarks));
      places += columns.filter(({ differs }) => differs).length;
      borders += columns.length;
    }
    const counted = await countDifferences(readable, always);
    expect(counted).toMatchObject({ places, shared: borders });
    expect(places).toBeGreaterThan(100);
  });

  it("are none between a tokenizer and itself", async () => {
    expect(await countDifferences(lanes(0, 0), always)).toMatchObject({ places: 0 });
    expect(await differenceAfter(lanes(0, 0), 0, always)).toBeNull();
  });

  it("can be walked from one to the next and back", async () => {
    const readable = lanes(0, 1, 2);
    const forward: number[] = [];
    for (let at = 0; forward.length < 60; ) {
      const found = await differenceAfter(readable, at, always);
      if (!found) break;
      forward.push(found.start);
      at = found.start + 1;
    }
    const back: number[] = [];
    for (let at = forward.at(-1)! + 1; ; ) {
      const found = await differenceBefore(readable, at, always);
      if (!found) break;
      back.push(found.start);
      at = found.start;
    }
    expect(back.reverse()).toEqual(forward);
    expect(forward.length).toBe(60);
  });

  it("stop being looked for when the text changes", async () => {
    expect(await countDifferences(lanes(0, 1), async () => false)).toBeNull();
  });
});
