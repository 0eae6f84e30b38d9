/** What most of the answers say; ties are broken by which was said first. Undefined answers have no vote. */
export function majority<T extends string>(answers: readonly (T | undefined)[]): T | undefined {
  const votes = new Map<T, number>();
  for (const answer of answers) if (answer !== undefined) votes.set(answer, (votes.get(answer) ?? 0) + 1);
  let winner: T | undefined;
  for (const [answer, count] of votes) if (winner === undefined || count > votes.get(winner)!) winner = answer;
  return winner;
}
