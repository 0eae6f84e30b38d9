import { l10n } from "vscode";
import type { AskedView, Setup } from "../../../webview/hallucination/setup";
import { askedItem, controlsFor } from "../../experiments/hallucination/askedItems";
import type { BookedItem } from "../../experiments/hallucination/books";
import { calibrationItems, knownAgainstInvented } from "../../experiments/hallucination/calibration";
import { probeSpec } from "../../experiments/hallucination/defaults";
import type { Exposure } from "../../experiments/hallucination/exposure";
import { NameError } from "../../experiments/hallucination/names";
import { entityQuestion } from "../../experiments/hallucination/questions";
import { askedOfSet, readySets } from "../../experiments/hallucination/sets";
import type { HallucinationSpec, Item, ProbeSource } from "../../experiments/hallucination/spec";
import { wellKnownPeople, wellKnownPlaces } from "../../experiments/hallucination/wellKnown";
import { plainSampler } from "../../inference/engine";
import { formatCount } from "../../tokens/format";
import { asBooked, bookedWith, bookProblem, messageOf, pageOf, withOwnPage } from "./bookSetup";
import type { Inputs } from "./inputs";
import { labelOf } from "./runLabel";

/** What a setup comes to. */
export interface Asked {
  /** Undefined where nothing can be asked: the view says why. */
  readonly spec: HallucinationSpec | undefined;
  readonly view: AskedView;
}

export const nothingAsked: Asked = {
  spec: undefined,
  view: {
    ...{ questions: 0, withReference: 0, label: "", first: null, problem: null, book: null },
    controls: { known: 0, invented: 0, kind: null, names: [], problem: null },
  },
};

/** The questions of a setup with their controls and books, and what stands in the way. */
export async function askedBy(setup: Setup, inputs: Inputs): Promise<Asked> {
  try {
    const exposure = await inputs.exposure(setup.model);
    if (setup.source.kind === "calibration") return calibrationOf(setup, setup.source.each, exposure);
    const own = await ownItems(setup, inputs);
    const { source } = setup;
    if (own.length === 0) return { ...nothingAsked, view: { ...nothingAsked.view, problem: nothingWords(source) } };
    return await withControls(setup, own, exposure, inputs);
  } catch (error) {
    return { ...nothingAsked, view: { ...nothingAsked.view, problem: messageOf(error) } };
  }
}

/** The person's own questions. */
async function ownItems({ source, seed, controls }: Setup, inputs: Inputs): Promise<readonly Item[]> {
  switch (source.kind) {
    case "question":
      return source.text.trim() === "" ? [] : [askedItem({ id: "asked", ...source })];
    case "entity": {
      const name = source.name.trim();
      const text = entityQuestion(name, source.entityKind);
      return name === "" ? [] : [askedItem({ id: "asked", text, entity: name, reference: source.reference })];
    }
    case "claims":
      return source.claims.flatMap(({ question, answer, on }, index) =>
        on && question.trim() !== ""
          ? [askedItem({ id: `claim ${index + 1}`, text: question, reference: answer })]
          : [],
      );
    case "file":
      return inputs.questions(source.uri, source.name, source.limit);
    case "set": {
      const set = readySets(seed).find(({ id }) => id === source.id);
      return set ? askedOfSet(set, { limit: source.limit, controls: controls.each }) : [];
    }
    case "calibration":
      return [];
  }
}

async function withControls(
  setup: Setup,
  own: readonly Item[],
  exposure: Exposure | undefined,
  inputs: Inputs,
): Promise<Asked> {
  const page = setup.books ? await pageOf(setup.books, inputs) : undefined;
  const text = page && "text" in page ? page.text : undefined;
  const controls = controlsOf(setup, own, exposure, text === undefined ? [] : [text]);
  const booked = own.map((item) => bookedWith(item, setup, text));
  const beside = text === undefined ? controls.items : withOwnPage(controls.items, setup.seed);
  const spec = specOf(setup, [...booked, ...beside.map(asBooked)], setup.controls.seed);
  const { kind, items, problem } = controls;
  const changed = booked.filter(({ pages }) => pages.some((each) => each.kind === "misleading"));
  const says = changed[0]?.item.pages?.map((each) => each.says ?? "");
  return {
    spec: page && "problem" in page ? undefined : spec,
    view: {
      questions: own.length,
      withReference: own.filter(({ reference }) => reference !== undefined).length,
      controls: {
        known: items.filter(({ group }) => group === "known").length,
        invented: items.filter(({ group }) => group === "invented").length,
        kind: items.length > 0 ? (kind ?? null) : null,
        names: [...namesOf(items, "known"), ...namesOf(items, "invented")],
        problem,
      },
      label: labelOf(spec),
      first: own[0]!.text,
      problem: page && "problem" in page ? page.problem : null,
      book: setup.books && {
        name: setup.books.page.name,
        characters: text?.length ?? 0,
        holds: changed.length,
        change: says?.[0] && says[1] ? { from: says[0], to: says[1] } : null,
        problem: bookProblem(setup.books.misleading, page, own, changed.length),
      },
    },
  };
}

function controlsOf(setup: Setup, own: readonly Item[], exposure: Exposure | undefined, texts: readonly string[]) {
  const { each, kind, seed } = setup.controls;
  if (each === 0) return { kind: undefined, items: [], problem: null };
  try {
    const wanted = { asked: own, kind: kind === "auto" ? undefined : kind, each, seed, exposure, texts };
    const found = controlsFor(wanted);
    return { ...found, problem: controlsProblem(found.items, each) };
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    return { kind: undefined, items: [], problem: error.message };
  }
}

function controlsProblem(items: readonly Item[], each: number): string | null {
  if (items.length === 0) {
    return l10n.t(
      "No question names anybody or anything that could be changed, so there are no controls and no verdict.",
    );
  }
  const known = items.filter(({ group }) => group === "known").length;
  return known < each ? l10n.t("Only {0} well-known names are left to compare with.", formatCount(known)) : null;
}

function calibrationOf(setup: Setup, each: number, exposure: Exposure | undefined): Asked {
  const { seed } = setup.controls;
  const items = exposure
    ? calibrationItems({ exposure, each, seed })
    : [
        ...knownAgainstInvented(wellKnownPeople.slice(0, each), "person", seed),
        ...knownAgainstInvented(wellKnownPlaces.slice(0, each), "place", seed),
      ];
  const spec = specOf(setup, items.map(asBooked), seed);
  const known = items.filter(({ group }) => group === "known").length;
  return {
    spec,
    view: {
      ...nothingAsked.view,
      controls: { known, invented: items.length - known, kind: null, names: [], problem: null },
      label: labelOf(spec),
      first: items[0]?.text ?? null,
    },
  };
}

function specOf(setup: Setup, booked: readonly BookedItem[], controlSeed: number): HallucinationSpec {
  const { model, judge, writer, source, samples, temperature, seed, maxTokens, system, chat } = setup;
  const wrote = source.kind === "claims" && source.claims.some(({ by, on }) => on && by === "writer");
  const helper = (who: Setup["judge"]): string | null =>
    who.kind === "same" ? model : who.kind === "none" ? null : who.id;
  return probeSpec({
    probed: model,
    judge: helper(judge),
    writer: wrote ? helper(writer) : null,
    items: booked.map(({ item }) => item),
    pages: booked.flatMap(({ pages }) => pages),
    ...{ samples, seed, maxTokens, chat, controlSeed },
    sampler: { ...plainSampler, temperature },
    source: recorded(source),
    ...(system.trim() !== "" && { system }),
  });
}

function recorded(source: Setup["source"]): ProbeSource {
  switch (source.kind) {
    case "question":
    case "entity":
      return source.from === null ? { kind: "typed" } : { kind: "editor", place: source.from };
    case "claims":
      return { kind: "claims", place: source.from };
    case "file":
      return { kind: "file", name: source.name };
    case "set":
      return { kind: "set", id: source.id };
    case "calibration":
      return { kind: "calibration", each: source.each };
  }
}

function nothingWords({ kind }: Setup["source"]): string {
  switch (kind) {
    case "entity":
      return l10n.t("Write a name.");
    case "claims":
      return l10n.t("There is no claim to ask about. Select sentences in an editor, or paste some.");
    default:
      return l10n.t("Write a question, or select a claim in a file.");
  }
}

function namesOf(items: readonly Item[], group: Item["group"]): string[] {
  return items
    .filter((item) => item.group === group)
    .slice(0, 5)
    .flatMap(({ entity }) => entity ?? []);
}
