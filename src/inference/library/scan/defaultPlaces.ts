import path from "node:path";
import type { ModelPlace, PlaceKind } from "./foundModels";

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Where other programs keep their models on this machine, by their own documentation: what their environment variables name,
 * or else their default folders. A folder listed here need not exist.
 */
export function defaultPlaces(machine: Machine): readonly ModelPlace[] {
  const { platform, home, environment: env } = machine;
  const { join } = platform === "win32" ? path.win32 : path.posix;
  const place = (kind: PlaceKind, label: string, ...folders: (string | undefined)[]): ModelPlace[] =>
    [...new Set(folders)].filter((folder) => folder !== undefined).map((folder) => ({ kind, label, path: folder }));
  const under = (folder: string | undefined, ...names: string[]) => (folder ? join(folder, ...names) : undefined);
  return [
    ...place("lmStudio", "LM Studio", join(home, ".lmstudio", "models"), join(home, ".cache", "lm-studio", "models")),
    ...place(
      "ollama",
      "Ollama",
      env.OLLAMA_MODELS || join(home, ".ollama", "models"),
      // Where Linux packages run it as a service.
      ...(platform === "linux" ? ["/usr/share/ollama/.ollama/models", "/var/lib/ollama/models"] : []),
    ),
    ...place(
      "huggingFace",
      "Hugging Face cache",
      env.HF_HUB_CACHE ||
        env.HUGGINGFACE_HUB_CACHE ||
        under(env.HF_HOME, "hub") ||
        under(env.XDG_CACHE_HOME, "huggingface", "hub") ||
        join(home, ".cache", "huggingface", "hub"),
    ),
    ...place("llamaCpp", "llama.cpp cache", env.LLAMA_CACHE || llamaCache(machine, join)),
  ];
}

/** As llama.cpp's fs_get_cache_directory. */
function llamaCache({ platform, home, environment: env }: Machine, join: typeof path.join): string | undefined {
  if (platform === "win32") return env.LOCALAPPDATA ? join(env.LOCALAPPDATA, "llama.cpp") : undefined;
  if (platform === "darwin") return join(home, "Library", "Caches", "llama.cpp");
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "llama.cpp");
}
