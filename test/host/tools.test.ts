import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CancellationTokenSource, extensions, LanguageModelTextPart, lm, workspace } from "vscode";
import { languageModelTools } from "../../src/contributions";

interface Answer {
  readonly tokenizer: string;
  readonly exact: boolean;
  readonly note?: string;
  readonly contextWindow: number;
  readonly tokens: number;
  readonly items: readonly { file?: string; tokens?: number; shareOfWindow?: number; error?: string }[];
}

describe("the language-model tool", () => {
  const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";

  before(() => extensions.getExtension("promptscope.promptscope")?.activate());

  async function ask(input: object, source = new CancellationTokenSource()): Promise<Answer> {
    const result = await lm.invokeTool(
      languageModelTools.countTokens,
      { input, toolInvocationToken: undefined },
      source.token,
    );
    const [part] = result.content;
    assert.ok(part instanceof LanguageModelTextPart);
    return JSON.parse(part.value);
  }

  it("is offered to assistants with its schema", () => {
    const tool = lm.tools.find(({ name }) => name === languageModelTools.countTokens);
    assert.ok(tool?.inputSchema);
    assert.match(tool.description, /tokens/);
  });

  it("counts a text", async () => {
    const answer = await ask({ text: " strawberry", tokenizer: "gpt-4o" });
    assert.deepEqual(answer, {
      tokenizer: "o200k_base",
      exact: true,
      contextWindow: 128_000,
      tokens: 1,
      items: [{ tokens: 1, shareOfWindow: Number((1 / 128_000).toPrecision(6)) }],
    });
  });

  it("says when a count is an estimate, and why", async () => {
    const answer = await ask({ text: "hello", tokenizer: "claude-3-opus" });
    assert.equal(answer.exact, false);
    assert.match(answer.note ?? "", /no tokenizer/i);
  });

  it("counts files by every kind of path, and adds them up", async () => {
    const name = "prompts/word-problems.md";
    const absolute = path.join(root, name);
    const answer = await ask({ files: [name, absolute, `${path.basename(root)}/${name}`], text: "" });
    const [text, ...files] = answer.items;
    assert.equal(text?.tokens, 0);
    assert.equal(files.length, 3);
    for (const file of files) assert.equal(file.tokens, files[0]?.tokens);
    assert.ok((files[0]?.tokens ?? 0) > 500);
    assert.equal(answer.tokens, 3 * (files[0]?.tokens ?? 0));
  });

  it("stays inside the workspace", async () => {
    const outside = mkdtempSync(path.join(tmpdir(), "promptscope-tools-"));
    const link = path.join(root, "link.md");
    try {
      writeFileSync(path.join(outside, "secret.md"), "secret");
      symlinkSync(path.join(outside, "secret.md"), link);
      const asked = [
        path.join(outside, "secret.md"),
        "../secret.md",
        `prompts/../../${path.basename(outside)}/secret.md`,
      ];
      const { items, tokens } = await ask({ files: [...asked, `file://${outside}/secret.md`, "link.md", "none.md"] });
      assert.equal(tokens, 0);
      assert.equal(items.length, 6);
      for (const item of items) assert.match(item.error ?? "", /no such file in the workspace|outside the workspace/);
    } finally {
      rmSync(link, { force: true });
      rmSync(outside, { recursive: true });
    }
  });

  it("refuses what it cannot understand", async () => {
    await assert.rejects(ask({}), /Give “text”, “files”, or both/);
    await assert.rejects(ask({ text: "x", tokenizer: "" }), /“tokenizer” is empty/);
  });

  it("stops when it is cancelled", async () => {
    const source = new CancellationTokenSource();
    const answer = ask({ text: "a b c ".repeat(2_000_000) }, source);
    setTimeout(() => source.cancel(), 30);
    await assert.rejects(answer);
  });
});
