import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commands, EventEmitter, Position, Range, type TextDocument, Uri, window } from "vscode";
import { KnowledgeMap } from "../../src/editor/knowledge/knowledgeMap";
import type { FileKnowledge } from "../../src/editor/knowledge/knowledgeSource";
import { readKnowledge } from "../../src/editor/knowledge/savedKnowledge";
import { interrogation } from "../../src/experiments/interrogation/interrogation";
import { runInterrogation } from "../../src/experiments/interrogation/run";
import type { InterrogationEvent, InterrogationSpec } from "../../src/experiments/interrogation/spec";
import { eventLine, headerLine } from "../../src/experiments/runFile";
import { plainSampler } from "../../src/inference/engine";
import type { ModelService } from "../../src/models/modelService";
import { builtInModels } from "./builtInModels";
import { quiet } from "./quiet";
import { waitFor } from "./waiting";

const known = "The capital of Portugal is Lisbon.";
const invented = "Orson Kovacs was a lighthouse keeper.";
const text = `# Page\n\n## Known\n\n${known}\n\n## Made up\n\n${invented}\n`;

describe("what a model knows of a document", () => {
  const changed = new EventEmitter<void>();
  let folder: string;
  let models: ModelService;
  let events: InterrogationEvent[];
  let spec: InterrogationSpec;
  let current: FileKnowledge | undefined;
  let map: KnowledgeMap;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "promptscope-knowledge-"));
    await writeFile(path.join(folder, "page.md"), text);
    models = builtInModels(quiet);
    const snippet = (id: string, section: string, part: string) => {
      const start = text.indexOf(part);
      const line = text.slice(0, start).split("\n").length;
      return { id, file: "page.md", section, text: part, start, end: start + part.length, line };
    };
    spec = {
      ...{ probed: "specimen-chat", writer: null, judge: null, questionsEach: 2, samples: 5, seed: 1 },
      snippets: [snippet("1", "Known", known), snippet("2", "Made up", invented)],
      ...{ sampler: plainSampler, maxTokens: 48, chat: true, consistent: 0.8 },
    };
    events = [];
    const signal = new AbortController().signal;
    for await (const event of runInterrogation(spec, (id) => models.engine(id), signal)) events.push(event);
    map = new KnowledgeMap({ onDidChange: changed.event, about: () => current, open: async () => undefined }, quiet);
  });

  after(async () => {
    map.dispose();
    changed.dispose();
    models.dispose();
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await rm(folder, { recursive: true, force: true });
  });

  function knowledgeAfter(some: readonly InterrogationEvent[]): FileKnowledge {
    return { report: some.reduce(interrogation.add, interrogation.start(spec)), file: "page.md" };
  }

  function shareAt(document: TextDocument, words: string): number | undefined {
    const found = map.at(document, document.positionAt(document.getText().indexOf(words)));
    return found?.mark && found.mark.right.trials > 0 ? found.mark.right.rate : undefined;
  }

  it("follows a run of the built-in model, and the edits of its text", async () => {
    const file = Uri.file(path.join(folder, "page.md"));
    const half = events.findIndex((event) => "question" in event && event.question === "2.1");
    current = knowledgeAfter(events.slice(0, half));
    await map.show(file);
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), file.toString());
    assert.equal(shareAt(document, "Lisbon"), 1);
    assert.equal(shareAt(document, "lighthouse"), undefined);

    current = knowledgeAfter(events);
    changed.fire();
    await waitFor(
      () => shareAt(document, "lighthouse") !== undefined,
      () => "the further answers are not shown",
    );
    assert.equal(shareAt(document, "lighthouse"), 0);
    const heading = map.at(document, document.positionAt(text.indexOf("Made up")));
    assert.equal(heading?.mark, undefined);
    assert.equal(heading?.section?.right.rate, 0);
    assert.equal(heading.model, "Specimen, chat");

    const editor = await window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new Position(0, 0), "New\n\nlines\n"));
    assert.equal(shareAt(document, "Lisbon"), 1);
    await editor.edit((edit) => {
      const at = document.positionAt(document.getText().indexOf("Lisbon"));
      edit.replace(new Range(at, at.translate(0, "Lisbon".length)), "Porto");
    });
    assert.equal(map.at(document, document.positionAt(document.getText().indexOf("Porto")))?.mark?.stale, true);
    map.hideShown();
    assert.equal(map.at(document, document.positionAt(document.getText().indexOf("lighthouse"))), undefined);
  });

  it("reads a saved run about the file, and refuses others by name", async () => {
    const header = headerLine(interrogation, { created: "2026-01-01T00:00:00Z", by: "a test", spec });
    const saved = Uri.file(path.join(folder, "run.promptscope.jsonl"));
    await writeFile(saved.fsPath, header + events.map(eventLine).join(""));
    const read = await readKnowledge(saved, Uri.file(path.join(folder, "page.md")));
    assert.deepEqual(read, knowledgeAfter(events));
    await assert.rejects(
      readKnowledge(saved, Uri.file(path.join(folder, "other.md"))),
      /not ask about other\.md, but about page\.md/,
    );
    const bad = Uri.file(path.join(folder, "bad.promptscope.jsonl"));
    await writeFile(bad.fsPath, "no run\n");
    await assert.rejects(readKnowledge(bad, saved), /not the header of a Promptscope run/);
  });
});
