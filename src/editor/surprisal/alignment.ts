/** Units that must agree for two texts to be in step again. */
const agreement = 8;
/** How far a difference is followed. */
const reach = 64;

/**
 * Which unit of `source` each unit of `rendered` stands for, where a tokenizer does not give the text back as it was: a
 * space put first, composed accents, an unpaired surrogate as U+FFFD. One more entry than units, for the end. Where the
 * texts part for good the result ends, so that nothing is placed wrongly.
 */
export function alignTexts(rendered: string, source: string): Int32Array {
  const units: number[] = [];
  let at = 0;
  while (units.length < rendered.length) {
    if (rendered[units.length] === source[at] && at < source.length) {
      units.push(at++);
      continue;
    }
    const step = nextAgreement(rendered, units.length, source, at);
    if (!step) break;
    for (let skipped = 0; skipped < step.rendered; skipped++) units.push(Math.min(at + skipped, at + step.source));
    at += step.source;
  }
  units.push(at);
  return Int32Array.from(units);
}

/** The smallest steps in both texts after which they agree, or both end. */
function nextAgreement(
  rendered: string,
  from: number,
  source: string,
  at: number,
): { rendered: number; source: number } | undefined {
  for (let sum = 1; sum <= reach; sum++) {
    for (let inSource = 0; inSource <= sum; inSource++) {
      const inRendered = sum - inSource;
      const left = rendered.slice(from + inRendered, from + inRendered + agreement);
      const right = source.slice(at + inSource, at + inSource + agreement);
      const inside = from + inRendered <= rendered.length && at + inSource <= source.length;
      if (inside && left === right) return { rendered: inRendered, source: inSource };
    }
  }
  return undefined;
}
