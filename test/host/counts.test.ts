import assert from "node:assert/strict";
import { type CodeLens, commands, extensions, Uri, window, workspace } from "vscode";

const sample = (file: string): Uri => {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return Uri.joinPath(folder.uri, file);
};

/** Code lenses whose titles match, once they are there. */
async function lenses(uri: Uri, pattern: RegExp): Promise<string[]> {
  for (let tries = 0; tries < 100; tries++) {
    const all = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", uri, 200);
    const titles = all
      .flatMap(({ command }) => (command ? [command.title] : []))
      .filter((title) => pattern.test(title));
    if (titles.length > 0) return titles;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return [];
}

describe("counts above sections and messages", () => {
  before(async () => {
    await extensions.getExtension("promptscope.promptscope")?.activate();
    await commands.executeCommand("promptscope.toggleTokenLens", true);
  });

  after(async () => {
    await commands.executeCommand("promptscope.toggleTokenLens", false);
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("count Markdown sections with their subsections", async () => {
    const uri = sample("prompts/word-problems.md");
    await window.showTextDocument(uri);
    const titles = await lenses(uri, /of file$/);
    assert.match(titles[0] ?? "", /^\d+ tokens · [\d.]+ % of file$/);
    const counts = titles.map((title) => Number.parseInt(title, 10));
    // "## Examples" is its own heading and the "###" sections after it; "## Question" stands last.
    const [, examples = 0, ...below] = counts;
    const own = examples - below.slice(0, -1).reduce((sum, count) => sum + count, 0);
    assert.ok(own > 0 && own < 10, `${own} tokens of its own`);
  });

  it("count the messages of a chat and the whole prompt with its template", async () => {
    const uri = sample("chats/kovacs.json");
    await window.showTextDocument(uri);
    const prompt = await lenses(uri, /^prompt: /);
    assert.match(prompt[0] ?? "", /^prompt: ≈ [\d,]+ tokens · \d+ messages · template adds \d+ · [\d.]+ % of 128k$/);
    const messages = await lenses(uri, /^(system|user|assistant): \d/);
    assert.ok(messages.length >= 4, messages.join("\n"));
    const total = Number(/≈ ([\d,]+)/.exec(prompt[0] ?? "")?.[1]?.replaceAll(",", ""));
    const adds = Number(/adds (\d+)/.exec(prompt[0] ?? "")?.[1]);
    const sum = messages.reduce((all, title) => all + Number(/: ([\d,]+)/.exec(title)?.[1]?.replaceAll(",", "")), 0);
    assert.equal(sum + adds, total);
  });

  it("count each chat of a JSON Lines file once", async () => {
    const uri = sample("data/people.jsonl");
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    const titles = await lenses(uri, /^prompt: /);
    assert.equal(titles.length, Math.min(200, document.getText().trim().split("\n").length));
  });

  it("render with the model's own template where one ships, exactly", async () => {
    const settings = workspace.getConfiguration("promptscope");
    await settings.update("tokenizer", "qwen2.5", true);
    try {
      const uri = sample("chats/support.json");
      await window.showTextDocument(uri);
      const titles = await lenses(uri, /^prompt: [\d,]+ tokens/);
      assert.match(titles[0] ?? "", /^prompt: [\d,]+ tokens · /);
    } finally {
      await settings.update("tokenizer", undefined, true);
    }
  });
});
