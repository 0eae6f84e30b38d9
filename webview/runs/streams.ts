/** Answers while they are being written, the same for all panels that show them. */
import * as v from "valibot";

/** An answer with that name as far as it is; `streamedEntries` bring what follows. */
export function writtenEntries<Id extends v.ObjectEntries>(id: Id) {
  return { ...id, tokens: v.array(v.string()) };
}

/** More of an answer with that name. `from`: tokens before these; what does not fit is out of date. */
export function streamedEntries<Id extends v.ObjectEntries>(id: Id) {
  return { ...writtenEntries(id), from: v.pipe(v.number(), v.integer(), v.minValue(0)) };
}

interface Written {
  readonly tokens: readonly string[];
}

/**
 * Answers with more of them. What does not fit on what is there is left out: the page comes again, and with it what was
 * missed. `keyOf` names an answer.
 */
export function withMore<Answer extends Written>(
  running: readonly Answer[],
  parts: readonly (Answer & { readonly from: number })[],
  keyOf: (answer: Answer) => string,
): Answer[] {
  const found = [...running];
  for (const part of parts) {
    const key = keyOf(part);
    const at = found.findIndex((each) => keyOf(each) === key);
    const known = found[at];
    if (known?.tokens.length === part.from) found[at] = { ...known, tokens: [...known.tokens, ...part.tokens] };
    else if (!known && part.from === 0) found.push(part);
  }
  return found;
}
