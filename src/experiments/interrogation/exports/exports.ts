import type { RunExports } from "../../export/runExports";
import type { InterrogationReport } from "../report";
import { writingCsv } from "./answers";
import { writingJson } from "./document";
import { writingMarkdown, writingSections } from "./report";

export const interrogationExports: RunExports<InterrogationReport> = {
  csv: writingCsv,
  json: writingJson,
  markdown: writingMarkdown,
  table: writingSections,
};
