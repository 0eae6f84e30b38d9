import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ModelLibrary } from "../../../src/models/modelLibrary";
import { downloadMessages } from "../../../src/views/models/downloadCommands";
import { KeptLog } from "../inference/library/keptLog";
import { temporaryFolders } from "../inference/library/temporaryFolder";
import { person, ran, settings, shown } from "./editor";

vi.mock("vscode", () => import("./editor"));

const folder = temporaryFolders();
const bytes = Buffer.from("GGUF, but a projector");
const server = createServer((_, response) => response.end(bytes));

beforeEach(async () => {
  settings.set("promptscope.models.downloadFolder", "");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.close();
  shown.length = 0;
  ran.length = 0;
});

it("tells of a download that cannot be opened as a model, and shows its file", async () => {
  const log = new KeptLog();
  const here = await folder();
  const keep = async (): Promise<string> => {
    throw new Error("mmproj.gguf cannot be opened as a model. It is a projector.");
  };
  const library = new ModelLibrary({ folder: here, secrets: { get: async () => undefined } as never, keep, log });
  const messages = downloadMessages(library, log);
  person.answer = "Reveal File";
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mmproj.gguf`;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await library.start({ name: "Sight", files: [{ url, path: "mmproj.gguf", bytes: bytes.length, sha256 }] });
  await vi.waitFor(() => expect(ran).toHaveLength(1), 10_000);
  expect(shown).toEqual([
    {
      message:
        "Sight was downloaded, but is not in the list of models. mmproj.gguf cannot be opened as a model. It is a projector.",
      buttons: ["Reveal File", "Show Log"],
    },
  ]);
  expect(ran).toEqual([["revealFileInOS", { fsPath: path.join(here, "mmproj.gguf") }]]);
  expect(log.lines.some((line) => line.startsWith("downloaded model not added"))).toBe(true);
  messages.dispose();
  library.dispose();
});
