import { totalmem } from "node:os";
import {
  env,
  l10n,
  type QuickInputButton,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
} from "vscode";
import { downloadRequest, listedFiles, listHubFiles, type Recommendation } from "../../inference/library";
import { availableMemory } from "../../models/availableMemory";
import { type ModelLibrary, triedContext } from "../../models/modelLibrary";
import { UserError } from "../../platform/commands";
import type { NetworkConsent } from "../../platform/consent";
import { hubAddress } from "../../platform/hubAddress";
import { formatBytes, formatCount, formatWindow } from "../../tokens/format";
import { consentToDownload } from "./consentToDownload";
import { withCancel } from "./withCancel";

/** Lets a person choose from the catalogue, asks about the network, and begins the download. */
export async function downloadRecommended(
  library: ModelLibrary,
  consent: NetworkConsent,
  given?: Recommendation,
): Promise<void> {
  const chosen = given ?? (await choose(await library.recommendations()));
  if (!chosen) return;
  const { model } = chosen;
  const hub = hubAddress();
  const token = await library.token(hub.origin);
  const agreed = await consentToDownload(consent, {
    name: model.name,
    hub,
    token: token !== undefined,
    bytes: model.approximateBytes,
    approximate: true,
    licence: model.licence.name,
    gated: model.gated,
    folder: library.folder,
    freeBytes: await library.freeBytes(),
  });
  if (!agreed) return;
  const listing = await withCancel(l10n.t("Asking {0} for the files of {1}", hub.host, model.name), (signal) =>
    listHubFiles(model.repository, { url: hub.href, token, signal }),
  );
  if (!listing) return;
  const files = listedFiles(model, listing);
  if (!files)
    throw new UserError(
      l10n.t("{0} has no {1} in {2} any more. Search the hub for another one.", hub.host, model.file, model.repository),
    );
  await library.start(downloadRequest(listing, files, hub.href));
}

interface Item extends QuickPickItem {
  readonly recommendation?: Recommendation;
}

async function choose(recommendations: readonly Recommendation[]): Promise<Recommendation | undefined> {
  const free = await availableMemory();
  const pick = window.createQuickPick<Item>();
  pick.title = l10n.t(
    "Download a recommended model ({0} of {1} memory free)",
    formatBytes(free),
    formatBytes(totalmem()),
  );
  pick.placeholder = l10n.t("Sizes are ≈ until the host is asked, which needs your yes");
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const rows = (fits: boolean): Item[] => recommendations.filter((each) => each.fits === fits).map(item);
  pick.items = [
    { label: l10n.t("Fits now"), kind: QuickPickItemKind.Separator },
    ...rows(true),
    { label: l10n.t("Needs more memory than is free"), kind: QuickPickItemKind.Separator },
    ...rows(false),
  ];
  const chosen = await new Promise<Item | undefined>((resolve) => {
    pick.onDidTriggerItemButton(({ item: { recommendation } }) => {
      if (recommendation) void env.openExternal(Uri.parse(recommendation.model.licence.url));
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen?.recommendation;
}

function item(recommendation: Recommendation): Item {
  const { model, needs, fits } = recommendation;
  const thinking = { no: undefined, always: l10n.t("thinks"), switchable: l10n.t("thinks when asked") }[model.thinking];
  const facts = [
    `≈ ${formatBytes(model.approximateBytes)}`,
    model.quantization,
    model.kind === "base" ? l10n.t("goes on with texts") : l10n.t("chat"),
    thinking,
    model.licence.name,
    model.gated ? l10n.t("needs an account") : undefined,
  ];
  const licence: QuickInputButton = {
    iconPath: new ThemeIcon("law"),
    tooltip: l10n.t("Read the licence in a browser"),
  };
  return {
    label: `$(${fits ? "cloud-download" : "circle-slash"}) ${model.name}`,
    description: facts.filter(Boolean).join(" · "),
    detail: l10n.t(
      "{0} · needs ≈ {1} of memory with {2} tokens of context, can take {3}",
      model.goodFor,
      formatBytes(needs),
      formatCount(triedContext),
      formatWindow(model.contextSize),
    ),
    recommendation,
    buttons: [licence],
  };
}
