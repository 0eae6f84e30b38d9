import type { RunExports } from "../../export/runExports";
import type { SuitesReport } from "../report";
import { writingCsv } from "./answers";
import { writingJson } from "./document";
import { writingGrid, writingMarkdown } from "./report";

export const suitesExports: RunExports<SuitesReport> = {
  csv: writingCsv,
  json: writingJson,
  markdown: writingMarkdown,
  table: writingGrid,
};
