import type { MeaningCluster } from "./reading";

/** Longest label, characters. */
const most = 40;

/**
 * A short name for a meaning: its example answer without the subject that question and answer share ("Orson Kovacs was"),
 * up to the first clause's end.
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
    .replace(
      new RegExp(`^(?:the capital of |the (?:chemical )?symbol (?:of|for) )?${subject}(?:\\s\\([^)]*\\))?\\s+`, "iu"),
      "",
    )
    .replace(/^(?:is|was|are|were)\s+/iu, "");
  const [clause = ""] = /^.*?(?=[,;:]\s|[.!?](?:\s|$)|$)/u.exec(rest) ?? [];
  const label = clause.trim() || line;
  return label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;
}
