/**
 * The names, with "(2)" behind one that was there before: files elsewhere are called by their name alone, and two suites of
 * one name would be graded by the references of the first. The first keeps its name.
 */
export function differentNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
    taken.add(free);
    return free;
  });
}
