import type {
  Alternative,
  Distribution,
  Entropy,
  ModelFacts,
  PromptToken,
  SampledToken,
  TokenScore,
  TokenText,
} from "../../inference/engine";
import type {
  EntropyValue,
  Entry,
  ExploredModel,
  ExploredScore,
  ExploredToken,
  GrownToken,
  NextDistribution,
  Token,
} from "./data";

/**
 * Values of engines as the plain data that is kept. Engines compute with 32-bit floats, which hold 7 digits: longer
 * decimals are cut to a millionth of a nat, a tenth of a file's size.
 */
function rounded(nats: number): number {
  return Math.round(nats * 1e6) / 1e6;
}

export function modelOf(facts: ModelFacts): ExploredModel {
  const { id, name, kind, contextSize, vocabularySize, hasChatTemplate, addsBos, build, fingerprint } = facts;
  return {
    id,
    name,
    kind,
    contextSize: contextSize ?? null,
    vocabularySize: vocabularySize ?? null,
    hasChatTemplate,
    addsBos,
    build,
    fingerprint: fingerprint ?? null,
  };
}

export function distributionOf(
  { top, asked, entropy, tail }: Distribution,
  vocabularySize: number | null,
): NextDistribution {
  const entries = top.filter(({ logProb }) => Number.isFinite(logProb)).map(entryOf);
  const known = new Set(top.map(({ id }) => id));
  const others = asked.filter(({ id, logProb }) => !known.has(id) && Number.isFinite(logProb)).map(entryOf);
  const unique = [...new Map(others.map((each) => [each.id, each])).values()];
  const rest = unique.reduce((sum, { logProb }) => sum - Math.exp(logProb), tail);
  const tailTokens = vocabularySize === null ? null : Math.max(0, vocabularySize - known.size - unique.length);
  const withLogit = top.find(({ logit, logProb }) => logit !== undefined && Number.isFinite(logProb));
  return {
    entries: [...entries, ...unique].sort((a, b) => b.logProb - a.logProb),
    ceiling: entries.at(-1)?.logProb ?? 0,
    tail: tailTokens === 0 ? 0 : Math.min(1, Math.max(0, rest)),
    tailTokens,
    entropy: entropyOf(entropy),
    logitShift: withLogit?.logit === undefined ? null : withLogit.logit - withLogit.logProb,
  };
}

export function promptTokenOf(token: PromptToken): ExploredToken {
  return { ...tokenOf(token), message: token.message ?? null };
}

export function scoreOf({ logProb, rank, entropy }: TokenScore): ExploredScore {
  return {
    logProb: logProb === undefined || !Number.isFinite(logProb) ? null : rounded(logProb),
    rank: rank ?? null,
    entropy: entropy ? entropyOf(entropy) : null,
  };
}

export function grownOf(token: SampledToken): GrownToken {
  const logProb = token.logProb === undefined || !Number.isFinite(token.logProb) ? null : rounded(token.logProb);
  return { ...tokenOf(token), logProb, entropy: token.entropy ? entropyOf(token.entropy) : null };
}

export function tokenOf({ id, text, bytes, special }: TokenText): Token {
  return { id, text, ...(bytes !== undefined && { bytes }), ...(special !== undefined && { special }) };
}

function entryOf(alternative: Alternative): Entry {
  return { ...tokenOf(alternative), logProb: rounded(alternative.logProb) };
}

function entropyOf({ nats, exact }: Entropy): EntropyValue {
  return { nats: Math.max(0, rounded(nats)), exact };
}
