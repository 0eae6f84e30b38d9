import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { type Walked, type WalkLimits, type WalkReport, walk } from "./walk";

// Ollama keeps weights in blobs/sha256-HEX and names them in manifests/HOST/NAMESPACE/MODEL/TAG, one JSON for each tag.
const manifest = v.object({
  layers: v.pipe(
    v.array(v.object({ mediaType: v.string(), digest: v.pipe(v.string(), v.regex(/^sha256[:-][0-9a-f]{64}$/)) })),
    v.maxLength(1000),
  ),
});
const weights = "application/vnd.ollama.image.model";
const mostManifestBytes = 1 << 20;

/** The weights that Ollama's manifests name, each with the name that Ollama calls it. */
export async function* ollamaModels(
  root: string,
  limits: WalkLimits,
  report: WalkReport,
  signal: AbortSignal,
): AsyncGenerator<Walked & { readonly name: string }> {
  const manifests = path.join(root, "manifests");
  for await (const file of walk(manifests, () => true, limits, report, signal)) {
    if (file.bytes > mostManifestBytes) continue;
    try {
      const { layers } = v.parse(manifest, JSON.parse(await readFile(file.path, "utf8")));
      const name = ollamaName(path.relative(manifests, file.path).split(path.sep));
      for (const layer of layers.filter(({ mediaType }) => mediaType === weights)) {
        const blob = path.join(root, "blobs", layer.digest.replace(":", "-"));
        yield { name, path: blob, realPath: await realpath(blob), bytes: (await stat(blob)).size };
      }
    } catch (error) {
      signal.throwIfAborted();
      report.unread(file.path, error);
    }
  }
}

/** "llama3.2:3b", "owner/model:tag", "hf.co/owner/model:Q4_K_M", as `ollama list` prints them. */
function ollamaName(parts: readonly string[]): string {
  const [host = "", ...rest] = parts;
  const tag = rest.pop() ?? "";
  const named = host === "registry.ollama.ai" ? (rest[0] === "library" ? rest.slice(1) : rest) : [host, ...rest];
  return `${named.join("/")}:${tag}`;
}
