/** Texts that end an answer, as a person types them: one a line, with `\n` for a line end and `\\` for a backslash. Pure. */

export function stopsText(stops: readonly string[]): string {
  return stops.map((stop) => stop.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t")).join("\n");
}

/** Empty lines are none. */
export function stopsOf(text: string): string[] {
  const marks: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" };
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/\\([nt\\])/g, (_, mark: string) => marks[mark]!));
}
