import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { l10n, ProgressLocation, type Uri, window, workspace } from "vscode";
import { UserError } from "../../platform/commands";
import type { NetworkConsent } from "../../platform/consent";
import { hubAddress } from "../../platform/hubAddress";
import { resolve, shippedTokenizers } from "../../tokenizers/catalogue";
import type { AddedTokenizerStore } from "../../tokens/addedTokenizers";
import { formatBytes, formatCount } from "../../tokens/format";
import { fetchTokenizerJson, mostBytes, repositoryId } from "../../tokens/hub";
import type { TokenizerService } from "../../tokens/tokenizerService";

export interface AddParts {
  readonly tokenizers: TokenizerService;
  readonly added: AddedTokenizerStore;
  readonly consent: NetworkConsent;
  /** Where downloads lie until they are checked. */
  readonly temporary: string;
  readonly select: (name: string) => Promise<void>;
}

/** Adds a tokenizer.json or GGUF file under a name that the user gives. */
export async function addFromFile(parts: AddParts): Promise<void> {
  requireTrust();
  const [uri] =
    (await window.showOpenDialog({
      title: l10n.t("Tokenizer file"),
      openLabel: l10n.t("Add"),
      filters: { [l10n.t("Tokenizers (tokenizer.json, GGUF)")]: ["json", "gguf"] },
    })) ?? [];
  if (uri) await addFile(parts, uri);
}

/** The part after the dialog, for a file that is known. */
export async function addFile(parts: AddParts, uri: Uri, givenName?: string): Promise<void> {
  requireTrust();
  if (uri.scheme !== "file")
    throw new UserError(l10n.t("{0} is not on this machine's disk. Copy it there, then add it.", uri.toString()));
  const name = givenName ?? (await askName(parts, suggestedName(uri.fsPath)));
  if (name === undefined) return;
  await keep(parts, name, uri.fsPath, path.basename(uri.fsPath));
}

/** Fetches a tokenizer.json from the model hub, after a yes to its host. */
export async function addFromHub(parts: AddParts): Promise<void> {
  requireTrust();
  const { href, host } = hubAddress();
  const answer = await window.showInputBox({
    title: l10n.t("Add tokenizer from {0}", host),
    prompt: l10n.t("Repository of the model, as in its page's address"),
    placeHolder: "Qwen/Qwen3-8B",
    validateInput: (text) =>
      text === "" || repositoryId(text) ? undefined : l10n.t("A repository looks like Qwen/Qwen3-8B"),
  });
  const id = answer === undefined ? undefined : repositoryId(answer);
  if (id === undefined || !(await agrees(parts, host, id))) return;
  const name = await askName(parts, id.split("/").at(-1)?.toLowerCase() ?? id);
  if (name === undefined) return;
  const file = path.join(parts.temporary, `download-${process.pid}.json`);
  try {
    const fetched = await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t("Fetching {0} from {1}", id, host), cancellable: true },
      (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        return fetchTokenizerJson(href, id, stop.signal, (bytes, total) =>
          progress.report({
            message:
              total === undefined ? formatBytes(bytes) : l10n.t("{0} of {1}", formatBytes(bytes), formatBytes(total)),
          }),
        ).catch((error: unknown) => {
          if (stop.signal.aborted) return undefined;
          throw error;
        });
      },
    );
    if (!fetched) return;
    await mkdir(parts.temporary, { recursive: true });
    await writeFile(file, fetched.bytes);
    const at = fetched.revision ? ` ${fetched.revision.slice(0, 7)}` : "";
    const checked = fetched.verified ? "" : l10n.t(", not checked: the hub gave no hash");
    await keep(parts, name, file, `${host}/${id}${at}${checked}`);
  } finally {
    await rm(file, { force: true });
  }
}

/** Removes an added tokenizer; what is set to it falls back to a stand-in that says so. */
export async function removeTokenizer({ tokenizers, added }: AddParts): Promise<void> {
  const entries = added.list();
  if (entries.length === 0) throw new UserError(l10n.t("You have added no tokenizer, so there is none to remove."));
  const items = entries.map(({ name, origin }) => ({ label: name, description: origin }));
  const picked = await window.showQuickPick(items, { title: l10n.t("Remove an added tokenizer") });
  if (!picked) return;
  await added.remove(picked.label);
  tokenizers.drop(picked.label);
}

async function keep(
  { tokenizers, added, select }: AddParts,
  name: string,
  file: string,
  origin: string,
): Promise<void> {
  const tokenizer = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Reading {0}", origin), cancellable: true },
    (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return added.add(name, file, origin, stop.signal).catch((error: unknown) => {
        if (stop.signal.aborted) return undefined;
        throw error;
      });
    },
  );
  if (!tokenizer) return;
  tokenizers.drop(name);
  const use = l10n.t("Count with It");
  const size = formatCount(tokenizer.vocabularySize);
  const chosen = window.showInformationMessage(l10n.t("{0} was added: {1} tokens in its vocabulary.", name, size), use);
  void chosen.then((answer) => (answer === use ? select(name) : undefined));
}

function agrees({ consent }: AddParts, host: string, id: string): Promise<boolean> {
  return consent.ask({
    host,
    question: l10n.t("Fetch a tokenizer from {0}?", host),
    detail: l10n.t(
      "Promptscope will ask {0} (and servers it refers to) for tokenizer.json of {1}: usually 2 to 20 MB, at most {2}. Nothing of yours is sent. The file is checked and kept on this machine.",
      host,
      id,
      formatBytes(mostBytes),
    ),
    yes: l10n.t("Fetch"),
  });
}

/** A model's name is welcome: from then on that model is counted exactly. */
async function askName({ added }: AddParts, suggested: string): Promise<string | undefined> {
  const shipped = new Set(shippedTokenizers().map(({ name }) => name));
  const answer = await window.showInputBox({
    title: l10n.t("Name of the tokenizer"),
    prompt: l10n.t("What to call it. A model's name (llama-3.1) makes that model exact."),
    value: suggested,
    validateInput: (text) => {
      const name = text.trim().toLowerCase();
      if (!/^[a-z0-9][\w.-]{0,63}$/.test(name))
        return l10n.t("Letters, digits, dots, hyphens, underscores; at most 64");
      if (shipped.has(name)) return l10n.t("{0} is the name of a tokenizer that ships with Promptscope", name);
      if (added.has(name)) return { message: l10n.t("Replaces the {0} that you added", name), severity: 2 };
      const model = resolve(name)?.model;
      return model ? { message: l10n.t("{0} will be counted with it", model.label), severity: 1 } : undefined;
    },
  });
  return answer?.trim().toLowerCase();
}

function suggestedName(file: string): string {
  const base = path.basename(file).toLowerCase();
  const name =
    base === "tokenizer.json" ? path.basename(path.dirname(file)).toLowerCase() : base.replace(/\.(json|gguf)$/, "");
  return name.replace(/[^\w.-]+/g, "-").replace(/^[^a-z0-9]+/, "");
}

function requireTrust(): void {
  if (workspace.isTrusted) return;
  throw new UserError(
    l10n.t(
      "This workspace is not trusted: tokenizers can be counted with but not added. Trust it, or add the tokenizer in another window.",
    ),
  );
}
