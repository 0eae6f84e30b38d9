/** A file of a hub repository that a tokenizer is read from. */
export interface HubFile {
  /** Name in the repository: "tokenizer.json". */
  readonly name: string;
  readonly url: string;
  /** Without it there is no tokenizer; the others are welcome (chat template). */
  readonly required: boolean;
}

export const HUB = "https://huggingface.co";

/** "owner/name", as the hub allows: letters, digits, "-", "_", "."; no "..", no leading or trailing "-" or ".". */
const HUB_ID = /^(?=.{3,96}$)[A-Za-z0-9](?:[\w.-]*\w)?\/[A-Za-z0-9_](?:[\w.-]*\w)?$/;
const REVISION = /^[A-Za-z0-9](?:[\w./-]{0,98}\w)?$/;

/** Whether a text may be a repository on the hub. Everything that could lead elsewhere is refused. */
export function isHubId(text: string): boolean {
  return HUB_ID.test(text) && !text.includes("..") && !text.includes("--");
}

/**
 * The files to fetch for the tokenizer of `hubId` ("Qwen/Qwen3-8B"), at a branch, tag or commit. Nothing is fetched here.
 *
 * Throws RangeError for ids and revisions that the hub does not allow. `base` is the address of the hub or of a mirror.
 */
export function hubFiles(hubId: string, revision = "main", base = HUB): readonly HubFile[] {
  if (!isHubId(hubId)) throw new RangeError(`“${hubId}” is no hub id. It should look like owner/name: Qwen/Qwen3-8B.`);
  if (!REVISION.test(revision) || revision.includes("..") || revision.includes("//")) {
    throw new RangeError(`“${revision}” is no branch, tag or commit.`);
  }
  const folder = `${base.replace(/\/+$/, "")}/${hubId}/resolve/${encodeURIComponent(revision)}`;
  return [
    { name: "tokenizer.json", url: `${folder}/tokenizer.json`, required: true },
    { name: "tokenizer_config.json", url: `${folder}/tokenizer_config.json`, required: false },
  ];
}
