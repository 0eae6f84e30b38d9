import type { Alternative } from "../../engine";
import type { Candidates, RawCandidates } from "./candidates";
import type { Vocabulary } from "./vocabulary";

/** The likeliest `count` candidates with their texts. */
export function alternatives(candidates: Candidates, count: number, vocabulary: Vocabulary): Alternative[] {
  return candidates.ids
    .slice(0, count)
    .map((id, index) => alternative(id, candidates.logits[index]!, candidates.logWeight, vocabulary));
}

export function alternative(id: number, logit: number, logWeight: number, vocabulary: Vocabulary): Alternative {
  return { ...vocabulary.token(id), logProb: logit - logWeight, logit };
}

/** ln p of a token that is among the top or was asked for. */
export function logProbOf(raw: RawCandidates, id: number): number | undefined {
  const asked = raw.asked.get(id);
  if (asked !== undefined) return asked - raw.logWeight;
  const index = raw.ids.indexOf(id);
  return index < 0 ? undefined : raw.logits[index]! - raw.logWeight;
}
