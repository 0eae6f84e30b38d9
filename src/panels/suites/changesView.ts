import type { ChangesView } from "../../../webview/suites/grid";
import { changesSince, changeWords, isShownChange } from "../../experiments/suites/changes";
import { wayName } from "../../experiments/suites/names";
import { baseName } from "../baseName";
import { differenceView, rateView } from "../runs/rates";
import type { SuitesRun } from "./suitesRun";

/** What changed since another run, on the cases that both graded, with models by their names. */
export function changesView(here: SuitesRun, other: SuitesRun, nameOf: (model: string) => string): ChangesView {
  const { report } = here;
  const changes = changesSince(other.report, report);
  return {
    name: baseName(other.uri),
    created: other.created,
    ...changeWords(changes, report, nameOf),
    rows: changes.map((change) => {
      const { suite, variant, model, before, now, difference, counts, p } = change;
      return {
        ...{ suite, variant, model, counts, p },
        name: wayName(report.spec.suites.find(({ id }) => id === suite)!, variant),
        before: rateView(before),
        now: rateView(now),
        difference: differenceView(difference),
        shown: isShownChange(change),
      };
    }),
  };
}
