import { byteLevelBytes } from "../huggingFace/byteLevel";
import type { Plan } from "../huggingFace/plan";
import { spacedScanner } from "../huggingFace/spacedWords";
import { TokenizerError } from "../tokenizer";
import type { Merge } from "../vocabulary";
import type { GgufTokenizer } from "./ggufTokenizer";
import { ggufPreTokenizer } from "./preTokenizers";
import { scoreMerges } from "./scoreMerges";

const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
const BYTE = 6;
const LOW_LINE = "\u2581";

/** How the engine can encode as llama.cpp does with this file, or why it cannot. */
export function planGguf(name: string, gguf: GgufTokenizer): Plan {
  if (gguf.model === "gpt2") return planByteLevel(name, gguf);
  if (gguf.model === "llama") return planSentencePiece(name, gguf);
  return { unsupported: `its tokenizer is of the kind "${gguf.model}"` };
}

function planByteLevel(name: string, gguf: GgufTokenizer): Plan {
  const pre = ggufPreTokenizer(gguf.pre ?? "");
  if (pre === undefined) return { unsupported: `its pre-tokenizer "${gguf.pre ?? ""}" is not one of those known here` };
  const { special, added } = literals(gguf);
  const ids = new Map(gguf.tokens.map((token, id) => [token, id]));
  const merges: Merge[] = gguf.merges.map((line, index) => {
    const at = line.indexOf(" ", 1);
    const left = ids.get(line.slice(0, at));
    const right = ids.get(line.slice(at + 1));
    const result = ids.get(line.slice(0, at) + line.slice(at + 1));
    if (left !== undefined && right !== undefined && result !== undefined) return { left, right, result };
    throw new TokenizerError(
      `The GGUF file is damaged: merge ${index}, ${JSON.stringify(line)}, is not of its tokens.`,
    );
  });
  const tokens = gguf.tokens.map((token, id) => (isLiteral(gguf.types[id]) ? undefined : byteLevelBytes(token)));
  return {
    vocabulary: {
      name,
      tokens,
      merges,
      preTokenizer: pre.kind,
      ignoreMerges: pre.ignoreMerges,
      symbols: "bytes",
      specialTokens: special,
      addedTokens: added,
    },
  };
}

function planSentencePiece(name: string, gguf: GgufTokenizer): Plan {
  if (gguf.scores.length === 0) return { unsupported: "its tokens have no scores" };
  const merges = scoreMerges(gguf);
  if (typeof merges === "string") return { unsupported: merges };
  const { special, added } = literals(gguf);
  const encoder = new TextEncoder();
  const byteFallback = new Array<number>(256).fill(-1);
  const tokens = gguf.tokens.map((token, id) => {
    const byte = gguf.types[id] === BYTE ? /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1] : undefined;
    if (byte === undefined) return token.includes(" ") ? undefined : encoder.encode(token.replaceAll(LOW_LINE, " "));
    byteFallback[Number.parseInt(byte, 16)] = id;
    return Uint8Array.of(Number.parseInt(byte, 16));
  });
  const characters = new Set(gguf.tokens);
  const missing = byteFallback.findIndex(
    (id, byte) => id < 0 && !(byte < 128 && characters.has(String.fromCharCode(byte))),
  );
  if (missing >= 0) return { unsupported: `it has no token for the byte 0x${missing.toString(16)}` };
  const spaced = gguf.addSpacePrefix ?? true;
  return {
    vocabulary: {
      name,
      tokens,
      merges,
      preTokenizer: spacedScanner(
        merges.flatMap(({ left, right }) => [gguf.tokens[left] ?? "", gguf.tokens[right] ?? ""]),
      ),
      ignoreMerges: false,
      symbols: "characters",
      byteFallback,
      specialTokens: special,
      addedTokens: added,
      text: { lowLineIsSpace: true, ...(spaced && { spacePrefix: { unlessThere: false, startOnly: false } }) },
    },
  };
}

function isLiteral(type: number | undefined): boolean {
  return type === UNKNOWN || type === CONTROL || type === USER_DEFINED;
}

/** Control tokens, read as such when asked for, and user-defined ones, which llama.cpp always finds. */
function literals({ tokens, types }: GgufTokenizer) {
  const special = new Map<string, number>();
  const added = new Map<string, number>();
  tokens.forEach((token, id) => {
    if (token === "") return;
    if (types[id] === CONTROL || types[id] === UNKNOWN) special.set(token, id);
    if (types[id] === USER_DEFINED) added.set(token, id);
  });
  return { special, added };
}
