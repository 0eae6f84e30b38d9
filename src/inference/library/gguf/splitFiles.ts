import path from "node:path";

/** Names of split models as llama.cpp's gguf-split writes them: "name-00001-of-00003.gguf". */
const pattern = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;

export interface SplitName {
  /** Without part number and ending. */
  readonly stem: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/** What a file's name says about its part of a split model; undefined for whole ones. Works on paths of either kind. */
export function splitName(file: string): SplitName | undefined {
  const match = pattern.exec(file);
  if (!match) return undefined;
  const [part, parts] = [Number(match[2]), Number(match[3])];
  return part >= 1 && part <= parts ? { stem: match[1] ?? "", part, parts } : undefined;
}

/** Paths of all parts, in their order. */
export function splitPaths({ stem, parts }: SplitName): readonly string[] {
  const padded = (number: number) => String(number).padStart(5, "0");
  return Array.from({ length: parts }, (_, i) => `${stem}-${padded(i + 1)}-of-${padded(parts)}.gguf`);
}

/** A file's name without folder, part number and ending. */
export function modelName(file: string): string {
  const base = path.basename(file);
  return splitName(base)?.stem ?? base.replace(/\.gguf$/i, "");
}

/** "Q4_K_M", "IQ2_XXS", "BF16" out of a file's name; undefined where it has none. */
export function quantizationInName(name: string): string | undefined {
  const found =
    /(?:^|[-._])((?:UD-)?(?:I?Q\d(?:_[0-9A-Z]+)*|BF16|F(?:P)?(?:16|32)|MXFP4(?:_MOE)?|TQ[12]_0))(?=$|[-._])/i.exec(
      name,
    );
  return found?.[1]?.toUpperCase();
}
