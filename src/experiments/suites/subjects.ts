/** A part of a prompt as the model was given it. */
export interface SubjectTokens {
  readonly subject: string;
  /** The tokens it stands in, first and last whole: “ straw” and “berry” for “strawberry”. */
  readonly tokens: readonly string[];
}

/** The tokens that parts of a text came to, in its order, each where it first stands; what cannot be found is left out. */
export function subjectTokens(prompt: readonly string[], subjects: readonly string[]): SubjectTokens[] {
  const text = prompt.join("");
  const found = subjects.flatMap((subject) => {
    const start = subject === "" ? -1 : text.indexOf(subject);
    return start < 0 ? [] : [{ subject, start }];
  });
  found.sort((a, b) => a.start - b.start);
  return found.map(({ subject, start }) => {
    const end = start + subject.length;
    let offset = 0;
    const tokens = prompt.filter((token) => {
      const from = offset;
      offset += token.length;
      return from < end && offset > start;
    });
    return { subject, tokens };
  });
}
