import { l10n } from "vscode";
import { stagesCsv } from "../../experiments/explorer/csv";
import { recentOf } from "../../experiments/explorer/report";
import { stagesOf } from "../../experiments/explorer/stages";
import { summaryOf } from "../../experiments/explorer/summary";
import { UserError } from "../../platform/commands";
import { saveThroughDialog } from "../runs/savingFiles";
import type { ExplorerSession } from "./explorerSession";

export type Picture =
  | { readonly format: "svg"; readonly of: "bars" | "tree"; readonly svg: string }
  | { readonly format: "png"; readonly of: "bars" | "tree"; readonly png: Uint8Array };

/** The distribution in hand (CSV), or the whole exploration (JSON), to a file of the person's choice. */
export async function exportData(session: ExplorerSession, format: "csv" | "json"): Promise<void> {
  const { current: report, suggestedName } = session;
  if (!report) throw new UserError(l10n.t("There is nothing to export yet."));
  if (format === "json") {
    await saveThroughDialog(suggestedName, "json", Buffer.from(`${JSON.stringify(summaryOf(report), null, 2)}\n`));
    return;
  }
  const outlook = report.outlooks.get(report.now.tree.hand);
  if (!outlook) throw new UserError(l10n.t("There is no distribution here yet: ask the model what comes next first."));
  const csv = stagesCsv(outlook, stagesOf(outlook, report.sampler, recentOf(report.now)));
  await saveThroughDialog(suggestedName, "csv", Buffer.from(csv));
}

export async function exportPicture(name: string, picture: Picture): Promise<void> {
  const bytes = picture.format === "svg" ? Buffer.from(picture.svg) : picture.png;
  await saveThroughDialog(`${name}-${picture.of}`, picture.format, bytes);
}
