import type { Uri } from "vscode";
import type { SuitesSpec } from "../../experiments/suites/spec";
import { suites } from "../../experiments/suites/suites";
import { type SavedHead, savedRuns } from "../runs/runFolder";
import type { SuitesRun } from "./suitesRun";

/** The newest run of the folder before this one that asked one of its models one of its suites; undefined for none. */
export async function lastRunBefore({ created, report }: SuitesRun, folder: Uri): Promise<Uri | undefined> {
  let newest: SavedHead<SuitesSpec> | undefined;
  for await (const head of savedRuns(folder, suites)) {
    if (head.created >= created || (newest && newest.created >= head.created)) continue;
    if (sharesCells(head.spec, report.spec)) newest = head;
  }
  return newest?.uri;
}

function sharesCells(other: SuitesSpec, { models, suites: asked }: SuitesSpec): boolean {
  return (
    models.some((id) => other.models.includes(id)) &&
    asked.some(({ id }) => other.suites.some((each) => each.id === id))
  );
}
