import { mkdir, realpath, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { defaultPlaces, type ModelPlace, scanForModels } from "../../../../src/inference/library";
import { put, temporaryFolders } from "./temporaryFolder";
import { modelFields, modelTensors, writeModel } from "./writeModel";

const { signal } = new AbortController();
const folder = temporaryFolders();
const model = writeModel();
const hex = "ab".repeat(32);

function place(kind: ModelPlace["kind"], folderPath: string): ModelPlace {
  return { kind, label: kind, path: folderPath };
}

const names = (result: { models: readonly { name: string }[] }) => result.models.map(({ name }) => name);

describe("scanForModels", () => {
  it("names LM Studio's models by publisher and repository", async () => {
    const home = await folder();
    const file = await put(home, "lmstudio-community/Tiny-GGUF/Tiny-Q4_K_M.gguf", model);
    const { models, skipped } = await scanForModels([place("lmStudio", home)], { signal });
    expect(models).toEqual([
      {
        path: file,
        name: "lmstudio-community/Tiny-GGUF/Tiny-Q4_K_M",
        place: "lmStudio",
        bytes: model.length,
        architecture: "llama",
        quantization: "Q4_K_M",
        parameters: 29_248,
        contextSize: 4096,
        hasChatTemplate: true,
      },
    ]);
    expect(skipped).toEqual([]);
  });

  it("gives Ollama's blobs the names of its manifests, one for a blob with two tags", async () => {
    const home = await folder();
    const blob = await put(home, `blobs/sha256-${hex}`, model);
    const layers = [
      { mediaType: "application/vnd.ollama.image.model", digest: `sha256:${hex}`, size: model.length },
      { mediaType: "application/vnd.ollama.image.license", digest: `sha256:${"cd".repeat(32)}`, size: 3 },
    ];
    const manifest = JSON.stringify({ schemaVersion: 2, layers });
    await put(home, "manifests/registry.ollama.ai/library/llama3.2/3b", manifest);
    await put(home, "manifests/registry.ollama.ai/library/llama3.2/latest", manifest);
    const other = { mediaType: "application/vnd.ollama.image.model", digest: `sha256:${"ef".repeat(32)}` };
    await put(home, "manifests/hf.co/owner/model/Q4_K_M", JSON.stringify({ layers: [other] }));
    await put(home, `blobs/sha256-${"ef".repeat(32)}`, writeModel(modelFields, modelTensors.slice(1)));
    await put(home, "manifests/registry.ollama.ai/library/broken/latest", "{ no json");
    await put(home, "manifests/registry.ollama.ai/library/pruned/latest", manifest.replaceAll(hex, "00".repeat(32)));
    await put(
      home,
      "manifests/registry.ollama.ai/library/evil/latest",
      manifest.replaceAll(hex, "../../../etc/passwd"),
    );
    const result = await scanForModels([place("ollama", home)], { signal });
    expect(names(result)).toEqual(["hf.co/owner/model:Q4_K_M", expect.stringMatching(/^llama3\.2:(3b|latest)$/)]);
    expect(result.models[1]?.path).toBe(blob);
    expect(result.unread.map((each) => path.basename(path.dirname(each.path))).sort()).toEqual([
      "broken",
      "evil",
      "pruned",
    ]);
  });

  it("follows the Hugging Face cache's links to its blobs, and lists a blob of two snapshots once", async () => {
    const hub = await folder();
    const blob = await put(hub, `models--Qwen--Qwen3-0.6B-GGUF/blobs/${hex}`, model);
    for (const commit of ["1111", "2222"]) {
      const snapshot = path.join(hub, "models--Qwen--Qwen3-0.6B-GGUF/snapshots", commit);
      await mkdir(snapshot, { recursive: true });
      await symlink(`../../blobs/${hex}`, path.join(snapshot, "Qwen3-0.6B-Q8_0.gguf"));
      await symlink("../../blobs/gone", path.join(snapshot, "gone.gguf"));
    }
    const result = await scanForModels([place("huggingFace", hub)], { signal });
    expect(names(result)).toEqual(["Qwen/Qwen3-0.6B-GGUF/Qwen3-0.6B-Q8_0"]);
    expect(result.models[0]?.path).toBe(blob);
    expect(result.unread.map(({ reason }) => reason)).toEqual(
      Array(2).fill("it is a link to a file that is not there"),
    );
  });

  it("lists a model once, whichever places lead to it", async () => {
    const [own, cache] = [await folder(), await folder()];
    const file = await put(cache, "owner_repo_tiny.gguf", model);
    await symlink(file, path.join(own, "mine.gguf"));
    await symlink(cache, path.join(own, "linked"));
    await symlink(own, path.join(cache, "loop"));
    const result = await scanForModels([place("own", own), place("llamaCpp", cache)], { signal });
    expect(result.models.map(({ path: found }) => found)).toEqual([file]);
  });

  it("says why it leaves out projectors, adapters, damaged and cut files", async () => {
    const home = await folder();
    await put(home, "mmproj-model-f16.gguf", "anything");
    await put(home, "vision.gguf", writeModel({ ...modelFields, "general.type": { text: "mmproj" } }));
    await put(home, "lora.gguf", writeModel({ ...modelFields, "general.type": { text: "adapter" } }));
    await put(home, "cut.gguf", model.slice(0, -1000));
    await put(home, "page.gguf", "<!doctype html><title>404 not found</title>");
    await put(home, "loading.gguf.part", model);
    await put(home, "notes.txt", "no model");
    const { models, skipped } = await scanForModels([place("own", home)], { signal });
    expect(models).toEqual([]);
    const reasons = Object.fromEntries(skipped.map((each) => [path.basename(each.path), each.reason]));
    expect(reasons).toEqual({
      "mmproj-model-f16.gguf": expect.stringContaining("projector"),
      "vision.gguf": expect.stringContaining("projector"),
      "lora.gguf": expect.stringContaining("LoRA"),
      "cut.gguf": expect.stringContaining("are missing"),
      "page.gguf": expect.stringContaining("no GGUF file"),
    });
  });

  it("lists a split model once, and one without its first part as cut", async () => {
    const home = await folder();
    const split = (no: number) => ({
      "split.no": { raw: Uint8Array.of(2, 0, 0, 0, no, 0) },
      "split.count": { raw: Uint8Array.of(2, 0, 0, 0, 2, 0) },
    });
    await put(home, "b/tiny-00001-of-00002.gguf", writeModel({ ...modelFields, ...split(0) }, []));
    await put(home, "b/tiny-00002-of-00002.gguf", writeModel(split(1)));
    await put(home, "c/half-00002-of-00002.gguf", writeModel(split(1)));
    const result = await scanForModels([place("own", home)], { signal });
    expect(names(result)).toEqual(["tiny"]);
    expect(result.skipped.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("half-00001-of-00002.gguf is missing"),
    ]);
  });

  it("says which places are not there and goes on", async () => {
    const home = await folder();
    await put(home, "tiny.gguf", model);
    const result = await scanForModels([place("ollama", path.join(home, "none")), place("own", home)], { signal });
    expect(result.unread).toEqual([{ path: path.join(home, "none"), reason: "It is not there." }]);
    expect(names(result)).toEqual(["tiny"]);
  });

  it("keeps its bounds and says so", async () => {
    const home = await folder();
    await put(home, "a/b/c/tiny.gguf", model);
    for (let i = 0; i < 20; i++) await put(home, `many/${i}.txt`, "");
    const limits = { depth: 8, folders: 100, files: 1000 };
    const scan = (over: Partial<typeof limits>) =>
      scanForModels([place("own", home)], { signal, limits: { ...limits, ...over } });
    expect(await scan({})).toMatchObject({ models: [{ name: "tiny" }], incomplete: false });
    expect(await scan({ depth: 2 })).toMatchObject({ models: [], incomplete: true });
    expect(await scan({ folders: 2 })).toMatchObject({ models: [], incomplete: true });
    expect(await scan({ files: 10 })).toMatchObject({ models: [], incomplete: true });
  });

  it("tells where it is, and stops when told to", async () => {
    const home = await folder();
    for (let i = 0; i < 5; i++) await put(home, `${i}/tiny.gguf`, writeModel(modelFields, modelTensors.slice(i)));
    const stop = new AbortController();
    const seen: number[] = [];
    const scan = scanForModels([place("own", home)], {
      signal: stop.signal,
      onProgress: ({ models }) => {
        seen.push(models);
        if (models === 2) stop.abort(new Error("stopped"));
      },
    });
    await expect(scan).rejects.toThrow("stopped");
    expect(Math.max(...seen)).toBe(2);
  });
});

describe("default places", () => {
  const paths = (platform: NodeJS.Platform, home: string, environment = {}) =>
    defaultPlaces({ platform, home, environment }).map(({ path: each }) => each);

  it("are those of Linux, macOS and Windows", () => {
    expect(paths("linux", "/home/ada")).toEqual([
      "/home/ada/.lmstudio/models",
      "/home/ada/.cache/lm-studio/models",
      "/home/ada/.ollama/models",
      "/usr/share/ollama/.ollama/models",
      "/var/lib/ollama/models",
      "/home/ada/.cache/huggingface/hub",
      "/home/ada/.cache/llama.cpp",
    ]);
    expect(paths("darwin", "/Users/ada").slice(2)).toEqual([
      "/Users/ada/.ollama/models",
      "/Users/ada/.cache/huggingface/hub",
      "/Users/ada/Library/Caches/llama.cpp",
    ]);
    expect(paths("win32", "C:\\Users\\ada", { LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local" }).slice(2)).toEqual([
      "C:\\Users\\ada\\.ollama\\models",
      "C:\\Users\\ada\\.cache\\huggingface\\hub",
      "C:\\Users\\ada\\AppData\\Local\\llama.cpp",
    ]);
  });

  it("follow the programs' environment variables", () => {
    const environment = { OLLAMA_MODELS: "/big/ollama", HF_HOME: "/big/hf", LLAMA_CACHE: "/big/llama" };
    expect(paths("linux", "/home/ada", environment)).toEqual(
      expect.arrayContaining(["/big/ollama", "/big/hf/hub", "/big/llama"]),
    );
    expect(paths("linux", "/home/ada", { XDG_CACHE_HOME: "/x" })).toEqual(
      expect.arrayContaining(["/x/huggingface/hub", "/x/llama.cpp"]),
    );
  });

  it("of this machine exist as absolute paths", async () => {
    const home = await realpath(await folder());
    for (const found of paths(process.platform, home, process.env)) expect(path.isAbsolute(found)).toBe(true);
  });
});
