import type { RunExports } from "../../export/runExports";
import type { ReasoningReport } from "../report";
import { writingCsv } from "./answers";
import { writingJson } from "./document";
import { writingReport } from "./report";
import { writingSetsTables } from "./setsTable";

export const reasoningExports: RunExports<ReasoningReport> = {
  csv: writingCsv,
  json: writingJson,
  markdown: writingReport,
  table: writingSetsTables,
};
