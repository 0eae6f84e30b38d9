import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  commands,
  type Disposable,
  Selection,
  TabInputCustom,
  TabInputText,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";
import { customEditors, commands as ids } from "../../src/contributions";
import { explorer } from "../../src/experiments/explorer/explorer";
import type { ModelService } from "../../src/models/modelService";
import { Drafts, isDraftId } from "../../src/panels/explorer/drafts";
import { ExplorerSession } from "../../src/panels/explorer/explorerSession";
import { readSavedRun } from "../../src/panels/runs/savedRun";
import { type ExplorerState, panelContract } from "../../webview/explorer/protocol";
import { builtInModels, extension, killProcessOf } from "./builtInModels";
import { KeptPanel } from "./keptPanel";
import { silent as log } from "./quiet";
import { panelShown } from "./tabs";

const story = "Once upon a time there was a";

type State = Partial<ExplorerState>;
type Panel = KeptPanel<typeof panelContract, ExplorerState>;

/** The session over the real source of models, the real process and the real specimen. */
describe("next-token explorer", () => {
  const made: Disposable[] = [];
  let folder: string;
  let models: ModelService;
  let panel: Panel;
  let session: ExplorerSession;
  let editor: TextEditor;

  before(async () => {
    await extension.activate();
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-"));
  });

  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    models = builtInModels(log);
    made.push(models);
    editor = await show(`${story} fox.`);
    editor.selection = cursorAfter(story);
    [session, panel] = newSession();
  });

  afterEach(async () => {
    for (const { id } of models.list()) await models.unload(id);
    for (const item of made.splice(0).reverse()) item.dispose();
  });

  async function show(content: string): Promise<TextEditor> {
    return window.showTextDocument(await workspace.openTextDocument({ content }));
  }

  function cursorAfter(text: string): Selection {
    const position = editor.document.positionAt(text.length);
    return new Selection(position, position);
  }

  function newSession(): [ExplorerSession, Panel] {
    const kept: Panel = new KeptPanel(panelContract, told);
    const own = new ExplorerSession(
      { models, log, writtenBy: "test" },
      kept.remote,
      () => undefined,
      () => true,
    );
    made.push(own);
    return [own, kept];
  }

  /** What a failure shows: the whole state is too long. */
  const told = ({ problem, busy, link }: State) => ({ problem, busy, link });
  const known = ({ outlook, tree, busy }: State) => outlook?.distribution && outlook.node === tree?.hand && !busy;

  it("takes the text up to the cursor, and asks what comes next", async () => {
    session.start();
    const state = await panel.until("a distribution", (each) => known(each) && each.prompt?.scores);
    assert.equal(state.prompt?.text, story);
    assert.equal(state.link?.kind, "following");
    assert.equal(state.outlook?.distribution?.entries.length, state.model?.vocabularySize);
    assert.equal(state.prompt?.scores?.length, state.prompt?.tokens?.length);
  });

  it("takes a chat file's messages up to the cursor, through the chat model's template", async () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "What is 2 + 3?" },
      { role: "assistant", content: "5" },
    ];
    const content = JSON.stringify({ messages }, null, 2);
    const shown = await window.showTextDocument(await workspace.openTextDocument({ content, language: "json" }));
    const inQuestion = shown.document.positionAt(content.indexOf("2 + 3"));
    shown.selection = new Selection(inQuestion, inQuestion);
    [session, panel] = newSession();
    session.start();
    const { prompt, model } = await panel.until("a distribution", known);
    assert.deepEqual(prompt?.messages, messages.slice(0, 2));
    assert.equal(prompt?.as, "chat");
    assert.equal(model?.id, models.defaultFor("chat"));
    const question = prompt?.tokens?.filter(({ message }) => message === 1).map(({ text }) => text);
    assert.match(question?.join("") ?? "", /What is 2 \+ 3\?/);
  });

  it("steps, branches, goes back and undoes", async () => {
    session.start();
    const first = await panel.until("a distribution", known);
    const [likeliest, second] = first.outlook?.distribution?.entries ?? [];
    assert.ok(likeliest && second);
    session.take(likeliest.id, true);
    await panel.until("the next distribution", (each) => each.tree?.nodes.length === 2 && known(each));
    session.back();
    session.take(second.id, false);
    const branched = await panel.until("two branches", (each) => each.tree?.nodes.length === 3);
    assert.equal(branched.tree?.hand, 0);
    session.undo();
    await panel.until("one branch", (each) => each.tree?.nodes.length === 2);
  });

  it("holds a prompt that has branches, and follows the cursor again when asked", async () => {
    session.start();
    const first = await panel.until("a distribution", known);
    session.take(first.outlook?.distribution?.entries[0]?.id ?? -1, true);
    await panel.until("a branch", (each) => each.tree?.nodes.length === 2);
    editor.selection = cursorAfter("Once upon");
    await panel.until("a held link", (each) => each.link?.kind === "held" && each.link.stale);
    assert.equal(panel.state.prompt?.text, story);
    session.setLink("follow");
    await panel.until("the new prompt", (each) => each.prompt?.text === "Once upon" && known(each));
    session.undo();
    await panel.until("the branches again", (each) => each.prompt?.text === story && each.tree?.nodes.length === 2);
  });

  it("continues, and inserts what it chose into the editor, undoably", async () => {
    session.start();
    await panel.until("a distribution", known);
    session.grow({ how: "greedy", tokens: 5, count: 1 });
    const state = await panel.until("five tokens", (each) => each.tree?.nodes.length === 6 && known(each));
    const text = state.tree?.nodes.map(({ token }) => token?.text ?? "").join("") ?? "";
    await session.insert(state.tree?.hand ?? 0);
    assert.equal(editor.document.getText(), `${story}${text} fox.`);
    await window.showTextDocument(editor.document);
    await commands.executeCommand("undo");
    assert.equal(editor.document.getText(), `${story} fox.`);
  });

  it("writes by hand, tosses the coin and compares temperatures without the model", async () => {
    session.start();
    await panel.until("a distribution", known);
    await session.write(" little");
    await panel.until("the written token", (each) => (each.tree?.nodes.length ?? 0) >= 2 && known(each));
    await models.unload(panel.state.model?.id ?? "");
    session.toss(1_000);
    await session.compare({ with: "temperature", temperature: 1.5 });
    const state = await panel.until(
      "a rival",
      (each) => each.rival?.outlook.distribution && each.coin?.tosses === 1_000,
    );
    assert.deepEqual(state.rival?.outlook.distribution, state.outlook?.distribution);
    assert.equal(models.get(state.model?.id ?? "")?.state.kind, "notLoaded");
  });

  it("compares the same text as a document and as a chat", async () => {
    session.start();
    await panel.until("a distribution", known);
    await session.compare({ with: "otherForm" });
    const { rival } = await panel.until("the other form", (each) => each.rival?.outlook.distribution && !each.busy);
    assert.equal(rival?.prompt.as, "chat");
    assert.ok(rival?.prompt.tokens?.some(({ special }) => special));
    assert.equal(rival?.sameVocabulary, true);
  });

  it("says what is wrong with a prompt that does not fit, and goes on with one that does", async () => {
    session.start();
    await panel.until("a distribution", known);
    session.setText("word ".repeat(5_000));
    const { problem } = await panel.until("a problem", (each) => each.problem);
    assert.equal(problem?.kind, "error");
    assert.match(problem?.message ?? "", /\d/);
    session.setText("A short one");
    await panel.until(
      "its distribution",
      (each) => each.prompt?.text === "A short one" && known(each) && !each.problem,
    );
  });

  it("shows a crash of the model with a way to go on, and keeps the branches", async () => {
    session.start();
    const first = await panel.until("a distribution", known);
    await killProcessOf(models, first.model?.id ?? "");
    await new Promise((resolve) => setTimeout(resolve, 200));
    session.take(first.outlook?.distribution?.entries[0]?.id ?? -1, true);
    await panel.until("the branch", (each) => each.tree?.nodes.length === 2);
    // A model that is asked anew starts again by itself; one that died in the middle says so.
    await panel.until("an answer or a problem", (each) => known(each) || each.problem);
    session.retry();
    await panel.until("the next distribution", (each) => known(each) && !each.problem);
  });

  it("is saved, and read again without a model", async () => {
    session.start();
    const first = await panel.until("a distribution", known);
    session.take(first.outlook?.distribution?.entries[0]?.id ?? -1, true);
    const before = await panel.until("the next distribution", (each) => each.tree?.nodes.length === 2 && known(each));
    session.settle();
    const saved = await readSavedRun(session.text, explorer, new AbortController().signal);
    assert.ok(saved);
    await models.unload(before.model?.id ?? "");
    const [again, shown] = newSession();
    again.resume(saved, { dormant: true });
    again.start();
    const after = await shown.until("the saved exploration", (each) => each.outlook?.distribution);
    assert.deepEqual(after.tree, before.tree);
    assert.deepEqual(after.outlook, before.outlook);
    assert.deepEqual(after.prompt, before.prompt);
    assert.equal(after.file?.withoutModel, true);
    assert.equal(models.get(before.model?.id ?? "")?.state.kind, "notLoaded");
    again.back();
    await shown.until("the prompt's own", (each) => each.outlook?.node === 0 && each.outlook.distribution);
    assert.equal(models.get(before.model?.id ?? "")?.state.kind, "notLoaded");
  });

  it("opens a saved file in its own editor, leaves it as it is, and lets it be seen as text", async () => {
    session.start();
    await panel.until("a distribution", known);
    session.settle();
    const file = Uri.file(path.join(folder, "saved.promptscope.jsonl"));
    await writeFile(file.fsPath, session.text);
    await commands.executeCommand("vscode.open", file);
    const tab = () => window.tabGroups.activeTabGroup.activeTab?.input;
    await panel.until("the file's editor", () => tab() instanceof TabInputCustom);
    const input = tab();
    assert.ok(input instanceof TabInputCustom);
    assert.equal(input.viewType, customEditors.run);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(workspace.textDocuments.find(({ uri }) => uri.fsPath === file.fsPath)?.isDirty, false);
    assert.equal(await readFile(file.fsPath, "utf8"), session.text);
    await commands.executeCommand("vscode.openWith", file, "default");
    await panel.until("its text", () => tab() instanceof TabInputText);
  });

  it("keeps drafts until nobody comes back for them", async () => {
    const drafts = new Drafts(Uri.file(path.join(folder, "drafts")), log);
    const id = randomUUID();
    assert.equal(await drafts.read(id), undefined);
    await drafts.tidy();
    const draft = { run: "line\n", savedTo: null, unsaved: true, follows: false };
    await drafts.write(id, draft);
    assert.deepEqual(await drafts.read(id), draft);
    const days = 24 * 60 * 60 * 1000;
    await drafts.tidy(Date.now() + 29 * days);
    assert.deepEqual(await drafts.read(id), draft);
    await drafts.tidy(Date.now() + 31 * days);
    assert.equal(await drafts.read(id), undefined);
    assert.ok(isDraftId(id) && !isDraftId("../../secrets") && !isDraftId(""));
  });

  it("reads a file that was cut off in its last line, and keeps all before it", async () => {
    session.start();
    const { outlook } = await panel.until("a distribution", known);
    session.settle();
    const cut = session.text.trimEnd().slice(0, -10);
    const saved = await readSavedRun(cut, explorer, new AbortController().signal);
    assert.ok(saved?.run.cut);
    assert.equal(saved.text, cut.slice(0, cut.lastIndexOf("\n") + 1));
    const [again, shown] = newSession();
    again.resume(saved, { dormant: true });
    assert.equal(again.text, saved.text);
    again.start();
    const state = await shown.until("what was kept", (each) => each.tree);
    assert.deepEqual(state.prompt?.tokens, panel.state.prompt?.tokens);
    assert.ok(outlook?.distribution);
  });

  it("never writes over a file it cannot read", async () => {
    session.start();
    await panel.until("a distribution", known);
    session.settle();
    const file = Uri.file(path.join(folder, "broken.promptscope.jsonl"));
    const broken = `${session.text}{"type":"seed","seed":-1}\n`;
    await writeFile(file.fsPath, broken);
    await commands.executeCommand("vscode.open", file);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const document = workspace.textDocuments.find(({ uri }) => uri.fsPath === file.fsPath);
    assert.equal(document?.getText(), broken);
    assert.equal(document?.isDirty, false);
  });

  it("opens its panel from the palette", async () => {
    await commands.executeCommand(ids.openExplorer);
    await panelShown("promptscope.explorer");
  });
});
