import assert from "node:assert/strict";
import { commands, Position, Selection, type TextEditor, window, workspace } from "vscode";
import { Continuing } from "../../src/editor/continue/continuing";
import type { ModelService } from "../../src/models/modelService";
import { builtInModels } from "./builtInModels";
import { quiet } from "./quiet";

describe("continuing", () => {
  let models: ModelService;
  let continuing: Continuing;

  before(() => {
    models = builtInModels(quiet);
    continuing = new Continuing(models);
  });

  after(async () => {
    continuing.dispose();
    models.dispose();
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  /** The cursor is put once: a second change of it while the first is on its way would count as moving away. */
  async function editorWith(content: string, language = "plaintext", offset = content.length): Promise<TextEditor> {
    const editor = await window.showTextDocument(await workspace.openTextDocument({ content, language }));
    const at = editor.document.positionAt(offset);
    editor.selection = new Selection(at, at);
    return editor;
  }

  const ghost = (): string => continuing.continuation?.pieces.map(({ text }) => text).join("") ?? "";

  it("goes on greedily with what the model finds likeliest, accepted as a whole and undone in one step", async () => {
    const { document } = await editorWith("The capital of France is");
    await continuing.start({ greedy: true });
    assert.equal(ghost(), " Paris.");
    assert.ok(continuing.continuation?.pieces.every(({ logProb }) => logProb !== undefined && logProb <= 0));
    await continuing.accept("all");
    assert.equal(document.getText(), "The capital of France is Paris.");
    assert.equal(continuing.continuation, undefined);
    await commands.executeCommand("undo");
    assert.equal(document.getText(), "The capital of France is");
  });

  it("is accepted token by token, each one step of undo", async () => {
    const editor = await editorWith("The capital of France is");
    await continuing.start({ greedy: true });
    const pieces = continuing.continuation?.pieces.map(({ text }) => text) ?? [];
    assert.ok(pieces.length > 2);
    await continuing.accept("token");
    await continuing.accept("token");
    assert.equal(editor.document.getText(), `The capital of France is${pieces[0]}${pieces[1]}`);
    assert.equal(ghost(), pieces.slice(2).join(""));
    assert.equal(editor.selection.active.character, editor.document.getText().length);
    await commands.executeCommand("undo");
    assert.equal(editor.document.getText(), `The capital of France is${pieces[0]}`);
    assert.equal(continuing.continuation, undefined, "undo dismisses what is left");
  });

  it("writes every token of acceptances that come faster than the editor", async () => {
    const editor = await editorWith("The capital of France is");
    await continuing.start({ greedy: true });
    const pieces = continuing.continuation?.pieces.map(({ text }) => text) ?? [];
    await Promise.all([continuing.accept("token"), continuing.accept("token")]);
    assert.equal(editor.document.getText(), `The capital of France is${pieces[0]}${pieces[1]}`);
    assert.equal(ghost(), pieces.slice(2).join(""));
    continuing.dismiss();
  });

  it("draws the same with the same seed and others with others", async () => {
    await editorWith("Question: Emily buys");
    await continuing.start();
    const drawn = [ghost()];
    for (let seed = 2; seed <= 4; seed++) {
      await continuing.redraw(1);
      drawn.push(ghost());
    }
    assert.ok(new Set(drawn).size > 1, JSON.stringify(drawn));
    await continuing.redraw(-1);
    assert.equal(ghost(), drawn[2]);
    continuing.dismiss();
  });

  it("ends when somebody types or moves", async () => {
    const editor = await editorWith("The capital of France is");
    await continuing.start({ greedy: true });
    await editor.edit((edit) => edit.insert(new Position(0, 0), "x"));
    assert.equal(continuing.continuation, undefined);
    await continuing.start({ greedy: true });
    editor.selection = new Selection(0, 2, 0, 2);
    for (let tries = 0; continuing.continuation && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(continuing.continuation, undefined);
  });

  it("goes on from the end of a text that is longer than the context", async () => {
    const { document } = await editorWith(`${"The capital of France is Paris. ".repeat(200)}The capital of France is`);
    await continuing.start({ greedy: true });
    assert.match(ghost(), /^ P/);
    continuing.dismiss();
    assert.ok(document.getText().endsWith("France is"));
  });

  it("answers in a chat file through the template, and writes JSON", async () => {
    const content = '[{"role":"user","content":"What is the capital of France?"},{"role":"assistant","content":"';
    const editor = await editorWith(`${content}"}]`, "json", content.length);
    await continuing.start({ greedy: true });
    assert.match(ghost(), /Paris/);
    await continuing.accept("all");
    assert.match(JSON.parse(editor.document.getText())[1].content, /Paris/);
  });

  it("replaces a token and goes on from there, and refuses when the text has changed", async () => {
    const { document } = await editorWith("The capital of Spain is");
    const change = {
      uri: document.uri.toString(),
      start: 14,
      end: 20,
      expected: " Spain",
      text: " France",
      json: false,
    };
    await continuing.replaceAndContinue(change);
    assert.equal(document.getText(), "The capital of France is");
    assert.equal(continuing.continuation?.draw.seed, 1);
    continuing.dismiss();
    await assert.rejects(continuing.replaceAndContinue(change), /changed since/);
  });

  it("goes on behind a replacement with line ends, which a CRLF file makes longer", async () => {
    const { document } = await editorWith("One\r\nTwo three");
    const uri = document.uri.toString();
    await continuing.replaceAndContinue({ uri, start: 8, end: 9, expected: " ", text: "\n\n", json: false });
    assert.equal(document.getText(), "One\r\nTwo\r\n\r\nthree");
    assert.deepEqual(window.activeTextEditor?.selection.active, new Position(3, 0));
    continuing.dismiss();
  });
});
