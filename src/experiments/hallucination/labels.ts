import type { MeaningCluster } from "./reading";

/** Longest label, characters. */
const most = 40;

/** A name, since models also answer about somebody else than was asked about. */
const someName = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*(?:\s\p{Lu}[\p{L}\p{M}'’.-]*)*`;
const years = String.raw`(?:\s\([^)]*\))?`;

/**
 * A short name for a meaning: its example answer without its subject ("Orson Kovacs was"), up to the first clause's end.
 * Refusals have one of their own; the whole answer where nothing would be left.
 */
export function meaningLabel(
  { example, refused }: Pick<MeaningCluster, "example" | "refused">,
  entity: string | undefined,
): string {
  if (refused) return "says it does not know";
  const line = example.replace(/\s+/g, " ").trim();
  const subject = entity === undefined ? "" : entity.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const rest = line
    .replace(new RegExp(`^(?:the capital of |the (?:chemical )?symbol (?:of|for) )?${subject}${years}\\s+`, "iu"), "")
    .replace(new RegExp(`^${someName}${years}\\s+(?=(?:is|was|are|were)\\s)`, "u"), "")
    .replace(/^(?:is|was|are|were)\s+/iu, "");
  const [clause = ""] = /^.*?(?=[,;:]\s|[.!?](?:\s|$)|$)/u.exec(rest) ?? [];
  const label = clause.trim() || line;
  return label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;
}
