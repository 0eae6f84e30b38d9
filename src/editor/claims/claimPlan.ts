import { controlsFor } from "../../experiments/hallucination/askedItems";
import { probeSpec } from "../../experiments/hallucination/defaults";
import type { Exposure } from "../../experiments/hallucination/exposure";
import type { EntityKind } from "../../experiments/hallucination/names";
import { kindOfQuestion } from "../../experiments/hallucination/questions";
import type { HallucinationSpec, Item } from "../../experiments/hallucination/spec";

/** Whose models ask, answer and judge; null where rules and words do. */
export interface ProbeRoles {
  readonly probed: string;
  readonly judge: string | null;
  readonly writer: string | null;
}

export interface PlanOptions extends ProbeRoles {
  readonly samples: number;
  /** Known and as many invented names for each kind of thing that is claimed about. */
  readonly controls: number;
  /** What a counted training has seen. */
  readonly exposure: Exposure | undefined;
  /** Texts that no invented name may stand in: the file. */
  readonly texts: readonly string[];
}

/** Claims with the controls that they are held against. */
export interface ClaimPlan {
  readonly spec: HallucinationSpec;
  /** Ids of the controls of each kind, and of the claims they are for. */
  readonly groups: readonly {
    readonly kind: EntityKind;
    readonly controls: ReadonlySet<string>;
    readonly claims: ReadonlySet<string>;
  }[];
}

const seed = 1;
/** They begin sentences and name nobody. */
const pronouns = new Set("He She It They We You I This That These Those There His Her Its Their".split(" "));

/**
 * The spec of a probe of claims. Each kind of thing has controls of its own, since a person's name in a question about a
 * country would ask nothing; controls come first, so that each claim can be told about when its answers are there.
 */
export function planClaims(items: readonly Item[], options: PlanOptions): ClaimPlan {
  const { probed, judge, writer, samples, controls: each, exposure, texts } = options;
  const claims = items.map(({ entity, ...item }): Item => {
    const isName = entity !== undefined && !pronouns.has(entity);
    return isName ? { ...item, entity } : item;
  });
  const named = claims.filter(({ entity }) => entity !== undefined);
  const kinds = [...new Set(named.map(({ text }) => kindOfQuestion(text)))];
  const controls: Item[] = [];
  const groups = kinds.map((kind) => {
    const asked = named.filter(({ text }) => kindOfQuestion(text) === kind);
    const made = controlsFor({ asked, kind, each, seed, exposure, texts }).items.map((item) => ({
      ...item,
      id: `${kind} ${item.id}`,
    }));
    controls.push(...made);
    return { kind, controls: new Set(made.map(({ id }) => id)), claims: new Set(asked.map(({ id }) => id)) };
  });
  const spec = probeSpec({ probed, judge, writer, items: [...controls, ...claims], samples, seed, controlSeed: seed });
  return { spec, groups };
}

/** The most answers that a probe of so many sentences takes, greedy ones included: for who is asked whether to go on. */
export function mostAnswers(claims: number, { samples, controls }: Pick<PlanOptions, "samples" | "controls">): number {
  return (claims + 2 * controls) * (samples + 1);
}
