/** A part of a prompt as the model was given it. */
export interface SubjectTokens {
  readonly subject: string;
  /** The tokens it stands in, first and last whole: “ straw” and “berry” for “strawberry”. */
  readonly tokens: readonly string[];
}

/** The tokens that parts of a text came to, each where it first stands; what cannot be found is left out. */
export function subjectTokens(prompt: readonly string[], subjects: readonly string[]): SubjectTokens[] {
  const text = prompt.join("");
  return subjects.flatMap((subject) => {
    const start = subject === "" ? -1 : text.indexOf(subject);
    if (start < 0) return [];
    const end = start + subject.length;
    let offset = 0;
    const tokens = prompt.filter((token) => {
      const from = offset;
      offset += token.length;
      return from < end && offset > start;
    });
    return [{ subject, tokens }];
  });
}
