import { describe, expect, it } from "vitest";
import { findingOf, fitsOf } from "../../../../src/editor/claims/claimFinding";
import { type ClaimPlan, mostAnswers, planClaims } from "../../../../src/editor/claims/claimPlan";
import { askedItem } from "../../../../src/experiments/hallucination/askedItems";
import { hallucination } from "../../../../src/experiments/hallucination/hallucination";
import type { HallucinationReport } from "../../../../src/experiments/hallucination/report";
import { closedBook, greedyAnswer } from "../../../../src/experiments/hallucination/spec";

const options = {
  probed: "probed",
  judge: null,
  writer: null,
  samples: 4,
  controls: 5,
  exposure: undefined,
  texts: ["Bramvas is named here."],
};

const asked = [
  askedItem({ id: "1", text: "Who was Orson Kovacs?", reference: "lighthouse keeper" }),
  askedItem({ id: "2", text: "What is the capital of Peru?", reference: "Lima" }),
  askedItem({ id: "3", text: "What belongs in the gap? She wrote ___ books.", reference: "6" }),
];

describe("a plan of claims", () => {
  const plan = planClaims(asked, options);

  it("gives each kind of thing controls of its own, before the claims", () => {
    const { items } = plan.spec;
    expect(plan.groups.map(({ kind }) => kind)).toEqual(["person", "place"]);
    for (const { kind, controls, claims } of plan.groups) {
      const own = items.filter(({ id }) => controls.has(id));
      expect(own.map(({ group }) => group)).toEqual([...Array(5).fill("known"), ...Array(5).fill("invented")]);
      expect(own.every(({ text }) => text.startsWith(kind === "place" ? "What is the capital of" : "Who was "))).toBe(
        true,
      );
      expect([...claims]).toEqual([kind === "place" ? "2" : "1"]);
    }
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(items.slice(-3).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  it("takes no pronoun for a name: such a claim has no controls", () => {
    expect(plan.spec.items.at(-1)).not.toHaveProperty("entity");
    expect(plan.groups.some(({ claims }) => claims.has("3"))).toBe(false);
  });

  it("is the same for the same claims, and counts its answers", () => {
    expect(planClaims(asked, options).spec).toEqual(plan.spec);
    expect(mostAnswers(3, options)).toBe(13 * 5);
  });
});

/** A run in which known names get one answer and invented ones as many as there are samples. */
function ran(plan: ClaimPlan, sayings: Readonly<Record<string, readonly string[]>>): HallucinationReport {
  let report = hallucination.start(plan.spec);
  const model = { id: "m", name: "Model", kind: "builtIn", hasChatTemplate: true, addsBos: false, build: "b" } as const;
  report = hallucination.add(report, { type: "model", role: "probed", model });
  for (const { id, group } of plan.spec.items) {
    for (let sample = greedyAnswer; sample < plan.spec.samples; sample++) {
      const own = sayings[id];
      const text = own ? own[(sample + own.length) % own.length]! : group === "known" ? "one" : `other ${sample}`;
      report = hallucination.add(report, {
        ...{ type: "answer", item: id, book: closedBook, sample, seed: 1, text },
        ...{ reason: "endToken", tokens: [text], logProbs: [group === "known" ? -0.01 : -2] },
      });
    }
  }
  return report;
}

describe("findings", () => {
  const plan = planClaims(asked, options);
  const report = ran(plan, {
    "1": ["a poet", "a painter", "a king", "a cook"],
    "2": ["Lima"],
    "3": ["6"],
  });
  const fits = fitsOf(plan, report);
  const verdict = (id: string, from = report) => findingOf(plan, from, fits, id, 0)?.verdict;

  it("hold each claim against the controls of its kind", () => {
    expect(verdict("1")).toMatchObject({ verdict: "guesses", checked: true });
    expect(verdict("2")).toMatchObject({ verdict: "knows", checked: true });
    expect(verdict("3")).toMatchObject({ verdict: "cannotTell", reason: "noControls" });
  });

  it("say when the model is sure of something else than the text", () => {
    const other = ran(plan, { "2": ["Quito"] });
    expect(findingOf(plan, other, fitsOf(plan, other), "2", 0)?.verdict.verdict).toBe("consistentlyWrong");
  });

  it("wait for all answers, and keep why there are none", () => {
    const bare = hallucination.start(plan.spec);
    expect(verdict("1", { ...bare, models: report.models })).toBeUndefined();
    const failed = hallucination.add(
      { ...bare, models: report.models },
      { type: "failed", item: "1", book: closedBook, message: "too long" },
    );
    expect(findingOf(plan, failed, fits, "1", 0)).toMatchObject({
      failure: "too long",
      verdict: { verdict: "cannotTell", reason: "noAnswers" },
    });
  });
});
