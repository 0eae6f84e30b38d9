import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commands, env, extensions, Position, Range, Selection, Uri, window, workspace } from "vscode";
import { commands as ids } from "../../src/contributions";
import { loadTokenizer, type Tokenizer } from "../../src/tokenizers";
import { directorySource } from "../../src/tokenizers/node/nodeSource";

describe("commands", () => {
  let tokenizer: Tokenizer;
  let folder: string;

  before(async () => {
    const extension = extensions.getExtension("promptscope.promptscope");
    assert.ok(extension);
    await extension.activate();
    tokenizer = await loadTokenizer("o200k_base", directorySource(path.join(extension.extensionPath, "dist")));
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-"));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  async function show(content: string): Promise<void> {
    await window.showTextDocument(await workspace.openTextDocument({ content }));
  }

  it("copy tokens as ids, a Python list and JSON", async () => {
    const text = "A market stall packs persimmons 𓀀 👩‍👩‍👧\n";
    await show(text);
    const expected = [...tokenizer.encode(text).ids];
    await commands.executeCommand(ids.copyTokensAsIds);
    assert.equal(await env.clipboard.readText(), expected.join(" "));
    await commands.executeCommand(ids.copyTokensAsPython);
    assert.equal(await env.clipboard.readText(), `[${expected.join(", ")}]`);
    await commands.executeCommand(ids.copyTokensAsJson);
    const json = JSON.parse(await env.clipboard.readText());
    assert.equal(json.tokenizer, "o200k_base");
    assert.deepEqual(
      json.tokens.map(({ id }: { id: number }) => id),
      expected,
    );
    const hex = json.tokens.map(
      ({ text: own, bytes }: { text?: string; bytes?: string }) => bytes ?? Buffer.from(own ?? "").toString("hex"),
    );
    assert.equal(Buffer.from(hex.join(""), "hex").toString(), text);
  });

  it("copy each of several selections by itself, in the order of the text", async () => {
    await show("one two three\nfour five six");
    const editor = window.activeTextEditor;
    assert.ok(editor);
    editor.selections = [new Selection(1, 0, 1, 4), new Selection(0, 4, 0, 7)];
    await commands.executeCommand(ids.copyTokensAsIds);
    const expected = [...tokenizer.encode("two").ids, ...tokenizer.encode("four").ids];
    assert.equal(await env.clipboard.readText(), expected.join(" "));
  });

  it("decode what was copied into a new document, byte for byte", async () => {
    const text = "naïve 東京 \u{13000} 👩‍👩‍👧 end\n";
    await env.clipboard.writeText(JSON.stringify([...tokenizer.encode(text).ids]));
    await commands.executeCommand(ids.decodeIds);
    assert.equal(window.activeTextEditor?.document.getText(), text);
  });

  it("copy a megabyte whole", async () => {
    const text = "The quick brown fox jumps over the lazy dog. 12345\n".repeat(20_000);
    await show(text);
    await commands.executeCommand(ids.copyTokensAsIds);
    assert.equal((await env.clipboard.readText()).split(" ").length, tokenizer.count(text));
  });

  it("turn the lens's parts on and off in the settings", async () => {
    const before = workspace.getConfiguration("promptscope.lens").get("mode");
    assert.equal(before, "bands");
    await commands.executeCommand(ids.cycleLensMode);
    await commands.executeCommand(ids.cycleLensMode);
    assert.equal(workspace.getConfiguration("promptscope.lens").get("mode"), "boundaries");
    await commands.executeCommand(ids.cycleLensMode);
    await workspace.getConfiguration("promptscope.lens").update("mode", undefined, true);
  });

  it("add a tokenizer from a tokenizer.json, count with it, and name what a bad one lacks", async () => {
    const file = path.join(folder, "tokenizer.json");
    await writeFile(file, JSON.stringify(byteLevelBpe()));
    await commands.executeCommand(ids.addTokenizerFromFile, Uri.file(file), "tiny");
    const settings = workspace.getConfiguration("promptscope");
    await settings.update("tokenizer", "tiny", true);
    try {
      await show("hehe he");
      await commands.executeCommand(ids.copyTokensAsIds);
      // "he" is merged into 256; the space is a byte of its own.
      assert.equal(await env.clipboard.readText(), `256 256 ${byteId(" ")} 256`);
    } finally {
      await settings.update("tokenizer", undefined, true);
    }
    const editor = window.activeTextEditor;
    assert.ok(editor);
    assert.equal(editor.document.getText(new Range(new Position(0, 0), new Position(0, 2))), "he");
  });
});

/** Byte-level BPE with one merge, in the form of a tokenizer.json. */
function byteLevelBpe(): object {
  const vocab = Object.fromEntries(byteAlphabet().map((character, id) => [character, id]));
  return {
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: "ByteLevel" },
    model: { type: "BPE", dropout: null, unk_token: null, vocab: { ...vocab, he: 256 }, merges: ["h e"] },
  };
}

function byteAlphabet(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const prints = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCharCode(prints ? byte : next++);
  });
}

function byteId(character: string): number {
  return character.charCodeAt(0);
}
