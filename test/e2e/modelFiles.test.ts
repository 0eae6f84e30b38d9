import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/workbench/install.mjs";
import { type Server, startServer } from "../../scripts/workbench/server.mjs";
import { ModelHub, sha256 } from "../fixtures/servers/modelHub";
import { modelFields, writeModel } from "../unit/inference/library/writeModel";
import { useWorkbench, type Workbench } from "./workbench";

// A server of VS Code of its own: the hub's address, the folder of downloads and the home folder are not for a workspace to set.
const vscode = useWorkbench();
const source = path.join(root, "media", "models", "specimen-chat.gguf");
const catalogued = "SmolLM2-135M-Instruct-Q8_0.gguf";

let home: string;
let downloads: string;
let hub: ModelHub;
let server: Server;
let window: Workbench;
let model: Buffer;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "promptscope-home-"));
  downloads = path.join(home, "downloads");
  model = await readFile(source);
  hub = await ModelHub.start([
    {
      id: "maker/specimen-GGUF",
      licence: "apache-2.0",
      files: [
        { path: "specimen-Q8_0.gguf", bytes: model },
        { path: "swapped-Q8_0.gguf", bytes: model.subarray(0, -1), sha256: "ab".repeat(32) },
      ],
    },
    {
      id: "maker/gated-specimen-GGUF",
      licence: "other",
      gated: true,
      files: [{ path: "gated-Q8_0.gguf", bytes: model }],
    },
    {
      id: "bartowski/SmolLM2-135M-Instruct-GGUF",
      licence: "apache-2.0",
      files: [{ path: catalogued, bytes: model }],
    },
  ]);
  await layOut(home);
  server = await startServer({
    dataFolder: path.join(root, ".cache", `e2e-files-${process.pid}`),
    say: () => undefined,
    settings: {
      "promptscope.hub.url": hub.url,
      "promptscope.models.downloadFolder": downloads,
      "promptscope.local.runtimeRegistry": `${hub.url}/npm`,
    },
    environment: { HOME: home, USERPROFILE: home, XDG_CACHE_HOME: path.join(home, ".cache"), OLLAMA_MODELS: "" },
  });
  window = await vscode.open({ server: server.address, dataFolder: server.dataFolder, file: "prompts/tone.md" });
  // All rows of the view fit at once.
  await window.page.setViewportSize({ width: 1400, height: 1200 });
  await window.command("Promptscope: Focus on Models View");
  await row("Specimen, chat").waitFor({ timeout: 30_000 });
});
afterAll(async () => {
  await server?.stop();
  await hub?.stop();
  await rm(server.dataFolder, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

/** The model as LM Studio, Ollama and the Hugging Face cache keep theirs, and in a folder of one's own beside what is none. */
async function layOut(folder: string): Promise<void> {
  const hash = sha256(await readFile(source));
  const put = async (file: string, text?: string): Promise<void> => {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await (text === undefined ? cp(source, path.join(folder, file)) : writeFile(path.join(folder, file), text));
  };
  await put(".lmstudio/models/maker/studio-GGUF/studio-Q8_0.gguf");
  const layers = [{ mediaType: "application/vnd.ollama.image.model", digest: `sha256:${hash}` }];
  await put(".ollama/models/manifests/registry.ollama.ai/library/tiny/latest", JSON.stringify({ layers }));
  await put(`.ollama/models/blobs/sha256-${hash}`);
  const repository = ".cache/huggingface/hub/models--maker--cached-GGUF";
  await put(`${repository}/blobs/${hash}`);
  await mkdir(path.join(folder, repository, "snapshots/1"), { recursive: true });
  await symlink(`../../blobs/${hash}`, path.join(folder, repository, "snapshots/1/cached-Q8_0.gguf"));
  await put("own/mine.gguf");
  await put("own/cut.gguf");
  await writeFile(path.join(folder, "own/cut.gguf"), (await readFile(source)).subarray(0, 1_000_000));
  await put("own/page.gguf", "<!doctype html><title>404</title>");
}

const tree = (): Locator => window.page.locator(`.pane:has(.pane-header[aria-label^="Models"])`);
const row = (name: string): Locator => tree().locator(`.monaco-list-row[aria-label^="${name}"]`).first();
const label = async (name: string): Promise<string> => (await row(name).getAttribute("aria-label")) ?? "";
const dialog = (): Locator => window.page.locator(".monaco-dialog-box");
const choice = (name: string): Locator => window.page.locator(".quick-input-list .monaco-list-row", { hasText: name });

async function press(button: string): Promise<void> {
  await dialog().getByRole("button", { name: button, exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
}

/** A button of a row, which shows while the mouse is there. */
async function act(name: string, action: string): Promise<void> {
  await row(name).hover();
  await row(name).locator(`.action-label[aria-label^="${action}"]`).click();
}

/** A message in the centre, which does not come up by itself where the window has no focus. */
async function notification(text: RegExp): Promise<Locator> {
  const message = window.page.locator(".notification-list-item").filter({ hasText: text }).first();
  const shown = async (): Promise<boolean> => {
    if (!(await message.isVisible())) await window.command("Notifications: Show Notifications");
    return message.isVisible();
  };
  await expect.poll(shown, { timeout: 40_000, interval: 500 }).toBe(true);
  return message;
}

/** Search, repository and file, up to the question about the bytes; gives what that says. */
async function wantFromHub(repository: string, file: string): Promise<string> {
  await window.command("Promptscope: Search a Model Hub");
  await window.page.locator(".quick-input-widget:visible").getByText(`Search ${hub.host} for GGUF models`).waitFor();
  await window.page.locator(".quick-input-widget:visible input.input").first().fill("specimen");
  await choice(repository).click();
  await choice(file).first().click();
  await dialog()
    .getByText(/Download .*\?/)
    .waitFor();
  return (await dialog().textContent()) ?? "";
}

describe("models from a hub", () => {
  it("are searched for after a yes, fetched after another, paused, gone on with after a reload, checked and run", async () => {
    await window.command("Promptscope: Search a Model Hub");
    await dialog().getByText(`Search ${hub.host} for models?`).waitFor();
    expect(hub.seen).toEqual([]);
    await press("Search, and Don't Ask Again");
    await window.page.keyboard.press("Escape");

    const size = `${(model.length / 1_000_000).toFixed(1)} MB`;
    hub.allowed = Math.ceil(0.3 * model.length);
    const question = await wantFromHub("maker/specimen-GGUF", "specimen-Q8_0");
    expect(question).toMatch(/Download specimen-Q8_0\?/);
    expect(question).toContain(`${size} from ${hub.host} (and servers it refers to), licence: apache-2.0.`);
    expect(question).toContain(downloads);
    expect(hub.seen.some((request) => request.includes("/resolve/"))).toBe(false);
    await window.screenshot("hub-consent");
    await press("Download");
    await expect.poll(() => label("specimen-Q8_0")).toContain(`30 % of ${size}`);
    await window.screenshot("hub-downloading");
    await act("specimen-Q8_0", "Pause Download");
    await expect.poll(() => label("specimen-Q8_0")).toContain(`paused, 30 % of ${size}`);

    await window.reload();
    await expect.poll(() => label("specimen-Q8_0"), { timeout: 60_000 }).toContain(`paused, 30 % of ${size}`);
    hub.allowed = Number.POSITIVE_INFINITY;
    const before = hub.seen.length;
    await act("specimen-Q8_0", "Resume Download");
    const done = await notification(/specimen-Q8_0 was downloaded and checked\./);
    await window.screenshot("hub-done");
    expect(hub.seen.slice(before).some((request) => /bytes=(?!0-)\d+-/.test(request))).toBe(true);
    const file = path.join(downloads, "maker/specimen-GGUF/specimen-Q8_0.gguf");
    expect(sha256(await readFile(file))).toBe(sha256(model));
    await done.getByRole("button", { name: "Load" }).click();
    await expect.poll(() => label("Promptscope specimen chat"), { timeout: 30_000 }).toMatch(/running/);
    await act("Promptscope specimen chat", "Unload Model");
    await expect.poll(() => label("Promptscope specimen chat")).toMatch(/not loaded/);
  });

  it("are refused when they are not what was listed, or want an account", async () => {
    hub.allowed = Number.POSITIVE_INFINITY;
    await wantFromHub("maker/specimen-GGUF", "swapped-Q8_0");
    await press("Download");
    const swapped = await notification(/swapped-Q8_0 was not downloaded/);
    expect(await swapped.textContent()).toMatch(/is not the file that the hub lists .* It was not kept\./);
    expect(existsSync(path.join(downloads, "maker/specimen-GGUF/swapped-Q8_0.gguf"))).toBe(false);
    expect(existsSync(path.join(downloads, "maker/specimen-GGUF/swapped-Q8_0.gguf.part"))).toBe(false);
    await window.screenshot("hub-refused");
    await window.command("Notifications: Clear All Notifications");
    await act("swapped-Q8_0", "Cancel Download");
    await row("swapped-Q8_0").waitFor({ state: "detached" });

    const question = await wantFromHub("maker/gated-specimen-GGUF", "gated-Q8_0");
    expect(question).toContain(`It needs an account at ${hub.host} that accepted the licence, and its token.`);
    await press("Download");
    const gated = await notification(/gated-Q8_0 was not downloaded/);
    expect(await gated.textContent()).toMatch(
      /without an account \(401\)\. Accept its licence there and set an access token/,
    );
    await gated.getByRole("button", { name: "Set Access Token…" }).click();
    await window.page.locator(".quick-input-widget:visible").getByText(`Access token for ${hub.host}`).waitFor();
    await window.page.locator(".quick-input-widget:visible input.input").first().fill("hf_test");
    await window.page.keyboard.press("Enter");
    await notification(/gated-Q8_0 was downloaded and checked\./);
    await window.command("Notifications: Clear All Notifications");
  });

  it("come from the catalogue too", async () => {
    hub.allowed = Number.POSITIVE_INFINITY;
    await window.command("Promptscope: Download a Recommended Model");
    await choice("≈").first().waitFor();
    await window.page.locator(".quick-input-widget:visible input.input").first().fill("SmolLM2 135M");
    await choice("SmolLM2 135M Instruct").first().click();
    await dialog().getByText("Download SmolLM2 135M Instruct?").waitFor();
    expect(await dialog().textContent()).toMatch(/≈ 145.\d MB from .*, licence: Apache 2\.0\./);
    await press("Download");
    await notification(/SmolLM2-135M-Instruct-Q8_0 was downloaded and checked\./);
    expect(existsSync(path.join(downloads, "bartowski/SmolLM2-135M-Instruct-GGUF", catalogued))).toBe(true);
    await window.command("Notifications: Clear All Notifications");
  });
});

describe("models of other programs", () => {
  it("are found where they lie, in a folder of one's own too, and listed", async () => {
    await window.command("Promptscope: Scan Folders for Models");
    await choice("LM Studio").first().waitFor();
    await choice("Another folder…").click();
    await window.screenshot("scan-places");
    await window.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await window.giveFile(path.join(home, "own"));
    for (const name of ["maker/studio-GGUF/studio-Q8_0", "tiny:latest", "maker/cached-GGUF/cached-Q8_0", "mine"])
      await choice(name).first().waitFor();
    await window.page.getByPlaceholder("2 left out").waitFor();
    await window.screenshot("scan-found");
    await choice("tiny:latest").first().click();
    await choice("mine").first().click();
    await window.page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    const settings = path.join(server.dataFolder, "data", "Machine", "settings.json");
    const listed = async (): Promise<string> =>
      JSON.stringify(JSON.parse(await readFile(settings, "utf8"))["promptscope.models.files"]);
    await expect.poll(listed).toContain(path.join(home, "own", "mine.gguf"));
    await expect.poll(listed).toContain("/.ollama/models/blobs/sha256-");
    // All are one model, told apart by their files.
    for (const file of ["mine", `sha256-${sha256(model).slice(0, 8)}…`])
      await row(`Promptscope specimen chat (${file})`).waitFor();
    await window.screenshot("scan-listed");
  });
});

describe("a model larger than the memory", () => {
  it("is asked about with the numbers before it is loaded, and left alone after a no", async () => {
    const file = path.join(home, "large.gguf");
    const [columns, rows] = [1 << 20, 1 << 16];
    const tensor = { name: "token_embd.weight", shape: [columns, rows], type: 1, bytes: columns * rows * 2 };
    const start = writeModel(modelFields, [tensor]);
    await writeFile(file, start);
    // A file with a hole: 137 GB by its header and its size, and hardly any on the disk.
    await truncate(file, start.length - (1 << 20) + tensor.bytes);
    await window.command("Promptscope: Add Model from a File");
    await window.giveFile(file);
    await row("Tiny").waitFor();
    await act("Tiny", "Load Model");
    await dialog().getByText("“Tiny” may not fit into memory. Load it all the same?").waitFor({ timeout: 60_000 });
    const text = (await dialog().textContent()) ?? "";
    expect(text).toMatch(/≈ 137\.\d GB are needed at least: weights 137\.4 GB, KV cache [\d.]+ [kM]B/);
    expect(text).toMatch(/GB of memory (are free, and no GPU takes part|and .* are free)\./);
    await window.screenshot("memory-question");
    await press("Cancel");
    await notification(/“Tiny” was not loaded: it may not fit into memory\./);
    expect(await label("Tiny")).toContain("failed");
  });
});

describe("the CUDA runtime", () => {
  it("is asked about with host, size and place, and an error says what the registry lacks", async ({ skip }) => {
    skip(process.platform !== "linux" || process.arch !== "x64", "CUDA's packages are those of Linux here");
    await window.command("Notifications: Clear All Notifications");
    const asked = hub.seen.length;
    await window.command("Promptscope: Add CUDA Runtime");
    await dialog().getByText("Add the CUDA runtime?").waitFor();
    const text = (await dialog().textContent()) ?? "";
    expect(text).toContain(`≈ 320.0 MB from ${hub.host}`);
    expect(text).toContain("@node-llama-cpp/linux-x64-cuda 3.22.1, @node-llama-cpp/linux-x64-cuda-ext 3.22.1");
    expect(text).toContain("SHA-512");
    await window.screenshot("cuda-question");
    await press("Cancel");
    expect(hub.seen.length).toBe(asked);
    await window.command("Promptscope: Add CUDA Runtime");
    await dialog().getByText("Add the CUDA runtime?").waitFor();
    await press("Download");
    await notification(/has no @node-llama-cpp\/linux-x64-cuda 3\.22\.1 \(404\)/);
    await window.screenshot("cuda-refused");
  });
});
