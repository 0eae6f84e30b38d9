import type { Metadata } from "./readMetadata";

/** Architectures of GGUF files that give pictures, sounds or vectors, not text. */
const others: Readonly<Record<string, string>> = {
  clip: "It is a projector for images or sound: it goes with a language model and is none itself.",
  whisper: "It is a model for speech, not for text.",
  ...Object.fromEntries(
    [
      "bert",
      "modern-bert",
      "nomic-bert",
      "nomic-bert-moe",
      "neo-bert",
      "jina-bert-v2",
      "jina-bert-v3",
      "gemma-embedding",
    ].map((name) => [name, "It is an embedding model: it turns text into vectors and does not go on with it."]),
  ),
  ...Object.fromEntries(
    ["flux", "sd1", "sd3", "sdxl", "wan", "ltxv", "hidream", "lumina2", "aura", "cosmos", "hyvid", "qwen_image"].map(
      (name) => [name, "It is a model for pictures, not for text."],
    ),
  ),
};

/** Why a GGUF file cannot go on with a text, as one sentence; undefined where it can. */
export function otherPurpose(metadata: Metadata, architecture: string): string | undefined {
  switch (metadata.text("general.type")) {
    case "mmproj":
      return others.clip;
    case "adapter":
      return "It is an adapter (LoRA): it goes on top of a model and is none itself.";
    case "imatrix":
      return "It is an importance matrix, made for quantizing a model.";
    case "vocab":
      return "It holds a vocabulary alone, without weights.";
  }
  return Object.hasOwn(others, architecture) ? others[architecture] : undefined;
}
