import { l10n } from "vscode";
import { type HallucinationSpec, isCalibration } from "../../experiments/hallucination/spec";
import { formatCount } from "../../tokens/format";

/** What a run asks, in a few words: for lists of runs, titles and above figures. */
export function labelOf(spec: Pick<HallucinationSpec, "source" | "items">): string {
  const own = spec.items.filter(({ group }) => group === "asked");
  if (isCalibration(spec)) return l10n.t("Calibration, {0} names", formatCount(spec.items.length));
  if (own.length === 1) return shortened(own[0]!.text);
  const { source } = spec;
  const count = formatCount(own.length);
  switch (source?.kind) {
    case "claims":
      return source.place === null ? l10n.t("{0} claims", count) : l10n.t("{0} claims of {1}", count, source.place);
    case "file":
      return l10n.t("{0} questions of {1}", count, source.name);
    case "set":
      return l10n.t("{0} questions: {1}", count, setName(source.id));
    default:
      return l10n.t("{0} questions", count);
  }
}

function setName(id: string): string {
  switch (id) {
    case "famousPeople":
      return l10n.t("famous people");
    case "capitals":
      return l10n.t("capitals");
    case "elements":
      return l10n.t("elements");
    case "inventedPeople":
      return l10n.t("invented people");
    default:
      return id;
  }
}

function shortened(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  return words.length > 60 ? `${words.slice(0, 59).trimEnd()}…` : words;
}

/** A name for the title bar and files: what is asked about. */
export function shortName(spec: HallucinationSpec): string {
  const own = spec.items.filter(({ group }) => group === "asked");
  return own.length === 1 ? (own[0]!.entity ?? labelOf(spec)) : labelOf(spec);
}
