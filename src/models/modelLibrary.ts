import { statfs } from "node:fs/promises";
import path from "node:path";
import { type Event, EventEmitter, l10n, type SecretStorage, workspace } from "vscode";
import type { DownloadRequest, DownloadStatus, Downloads, Recommendation } from "../inference/library";
import { UserError } from "../platform/commands";
import { setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import { Lazy } from "../platform/lazy";
import type { Log } from "../platform/log";
import { availableMemory } from "./availableMemory";

/** A context that is enough to try a model with; what is recommended is measured by it. */
export const triedContext = 4096;

export interface ModelLibraryParts {
  /** Where downloads go unless the setting names a folder. */
  readonly folder: string;
  readonly secrets: SecretStorage;
  /** A download is complete: its first file. */
  readonly keep: (file: string) => Promise<string>;
  readonly log: Log;
}

/** A download is complete and its model in the list. */
export interface FinishedDownload {
  readonly status: DownloadStatus;
  readonly modelId: string;
}

/** A download is complete and its model is not in the list: the file cannot be opened as one, or the list not be changed. */
export interface UnlistedDownload {
  readonly status: DownloadStatus;
  readonly file: string;
  readonly error: unknown;
}

/** What can be had besides the models in the list: downloads, and what is recommended for this machine. */
export class ModelLibrary {
  private readonly store = new DisposableStore();
  private readonly changeEmitter = this.store.add(new EventEmitter<void>());
  private readonly finishEmitter = this.store.add(new EventEmitter<FinishedDownload>());
  private readonly unlistedEmitter = this.store.add(new EventEmitter<UnlistedDownload>());
  private readonly failEmitter = this.store.add(new EventEmitter<DownloadStatus>());
  private readonly stop = new AbortController();
  private readonly states = new Map<string, DownloadStatus["state"]>();
  private readonly opened = this.store.add(new Lazy(() => this.begin()));
  private manager: Downloads | undefined;
  readonly onDidChange: Event<void> = this.changeEmitter.event;
  readonly onDidFinish: Event<FinishedDownload> = this.finishEmitter.event;
  readonly onDidNotList: Event<UnlistedDownload> = this.unlistedEmitter.event;
  readonly onDidFail: Event<DownloadStatus> = this.failEmitter.event;

  constructor(private readonly parts: ModelLibraryParts) {}

  /** Where models are downloaded to: what the setting said when the window's first download began, or says now. */
  get folder(): string {
    return this.manager?.folder ?? (setting("promptscope.models.downloadFolder").trim() || this.parts.folder);
  }

  /** Nothing before `open`. */
  get downloads(): readonly DownloadStatus[] {
    return this.manager?.list() ?? [];
  }

  /** For the memory that is free now. */
  async recommendations(): Promise<readonly Recommendation[]> {
    const { recommended } = await import("../inference/library/catalogue/recommended");
    return recommended(await availableMemory(), triedContext);
  }

  /** Bytes free where downloads go; undefined where the system does not say. */
  async freeBytes(): Promise<number | undefined> {
    for (let folder = this.folder; ; folder = path.dirname(folder)) {
      const found = await statfs(folder).catch(() => undefined);
      if (found) return found.bavail * found.bsize;
      if (folder === path.dirname(folder)) return undefined;
    }
  }

  /** Finds what an earlier window left unfinished. */
  open(): Promise<Downloads> {
    return this.opened.get();
  }

  /** The caller has asked the person before. */
  async start(request: DownloadRequest): Promise<void> {
    (await this.open()).start(request);
  }

  /**
   * The access token that a person gave for an origin ("https://huggingface.co"), for models that want an account. It is for
   * no other hub that the setting may name later, nor for the servers that a hub refers to.
   */
  async token(origin: string): Promise<string | undefined> {
    return this.parts.secrets.get(tokenKey(origin));
  }

  async setToken(origin: string, token: string | undefined): Promise<void> {
    if (token) await this.parts.secrets.store(tokenKey(origin), token);
    else await this.parts.secrets.delete(tokenKey(origin));
  }

  dispose(): void {
    this.stop.abort();
    this.store.dispose();
  }

  private async begin(): Promise<Downloads> {
    const { log } = this.parts;
    if (!workspace.isTrusted) throw new UserError(l10n.t("This workspace is not trusted: models are not downloaded."));
    const { Downloads } = await import("../inference/library/downloads/downloads");
    const manager = new Downloads({ folder: this.folder, log, token: (origin) => this.token(origin) });
    this.store.add(manager.onDidChange(() => this.changed(manager)));
    this.manager = manager;
    await manager.open(this.stop.signal).catch((error: unknown) => {
      if (!this.stop.signal.aborted) log.error("unfinished downloads not read", error, { folder: this.folder });
    });
    return manager;
  }

  private changed(manager: Downloads): void {
    for (const status of manager.list()) {
      const before = this.states.get(status.id);
      this.states.set(status.id, status.state);
      if (before === undefined || before === status.state) continue;
      if (status.state === "done") void this.finished(status);
      if (status.state === "failed") this.failEmitter.fire(status);
    }
    this.changeEmitter.fire();
  }

  private async finished(status: DownloadStatus): Promise<void> {
    const [file] = status.paths;
    if (file === undefined) return;
    try {
      this.finishEmitter.fire({ status, modelId: await this.parts.keep(file) });
    } catch (error) {
      this.parts.log.error("downloaded model not added", error, { file });
      this.unlistedEmitter.fire({ status, file, error });
    }
  }
}

function tokenKey(origin: string): string {
  return `promptscope.hub.token:${origin}`;
}
