import type { CellView, GridView } from "../../../webview/suites/grid";
import { edgeOf, edgeWords } from "../../experiments/suites/finding";
import { suiteName } from "../../experiments/suites/names";
import { makingGrid, type SuiteCell, type SuitesReport } from "../../experiments/suites/report";
import { rateView } from "../runs/rates";

/** The grid of a run as the panel shows it, with pauses. */
export function* makingGridView(report: SuitesReport): Generator<void, GridView> {
  const { spec, ended } = report;
  const cells = yield* makingGrid(report);
  const failed = failedCases(report);
  const rows = new Map<string, GridView["rows"][number]>();
  const names = new Map(spec.suites.map((suite) => [suite.id, suiteName(suite)]));
  for (const cell of cells) {
    const { suite, variant } = cell;
    const key = JSON.stringify([suite, variant]);
    const row = rows.get(key) ?? { suite, name: names.get(suite)!, variant, cells: [] };
    row.cells.push(cellView(cell, failed));
    rows.set(key, row);
  }
  const findings = spec.models.map((model) => ({
    model,
    ...edgeWords(
      cells.filter((cell) => cell.model === model),
      report,
    ),
  }));
  return { rows: [...rows.values()], findings, provisional: ended !== "done" };
}

function cellView(cell: SuiteCell, failed: ReadonlySet<string>): CellView {
  const { suite, variant, model, right, items } = cell;
  const unanswered = items.filter(({ answers }) => answers.length === 0);
  return {
    ...{ suite, variant, model },
    right: rateView(right),
    edge: edgeOf(cell),
    answered: items.length - unanswered.length,
    cases: items.length,
    failed: unanswered.filter(({ item }) => failed.has(JSON.stringify([model, suite, item.id]))).length,
  };
}

function failedCases({ failures }: SuitesReport): Set<string> {
  return new Set(failures.map(({ model, suite, item }) => JSON.stringify([model, suite, item])));
}
