import type { TextRules } from "./textRules";
import type { NormalizerJson, PreTokenizerJson, TokenizerJson } from "./tokenizerJson";

const LOW_LINE = "\u2581";

/**
 * Rules of a vocabulary that writes spaces as U+2581 and merges over the whole text (Llama 2, Mistral, Gemma): by
 * normalizers (Prepend, Replace) or by a Metaspace pre-tokenizer. A text with the reason where the engine cannot do it.
 */
export function spacedRules({ normalizers, preTokenizers }: TokenizerJson): TextRules | string {
  const prepends = normalizers.filter(isPrepend);
  const replaces = normalizers.filter(isSpaceReplace);
  const metaspace = preTokenizers.find((step) => step.type === "Metaspace");
  const idle = preTokenizers.filter((step) => step !== metaspace);
  if (prepends.length + replaces.length < normalizers.length) return "its normalizer is not one of those known here";
  // Once all spaces are replaced, a split at spaces finds nothing (Gemma 3).
  if (!idle.every((step) => replaces.length > 0 && isSpaceSplit(step)))
    return "its pre-tokenizer is not one of those known here";
  if (metaspace?.type === "Metaspace") {
    if (metaspace.split) return "its Metaspace pre-tokenizer splits at every space";
    if (metaspace.replacement !== LOW_LINE || prepends.length > 0)
      return "its Metaspace pre-tokenizer is not the usual one";
    if (metaspace.prepend === "never") return { lowLineIsSpace: true };
    return { lowLineIsSpace: true, spacePrefix: { unlessThere: true, startOnly: metaspace.prepend === "first" } };
  }
  if (replaces.length === 0) return "it has no pre-tokenizer";
  return {
    lowLineIsSpace: true,
    ...(prepends.length > 0 && { spacePrefix: { unlessThere: false, startOnly: false } }),
  };
}

function isPrepend(step: NormalizerJson): boolean {
  return step.type === "Prepend" && step.prepend === LOW_LINE;
}

function isSpaceReplace(step: NormalizerJson): boolean {
  return (
    step.type === "Replace" && step.content === LOW_LINE && "string" in step.pattern && step.pattern.string === " "
  );
}

function isSpaceSplit(step: PreTokenizerJson): boolean {
  return step.type === "Split" && "string" in step.pattern && step.pattern.string === " ";
}
