import type { RunExports } from "../../export/runExports";
import type { HallucinationReport } from "../report";
import { writingCsv } from "./answers";
import { writingJson } from "./document";
import { writingMarkdown, writingProbeTable } from "./report";

export const hallucinationExports: RunExports<HallucinationReport> = {
  csv: writingCsv,
  json: writingJson,
  markdown: writingMarkdown,
  table: writingProbeTable,
};
