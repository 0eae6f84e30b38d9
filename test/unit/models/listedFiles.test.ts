import { copyFile } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { GgufFiles } from "../../../src/models/ggufFiles";
import { Servers } from "../../../src/models/servers";
import { KeptLog } from "../inference/library/keptLog";
import { temporaryFolders } from "../inference/library/temporaryFolder";
import { settings } from "./editor";

vi.mock("vscode", () => import("./editor"));

const specimen = path.resolve("media/models/specimen-base.gguf");
const files = "promptscope.models.files";
const folder = temporaryFolders();

it("lists what can be read of the setting, and says once what is left out", async () => {
  settings.set(files, [null, "/models/a.gguf", 1]);
  const log = new KeptLog();
  const listed = new GgufFiles(log);
  for (let i = 0; i < 3; i++) expect(listed.list().map(({ location }) => location)).toEqual(["/models/a.gguf"]);
  expect(log.lines.filter((line) => line.includes("left out"))).toHaveLength(2);

  // What a person wrote stays as it is when a model is added or removed.
  await listed.add(specimen);
  expect(settings.get(files)).toEqual([null, "/models/a.gguf", 1, specimen]);
  await listed.remove("gguf:/models/a.gguf");
  expect(settings.get(files)).toEqual([null, 1, specimen]);
  listed.dispose();
});

it.each([null, 1, "a.gguf", {}])("takes %j for no list at all", async (value) => {
  settings.set(files, value);
  settings.set("promptscope.servers", value);
  const log = new KeptLog();
  const listed = new GgufFiles(log);
  expect(listed.list()).toEqual([]);
  await listed.add(specimen);
  expect(settings.get(files)).toEqual([specimen]);
  expect(new Servers({} as never, log).list()).toEqual([]);
  listed.dispose();
});

it("loses none of two changes that come together", async () => {
  settings.set(files, ["/models/a.gguf"]);
  const copy = path.join(await folder(), "copy.gguf");
  await copyFile(specimen, copy);
  const listed = new GgufFiles(new KeptLog());
  await Promise.all([listed.add(specimen), listed.add(copy), listed.remove("gguf:/models/a.gguf")]);
  expect([...(settings.get(files) as string[])].sort()).toEqual([copy, specimen].sort());
  listed.dispose();

  settings.set("promptscope.servers", []);
  const servers = new Servers({} as never, new KeptLog());
  const server = (port: number) => ({ baseUrl: `http://localhost:${port}/v1`, host: "localhost", name: `${port}` });
  const more = { models: [], maxParallel: undefined };
  await Promise.all([1, 2, 3].map((port) => servers.save({ ...server(port), ...more })));
  expect(servers.list().map(({ name }) => name)).toEqual(["1", "2", "3"]);
  servers.dispose();
});
