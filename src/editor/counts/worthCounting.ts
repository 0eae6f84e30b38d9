import type { Section } from "../../tokenizers/markdownSections";

/** More counts than this help nobody and slow the editor down. */
const mostSections = 1000;

/**
 * The sections to show counts for. A single title over the whole text says nothing that the file's count does not say;
 * of very many sections only the upper levels stay.
 */
export function worthCounting(sections: readonly Section[]): Section[] {
  const titles = sections.filter(({ level }) => level === 1);
  const shown = titles.length === 1 && sections[0]?.level === 1 ? sections.slice(1) : [...sections];
  for (let deepest = 6; deepest > 0; deepest--) {
    const upper = shown.filter(({ level }) => level <= deepest);
    if (upper.length <= mostSections) return upper;
  }
  return [];
}
