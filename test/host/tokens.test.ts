import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  commands,
  EndOfLine,
  extensions,
  type Hover,
  languages,
  type MarkdownString,
  Position,
  Range,
  type TextDocument,
  type TextEditor,
  window,
  workspace,
} from "vscode";
import { TokenHover } from "../../src/editor/hover/tokenHover";
import type { Tokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";
import { AddedTokenizerStore } from "../../src/tokens/addedTokenizers";
import { lengthOf, textFrom, wholeRange } from "../../src/tokens/documentText";
import { LiveDocuments } from "../../src/tokens/liveDocuments";
import { countOrEstimate, countRanges, statisticsOf } from "../../src/tokens/selectionText";
import { inSlices } from "../../src/tokens/slices";
import { TokenizerService } from "../../src/tokens/tokenizerService";

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => assert.fail(`the log warns: ${message}`),
  error: (message: string, error: unknown) => assert.fail(`${message}: ${error}`),
  timed: <T>(_message: string, work: () => Promise<T>) => work(),
  show: () => undefined,
};

describe("live documents", () => {
  let dist: string;
  let folder: string;
  let tokenizers: TokenizerService;
  let documents: LiveDocuments;

  before(async () => {
    const extension = extensions.getExtension("promptscope.promptscope");
    assert.ok(extension);
    dist = path.join(extension.extensionPath, "dist");
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-"));
    const source = directorySource(dist);
    tokenizers = new TokenizerService(
      source,
      new AddedTokenizerStore(folder, path.join(dist, "packWorker.mjs"), source),
      quiet,
    );
    documents = new LiveDocuments(tokenizers, quiet);
    await tokenizers.load("o200k_base");
  });

  after(async () => {
    documents.dispose();
    tokenizers.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function editorWith(content: string, language = "plaintext"): Promise<TextEditor> {
    return window.showTextDocument(await workspace.openTextDocument({ content, language }));
  }

  /** The live tokens are those of the text as it is now. */
  async function assertExact(document: TextDocument): Promise<void> {
    const live = documents.get(document);
    assert.ok(live);
    await live.whenComplete();
    const expected = live.tokenizer.encode(document.getText()).ids;
    assert.deepEqual([...live.tokens.ids()], [...expected]);
    assert.equal(live.tokens.length, document.getText().length);
  }

  it("stay exact through typing, several cursors, undo, redo and other line ends", async () => {
    const editor = await editorWith("A market stall packs persimmons.\nHow many are left?\n\n日本語 👩‍👩‍👧‍👦\n");
    await assertExact(editor.document);
    for (const text of ["u", "n", "believably ", "\n", "👍🏽", "\t"]) {
      await editor.edit((edit) => edit.insert(new Position(0, 3), text));
      await assertExact(editor.document);
    }
    await editor.edit((edit) => {
      edit.insert(new Position(0, 0), "## ");
      edit.replace(new Range(1, 0, 1, 3), "Who");
      edit.delete(new Range(2, 0, 3, 0));
    });
    await assertExact(editor.document);
    await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
    assert.ok(editor.document.getText().includes("\r\n"));
    await assertExact(editor.document);
    for (let times = 0; times < 5; times++) await commands.executeCommand("undo");
    await assertExact(editor.document);
    for (let times = 0; times < 5; times++) await commands.executeCommand("redo");
    await assertExact(editor.document);
  });

  it("stay exact when the text is edited while it is still being counted", async () => {
    const line = "The quick brown fox jumps over the lazy dog, twelve times.\n";
    const editor = await editorWith(line.repeat(60_000));
    const live = documents.get(editor.document);
    assert.ok(live);
    assert.equal(live.complete, false);
    for (const place of [0, 59_999, 30_000, 100, 45_000]) {
      await editor.edit((edit) => edit.replace(new Range(place, 4, place, 9), "remarkably slow"));
    }
    await editor.edit((edit) => edit.insert(new Position(20_000, 0), line.repeat(3000)));
    await editor.edit((edit) => edit.delete(new Range(10, 0, 5000, 7)));
    await assertExact(editor.document);
  });

  it("give turns to others while a large text is counted", async () => {
    const document = await workspace.openTextDocument({
      content: "Emily buys 3 apples and 2 oranges.\n".repeat(150_000),
    });
    const live = documents.get(document);
    assert.ok(live);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await live.whenComplete();
    clearInterval(timer);
    assert.ok(turns > 5, `${turns} turns`);
    assert.equal(live.progress, 1);
  });

  it("are forgotten with their document and made anew when its language changes", async () => {
    const { document } = await editorWith("# Title\n");
    const before = documents.get(document);
    assert.ok(before);
    await languages.setTextDocumentLanguage(document, "markdown");
    assert.notEqual(documents.get(document), before);
    await assertExact(document);
  });

  it("are counted with a tokenizer that another window added, as soon as its name is met", async () => {
    const sha256 = "0".repeat(64);
    const entry = { name: "elsewhere", origin: "another window", file: `${sha256}.bin`, sha256 };
    await writeFile(path.join(folder, "index.json"), JSON.stringify([entry]));
    const changed = new Promise<void>((resolve) => {
      const listening = tokenizers.onDidChangeSelection(() => {
        listening.dispose();
        resolve();
      });
    });
    assert.equal(tokenizers.resolution("elsewhere").kind, "estimate");
    await changed;
    assert.equal(tokenizers.resolution("elsewhere").kind, "exact");
  });

  it("have hovers that count a token in the line where it starts, wherever the pointer is", async () => {
    const { document } = await editorWith("}\n// next line\n");
    const hovering = new TokenHover({ on: true }, documents, tokenizers);
    try {
      await assertExact(document);
      assert.equal(documents.get(document)?.tokens.tokenAt(2)?.start, 0, "one token over the line end");
      const hovers = await commands.executeCommand<Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        new Position(1, 0),
      );
      const text = hovers.flatMap(({ contents }) => contents.map((each) => (each as MarkdownString).value)).join("\n");
      assert.match(text, /line 1, token 1 of 1/);
    } finally {
      hovering.dispose();
    }
  });

  it("refuse what is too large or binary", async () => {
    // VS Code opens no binary file as text by itself; one that is forced open looks like this.
    const binary = await workspace.openTextDocument({ content: `text\0${"x".repeat(100)}` });
    assert.equal(documents.refusal(binary), "binary");
    assert.equal(documents.get(binary), undefined);
    const settings = workspace.getConfiguration("promptscope.files");
    const { document } = await editorWith("word ".repeat(250_000));
    try {
      await settings.update("maxSizeMB", 1, true);
      assert.equal(documents.refusal(document), "tooLarge");
    } finally {
      await settings.update("maxSizeMB", undefined, true);
    }
    assert.equal(documents.refusal(document), undefined);
  });

  it("read parts, count and measure ranges as the whole text has them", async () => {
    const text = "one two\r\nthree 👩‍👩‍👧 four\r\n\r\nnaïve 東京\r\n".repeat(500);
    const document = await workspace.openTextDocument({ content: text });
    assert.equal(lengthOf(document), document.getText().length);
    for (const units of [1, 2, 3, 7, 1000]) {
      let read = "";
      for (
        let part = textFrom(document, 0, units);
        part !== "" && read.length < 300;
        part = textFrom(document, read.length, units)
      )
        read += part;
      assert.equal(read, document.getText().slice(0, read.length));
    }
    const tokenizer = await tokenizers.load("o200k_base");
    const ranges = [new Range(0, 2, 3, 1), wholeRange(document)];
    const expected = ranges.reduce((sum, range) => sum + tokenizer.count(document.getText(range)), 0);
    const { signal } = new AbortController();
    assert.equal(await inSlices(countRanges(tokenizer, document, ranges), signal), expected);
    // A slow tokenizer encodes each range once, and long ones are estimated where nobody waits for the exact number.
    let encoded = 0;
    const slow: Tokenizer = Object.create(tokenizer, {
      fast: { value: false },
      windows: { value: undefined },
      encode: {
        value: (whole: string) => {
          encoded++;
          return tokenizer.encode(whole);
        },
      },
    });
    assert.equal(await inSlices(countRanges(slow, document, ranges), signal), expected);
    assert.equal(encoded, ranges.length);
    const { document: long } = await editorWith(text.repeat(20));
    const reckoned = await inSlices(countOrEstimate(slow, long, [wholeRange(long)]), signal);
    const exact = tokenizer.count(long.getText());
    assert.equal(encoded, ranges.length);
    assert.ok(reckoned !== undefined && Math.abs(reckoned / exact - 1) < 0.05, `${reckoned} for ${exact}`);
    const statistics = await inSlices(statisticsOf(document, [wholeRange(document)]), signal);
    assert.equal(statistics?.bytes, Buffer.byteLength(document.getText()));
    assert.equal(statistics?.characters, [...document.getText()].length);
  });
});
