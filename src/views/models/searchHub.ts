import { l10n, type QuickPickItem, window } from "vscode";
import {
  downloadRequest,
  type HubListing,
  type HubModel,
  type HubModelFiles,
  listHubFiles,
  searchHub,
} from "../../inference/library";
import { availableMemory } from "../../models/availableMemory";
import type { ModelLibrary } from "../../models/modelLibrary";
import type { NetworkConsent } from "../../platform/consent";
import { hubAddress } from "../../platform/hubAddress";
import type { Log } from "../../platform/log";
import { formatBytes, formatCount, formatWindow } from "../../tokens/format";
import { consentToDownload } from "./consentToDownload";
import { withCancel } from "./withCancel";

/** A pause in typing after which the hub is asked. */
const typingMs = 350;

/** Searches the hub after a yes to its host, then downloads a file after a yes to its bytes and licence. */
export async function searchForModels(library: ModelLibrary, consent: NetworkConsent, log: Log): Promise<void> {
  const hub = hubAddress();
  const { host } = hub;
  const token = await library.token(hub.origin);
  const agreed = await consent.ask({
    host,
    question: l10n.t("Search {0} for models?", host),
    detail: [
      l10n.t("What you type is sent to {0}, and the names of models come back: some kB.", host),
      token === undefined
        ? l10n.t("Nothing else is sent.")
        : l10n.t("Once you choose a model, your access token is sent to list its files. Nothing else is sent."),
    ].join(" "),
    yes: l10n.t("Search"),
    remember: "search",
  });
  if (!agreed) return;
  const repository = await chooseRepository(hub, log);
  if (!repository) return;
  const listing = await withCancel(l10n.t("Asking {0} for the files of {1}", host, repository), (signal) =>
    listHubFiles(repository, { url: hub.href, token, signal }),
  );
  const files = listing && (await chooseFiles(listing));
  if (!listing || !files) return;
  const agreedToBytes = await consentToDownload(consent, {
    name: files.name,
    hub,
    token: token !== undefined,
    bytes: files.bytes,
    approximate: false,
    licence: listing.licence,
    gated: listing.gated,
    folder: library.folder,
    freeBytes: await library.freeBytes(),
  });
  if (agreedToBytes) await library.start(downloadRequest(listing, files, hub.href));
}

interface RepositoryItem extends QuickPickItem {
  readonly repository?: string;
}

/** A list that follows the typing; the hub does the searching, so nothing is filtered here. No token goes with what is typed. */
async function chooseRepository(hub: URL, log: Log): Promise<string | undefined> {
  const pick = window.createQuickPick<RepositoryItem>();
  pick.title = l10n.t("Search {0} for GGUF models", hub.host);
  pick.placeholder = l10n.t("Name of a model: qwen3 0.6b, smollm2");
  let timer: NodeJS.Timeout | undefined;
  let asking = new AbortController();
  const ask = async (text: string): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (text === "") {
      pick.items = [];
      pick.busy = false;
      return;
    }
    pick.busy = true;
    try {
      const found = await searchHub(text, { url: hub.href, signal });
      if (signal.aborted) return;
      pick.items =
        found.length === 0
          ? [{ label: l10n.t("Nothing found for “{0}”", text), alwaysShow: true }]
          : found.map(repositoryItem);
    } catch (error) {
      if (signal.aborted) return;
      log.error("hub not searched", error);
      const message = error instanceof Error ? error.message : String(error);
      pick.items = [{ label: `$(error) ${message}`, alwaysShow: true }];
    }
    pick.busy = false;
  };
  pick.onDidChangeValue((text) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(text.trim()), typingMs);
  });
  const chosen = await new Promise<string | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const repository = pick.selectedItems[0]?.repository;
      if (repository === undefined) return;
      resolve(repository);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  clearTimeout(timer);
  asking.abort();
  pick.dispose();
  return chosen;
}

function repositoryItem(model: HubModel): RepositoryItem {
  const facts = [
    l10n.t("{0} downloads", formatCount(model.downloads)),
    model.licence,
    model.architecture,
    model.parameters === undefined ? undefined : l10n.t("{0} billion parameters", (model.parameters / 1e9).toFixed(1)),
    model.contextSize === undefined ? undefined : l10n.t("{0} tokens", formatWindow(model.contextSize)),
    model.gated ? l10n.t("needs an account") : undefined,
  ];
  return {
    label: model.repository,
    description: facts.filter(Boolean).join(" · "),
    alwaysShow: true,
    repository: model.repository,
  };
}

async function chooseFiles(listing: HubListing): Promise<HubModelFiles | undefined> {
  const free = await availableMemory();
  const items = listing.models.map((files) => ({
    label: files.name,
    description: [
      files.quantization,
      formatBytes(files.bytes),
      ...(files.files.length > 1 ? [l10n.t("{0} parts", formatCount(files.files.length))] : []),
      files.bytes > free ? l10n.t("larger than the free memory, {0}", formatBytes(free)) : undefined,
    ]
      .filter(Boolean)
      .join(" · "),
    files,
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Files of {0}", listing.repository),
    placeHolder: l10n.t("Smaller files need less memory and are less exact; {0} of memory are free", formatBytes(free)),
    matchOnDescription: true,
  });
  return picked?.files;
}
