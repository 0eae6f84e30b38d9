/** What a contestant's `preferred` is held against, as the head of its column. */
export function preferredHead(contestants: number): string {
  return contestants === 2 ? "Preferred to the other" : "Preferred to an average one";
}
