/** What is looked at of a workspace folder's URI. */
export interface RootUri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** Of the workspace folders those that lie inside another one, by their paths from it: their files are theirs alone. */
export function rootsWithin(root: RootUri, all: readonly RootUri[]): ReadonlySet<string> {
  const start = root.path.endsWith("/") ? root.path : `${root.path}/`;
  const inside = all.filter(
    ({ scheme, authority, path }) =>
      scheme === root.scheme && authority === root.authority && path.startsWith(start) && path.length > start.length,
  );
  return new Set(inside.map(({ path }) => path.slice(start.length).replace(/\/$/, "")));
}
