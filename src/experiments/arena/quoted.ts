/** A name in quotes, unless it has some of its own. */
export function quoted(name: string): string {
  return /[“”"]/.test(name) ? name : `“${name}”`;
}
