import { type ClaimView, type Setup, type Source, setId } from "../../../webview/hallucination/setup";
import { probeDefaults } from "../../experiments/hallucination/defaults";
import { type HallucinationSpec, isCalibration } from "../../experiments/hallucination/spec";

/** Most claims of one setup. */
export const mostClaims = 500;

/** What a new panel starts with: nothing asked yet, ten samples, twenty controls of each kind. */
export function firstSetup(model: string): Setup {
  return {
    source: { kind: "question", text: "", reference: "", from: null },
    model,
    judge: { kind: "same" },
    writer: { kind: "none" },
    samples: probeDefaults.samples,
    temperature: probeDefaults.sampler.temperature,
    seed: probeDefaults.seed,
    maxTokens: probeDefaults.maxTokens,
    system: "",
    chat: probeDefaults.chat,
    controls: { each: 20, kind: "auto", seed: 4 },
    books: null,
  };
}

/** A run's own settings as a setup; questions of files and selections come back as a list that can be changed. */
export function setupOf(spec: HallucinationSpec, before: Setup): Setup {
  const invented = spec.items.filter(({ group }) => group === "invented").length;
  const known = spec.items.filter(({ group }) => group === "known").length;
  const { judge, probed } = spec;
  return {
    source: sourceOf(spec),
    model: probed,
    judge: judge === null ? { kind: "none" } : judge === probed ? { kind: "same" } : { kind: "model", id: judge },
    writer: spec.writer === null ? before.writer : { kind: "model", id: spec.writer },
    samples: Math.min(100, spec.samples),
    temperature: spec.sampler.temperature,
    seed: spec.seed,
    maxTokens: spec.maxTokens,
    system: spec.system ?? "",
    chat: spec.chat,
    controls: isCalibration(spec)
      ? before.controls
      : {
          each: Math.min(200, Math.max(known, invented)),
          kind: before.controls.kind,
          seed: spec.controlSeed ?? before.controls.seed,
        },
    books: booksOf(spec),
  };
}

function sourceOf({ source, items }: HallucinationSpec): Source {
  const own = items.filter(({ group }) => group === "asked");
  if (source?.kind === "calibration") return { kind: "calibration", each: Math.min(200, source.each) };
  if (source?.kind === "set") {
    const set = setId.options.find((id) => id === source.id);
    if (set) return { kind: "set", id: set, limit: own.length };
  }
  const [first] = own;
  const from = source && "place" in source ? source.place : source?.kind === "file" ? source.name : null;
  if (own.length === 1 && first && source?.kind !== "claims") {
    return { kind: "question", text: first.text, reference: first.reference ?? "", from };
  }
  const claims = own.slice(0, mostClaims).map(
    ({ text, reference = "" }): ClaimView => ({
      ...{ text: reference, question: text, answer: reference },
      ...{ by: "person", on: true },
    }),
  );
  return { kind: "claims", from, claims };
}

/** The open book of the person's first question, with what was changed in it. */
function booksOf({ items, pages }: HallucinationSpec): Setup["books"] {
  const asked = items.find(({ group, pages: own = [] }) => group === "asked" && own.length > 0);
  const own = (asked?.pages ?? []).flatMap(({ page: id, says }) => {
    const page = pages.find((each) => each.id === id);
    return page ? [{ page, says }] : [];
  });
  const open = own.find(({ page }) => page.kind === "open");
  const misleading = own.find(({ page }) => page.kind === "misleading");
  if (!open) return null;
  const { name, text } = open.page;
  const change = open.says && misleading?.says ? { from: open.says, to: misleading.says } : null;
  return { page: { kind: "text", name, text }, misleading: misleading !== undefined, change };
}
