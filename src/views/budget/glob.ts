/** Where in a path a part of a pattern can end, by where it can begin: ascending, each place once. */
type Part = (path: string, from: readonly number[]) => readonly number[];

/** Folders, stars, a question mark, one of some characters, braces and commas; all else is itself. */
const tokens = /(?<![^/{,])\*\*\/|\*+|\?|\[(?<not>[!^]?)(?<some>[^/][^/\]]{0,99})\]|[{},]|[^*?[{},]+|\[/g;

/**
 * A pattern of VS Code's settings against a whole path: `*` and `?` within a name, `**` for any folders, `{a,b}`, `[a-z]` and
 * `[!a-z]`. A folder that is not trusted may bring its own patterns, so none becomes a regular expression: all ways through a
 * pattern are followed at once, in at most the product of both lengths.
 */
export function glob(pattern: string): (path: string) => boolean {
  // A name ends in a slash, the last one too: `out/**` is any folders below `out`, and `out` itself.
  const found = [...`${pattern}/`.matchAll(tokens)];
  let next = 0;
  const sequence = (until: readonly string[]): Part => {
    const parts: Part[] = [];
    for (let token = found[next]; token && !until.includes(token[0]); token = found[next]) {
      next++;
      parts.push(token[0] === "{" ? braces() : partOf(token));
    }
    return (path, from) =>
      parts.reduce((reached, part) => (reached.length === 0 ? reached : part(path, reached)), from);
  };
  const braces = (): Part => {
    const parts: Part[] = [];
    do parts.push(sequence([",", "}"]));
    while (found[next++]?.[0] === ",");
    return (path, from) => [...new Set(parts.flatMap((part) => part(path, from)))].sort((a, b) => a - b);
  };
  const whole = sequence([]);
  return (path) => whole(`${path}/`, [0]).at(-1) === path.length + 1;
}

function partOf({ 0: token, groups: { not, some } = {} }: RegExpMatchArray): Part {
  if (token === "**/") return folders;
  if (token.startsWith("*")) return withinName;
  if (token === "?") return one((character) => character !== "/");
  if (some === undefined) return (path, from) => ends(from, token.length, (at) => path.startsWith(token, at));
  const ranges = [...some.matchAll(/(.)-(.)|./gs)].map(([all, first = all, last = all]) => ({ first, last }));
  const among = (character: string): boolean =>
    ranges.some(({ first, last }) => first <= character && character <= last);
  return one((character) => character !== "/" && among(character) === (not === ""));
}

function one(fits: (character: string) => boolean): Part {
  return (path, from) => ends(from, 1, (at) => at < path.length && fits(path[at]!));
}

function ends(from: readonly number[], length: number, fits: (at: number) => boolean): number[] {
  return from.filter(fits).map((at) => at + length);
}

const folders: Part = (path, [first = path.length]) => {
  const to: number[] = [];
  for (let at = first; at >= 0; at = path.indexOf("/", at) + 1 || -1) to.push(at);
  return to;
};

const withinName: Part = (path, from) => {
  const to: number[] = [];
  for (const start of from) {
    // Where an earlier one has been is where this one would go.
    if (start <= (to.at(-1) ?? -1)) continue;
    const end = path.indexOf("/", start);
    for (let at = start; at <= end; at++) to.push(at);
  }
  return to;
};
