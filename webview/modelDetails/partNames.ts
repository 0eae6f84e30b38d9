const names: Readonly<Record<string, string>> = {
  embedding: "Embedding",
  attention: "Attention",
  feedForward: "Feed-forward",
  experts: "Experts",
  recurrent: "Recurrent",
  norm: "Normalisation",
  output: "Output",
  other: "Other",
};

/** The word for a part of a model; a part without one is called what it is called. */
export function partName(part: string): string {
  return names[part] ?? part;
}
