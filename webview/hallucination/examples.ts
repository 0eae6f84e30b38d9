/** Questions that are asked with one click. Pure. */
export interface Example {
  readonly id: string;
  readonly question: string;
  readonly reference: string;
  /** Put before the question for the open book, and with a fact changed for the misleading one. */
  readonly page?: string;
  readonly label?: string;
  readonly what: string;
}

/** Each shows something else on the built-in model: seen often, made up, never seen, and memory against a page. */
export const examples: readonly Example[] = [
  { id: "known", question: "Who was Marie Curie?", reference: "chemist", what: "widely known" },
  { id: "invented", question: "Who is Orson Kovacs?", reference: "", what: "made up: nobody can know" },
  {
    id: "unseen",
    question: "Who was William Blake?",
    reference: "poet",
    what: "real, but the built-in model never read of him",
  },
  {
    id: "page",
    question: "Who was Jane Austen?",
    reference: "novelist",
    page: "Jane Austen was an English novelist.",
    label: "Who was Jane Austen? With a page",
    what: "from memory, with a page, and with a page that says something else: which wins?",
  },
];
