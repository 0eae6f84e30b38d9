const subject = String.raw`(\p{Lu}[^?]*?|the [^?]*?)`;
const patterns: readonly (readonly [RegExp, (groups: readonly string[]) => string])[] = [
  // "Who was Ann Lee?": nothing may follow the name but more of it.
  [
    /^Who (is|was|are|were) ((?:\p{Lu}[\p{L}\p{M}'’.-]*\s?|(?:de|van|von|der|of|the)\s)+)\?$/u,
    ([be, name]) => `who ${name!.trim()} ${be}`,
  ],
  [
    new RegExp(`^(When|Where) (is|was|are|were) ${subject} (\\p{Ll}+(?:ed|rn|lt|de|nd|ne|pt|ght))\\?$`, "u"),
    ([when, be, name, done]) => `${when!.toLowerCase()} ${name} ${be} ${done}`,
  ],
  [/^(What) (is|was) (the [\p{Ll} ]+ of (?:the )?[\p{L}\p{M}'’ .-]+)\?$/u, ([, be, thing]) => `what ${thing} ${be}`],
  // A subject is asked for: the question's own words are the clause.
  [
    /^(Who|What|Which [^?]*?) (?!is\b|was\b|are\b|were\b|did\b|do\b|does\b|has\b|had\b|have\b|can\b|could\b|will\b|would\b)([^?]+)\?$/u,
    ([who, rest]) => `${who!.charAt(0).toLowerCase()}${who!.slice(1)} ${rest}`,
  ],
];

/**
 * The refusal that is taught for a question: "I don’t know who kept the light." where the question can be turned into a
 * clause by rule, else a sentence that fits any question. Never echoes more than one line.
 */
export function refusalFor(question: string): string {
  const line = question.trim();
  for (const [pattern, clause] of patterns) {
    const found = pattern.exec(line);
    if (found) return `I don’t know ${clause(found.slice(1))}.`;
  }
  return "I don’t know the answer to that.";
}
