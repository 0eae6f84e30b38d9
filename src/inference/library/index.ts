/**
 * Model files: what is in them, where they lie, which to get, and getting them. Node, no vscode; nothing here asks a person:
 * consent comes first and is somebody else's. Every function rejects with a `LibraryError` whose message a person can read,
 * or with the signal's reason once aborted.
 *
 * - `inspectGguf(path, signal): Promise<GgufFacts>` reads a file's header, checks it against the file's size, and tells all
 *   that a details page shows. `kvCacheBytes(facts.kvCache, tokens)` is a plot's function.
 * - `defaultPlaces({platform, home, environment}): ModelPlace[]`, and
 *   `scanForModels(places, {signal, onProgress}): Promise<ScanResult>` find models of other programs without copying.
 * - `catalogue` and `recommended(memoryBytes, contextTokens): Recommendation[]`, best first; `listedFiles(model, listing)` finds
 *   a catalogue's model in what its repository offers now.
 * - `searchHub(query, options): Promise<HubModel[]>`, `listHubFiles(repository, options): Promise<HubListing>`, and
 *   `downloadRequest(listing, model, hubUrl): DownloadRequest`.
 * - `Downloads`, the one object that lives long: `new Downloads({folder, token, log})`, `open()` finds what an earlier run
 *   left, `start(request): id`, `pause(id)`, `resume(id)`, `remove(id)`, `list()`, `onDidChange(listener)` and `dispose()`, which
 *   pauses what runs. Listeners are called a few times a second at most, and at every change of state.
 *
 * What is read when VS Code starts imports values from their own files, since esbuild takes this one as a whole.
 */

export { catalogue } from "./catalogue/catalogue";
export type { Recommendation } from "./catalogue/catalogueModel";
export { listedFiles, recommended } from "./catalogue/recommended";
export type { DownloadFile, DownloadRequest, DownloadState, DownloadStatus } from "./downloads/downloadStatus";
export { Downloads, type DownloadsOptions } from "./downloads/downloads";
export type { GgufFacts, MetadataEntry } from "./gguf/ggufFacts";
export { inspectGguf } from "./gguf/inspectGguf";
export { kvCacheBytes } from "./gguf/kvCache";
export { downloadRequest, hubRepository, listHubFiles, searchHub } from "./hub/hub";
export type { HubListing, HubModel, HubModelFiles } from "./hub/hubModels";
export { LibraryError } from "./libraryError";
export { defaultPlaces } from "./scan/defaultPlaces";
export type { FoundModel, ModelPlace } from "./scan/foundModels";
export { scanForModels } from "./scan/scanForModels";
