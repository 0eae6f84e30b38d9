import assert from "node:assert/strict";
import {
  ConfigurationTarget,
  commands,
  EndOfLine,
  type Hover,
  languages,
  type MarkdownString,
  Position,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import { DocumentLines } from "../../src/editor/lens/visibleLines";
import { surprisalDrawing } from "../../src/editor/surprisal/drawing";
import { DocumentScoring } from "../../src/editor/surprisal/scoring";
import type { ModelService } from "../../src/models/modelService";
import { builtInModels } from "./builtInModels";
import { quiet } from "./quiet";

const everything = [{ from: 0, fromColumn: 0, to: 10_000, toColumn: Number.MAX_SAFE_INTEGER }];

async function ready(scoring: DocumentScoring, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; scoring.state.kind !== "ready"; ) {
    if (scoring.state.kind === "failed") assert.fail(scoring.state.message);
    if (Date.now() > end) assert.fail(`still ${scoring.state.kind}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function bitsAt(scoring: DocumentScoring, document: TextDocument, text: string): number {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, text);
  return scoring.tokens
    .filter(({ start, end, added }) => added === undefined && start < at + text.length && end > at)
    .reduce((sum, { bits }) => sum + (bits ?? 0), 0);
}

describe("surprisal", () => {
  let models: ModelService;
  let scoring: DocumentScoring | undefined;

  before(() => {
    models = builtInModels(quiet);
  });

  afterEach(() => {
    scoring?.dispose();
    scoring = undefined;
  });

  after(async () => {
    models.dispose();
    await commands.executeCommand("promptscope.toggleSurprisalLens", false);
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  async function score(content: string, language = "plaintext"): Promise<DocumentScoring> {
    const { document } = await window.showTextDocument(await workspace.openTextDocument({ content, language }));
    scoring = new DocumentScoring(document, models, quiet, undefined);
    await ready(scoring);
    return scoring;
  }

  it("covers the text with scored tokens, whatever its line ends and characters", async () => {
    for (const content of [
      "The capital of France is Paris.\n",
      " two\r\nlines\r\n",
      "\ufeff日本 👩‍👩‍👧 e\u0301 <|im_start|>\ttab",
    ]) {
      const scored = await score(content);
      const text = scored.document.getText();
      const own = scored.tokens.filter(({ added }) => added === undefined);
      let reached = 0;
      for (const { start, end } of own) {
        assert.equal(start, reached, JSON.stringify(content));
        reached = end;
      }
      assert.equal(reached, text.length);
      assert.equal(
        scored.summed.tokens,
        own.reduce((sum, { parts }) => sum + parts.length, 0),
      );
      scored.dispose();
    }
  });

  it("tints a wrong word and not one that is known by heart", async () => {
    const { document } = await score("The capital of France is Paris.\n\nThe capital of France is Lyon.");
    assert.ok(scoring);
    assert.ok(bitsAt(scoring, document, " Lyon") > 5);
    assert.ok(bitsAt(scoring, document, " Paris") < 1);
    const { tints } = surprisalDrawing(scoring.tokens, new DocumentLines(document), everything);
    const line = document.lineAt(2).text;
    assert.ok(tints.some((tint) => tint.line === 2 && line.slice(tint.start, tint.end).includes("L")));
    assert.ok(!tints.some((tint) => tint.line === 0 && tint.start >= " The capital of France is".length));
  });

  it("is stale after an edit, and then what a fresh scoring gives, scored from the change on", async () => {
    const sentence = "The capital of France is Paris. ";
    const first = await score(sentence.repeat(6));
    const { document } = first;
    const editor = await window.showTextDocument(document);
    const at = sentence.length * 4 + "The capital of ".length;
    await editor.edit((edit) => edit.replace(new Range(document.positionAt(at), document.positionAt(at + 6)), "Spain"));
    assert.equal(first.state.kind, "stale");
    assert.ok(first.tokens.some(({ stale }) => stale));
    assert.ok(first.tokens.every(({ stale, start }) => stale === start >= at));
    await ready(first);
    assert.ok(first.tokens.every(({ stale }) => !stale));
    assert.ok((first.facts?.kept ?? 0) > 20, `${first.facts?.kept} kept`);

    const fresh = new DocumentScoring(document, models, quiet, undefined);
    await ready(fresh);
    assert.equal(fresh.facts?.kept, 0);
    assert.deepEqual(
      first.tokens.map(({ start, end }) => [start, end]),
      fresh.tokens.map(({ start, end }) => [start, end]),
    );
    for (const [index, token] of fresh.tokens.entries())
      assert.ok(Math.abs((token.bits ?? 0) - (first.tokens[index]?.bits ?? 0)) < 0.01, `token ${index}`);
    fresh.dispose();
  });

  it("follows a change of line ends", async () => {
    const scored = await score("12 + 5 = 17\n12 + 6 = 18\n");
    const editor = await window.showTextDocument(scored.document);
    await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
    scored.start();
    await ready(scored);
    assert.equal(scored.tokens.at(-1)?.end, scored.document.getText().length);
  });

  it("scores chat files by the chat model, contents where they stand", async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await workspace.openTextDocument(Uri.joinPath(folder.uri, "chats", "kovacs.json"));
    await window.showTextDocument(document);
    scoring = new DocumentScoring(document, models, quiet, undefined);
    await ready(scoring);
    assert.equal(scoring.facts?.kind, "chat");
    assert.equal(scoring.facts?.model.id, models.defaultFor("chat"));
    const added = scoring.tokens.filter((token) => token.added !== undefined);
    assert.ok(added.some(({ parts }) => parts[0]?.token.text === "<|im_start|>"));
    const text = document.getText();
    const own = scoring.tokens.filter((token) => token.added === undefined);
    for (const { start, end, parts } of own) {
      if (parts.length > 1 || parts[0]?.token.bytes !== undefined) continue;
      assert.equal(JSON.parse(`"${text.slice(start, end)}"`), parts[0]?.token.text);
    }
  });

  it("says why it cannot score", async () => {
    const settings = workspace.getConfiguration("promptscope.models");
    await settings.update("base", "gguf:/nowhere.gguf", ConfigurationTarget.Global);
    try {
      const { document } = await window.showTextDocument(await workspace.openTextDocument({ content: "Text" }));
      scoring = new DocumentScoring(document, models, quiet, undefined);
      for (let tries = 0; scoring.state.kind !== "failed" && tries < 200; tries++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(scoring.state.kind, "failed");
      assert.match(scoring.state.kind === "failed" ? scoring.state.message : "", /nowhere\.gguf.*Choose another/);
    } finally {
      await settings.update("base", undefined, ConfigurationTarget.Global);
    }
  });

  it("answers hovers while the lens is on", async () => {
    const document = await workspace.openTextDocument({ content: "The capital of France is Lyon." });
    await window.showTextDocument(document);
    await commands.executeCommand("promptscope.toggleSurprisalLens", true);
    const place = new Position(0, "The capital of France is L".length);
    let text = "";
    for (let tries = 0; tries < 200 && !text.includes("expected (entropy)"); tries++) {
      const hovers = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, place);
      text = hovers.flatMap(({ contents }) => contents.map((each) => (each as MarkdownString).value)).join("\n");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.match(text, /rank [\d,]+ of 2,048/);
    assert.match(text, /bits&#42;|\*\*[\d.]+ bits\*\*/);
    assert.match(text, /command:promptscope\.replaceAndContinue/);
    assert.match(text, /command:promptscope\.openExplorer/);
    // VS Code tells a change of language as closing and opening.
    await languages.setTextDocumentLanguage(document, "markdown");
    const again = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, place);
    assert.ok(again.length > 0, "the scores are still there");
  });
});
