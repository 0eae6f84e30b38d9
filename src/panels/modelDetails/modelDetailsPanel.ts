import { type Disposable, env, Uri, ViewColumn, commands as vscodeCommands, type WebviewPanel, window } from "vscode";
import {
  type Action,
  hostContract,
  type ModelFile,
  panelContract,
  type Role,
  type Summary,
} from "../../../webview/modelDetails/protocol";
import { commands, panels } from "../../contributions";
import { inspectGguf } from "../../inference/library";
import { availableMemory } from "../../models/availableMemory";
import type { ModelService } from "../../models/modelService";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { connect, type Remote } from "../../rpc/rpc";
import { panelHtml, panelOptions } from "../panelHtml";
import type { RegionKeys } from "../regionKeys";
import { webviewChannel } from "../webviewChannel";
import { fileOf } from "./fileOf";
import { summaryOf } from "./summaryOf";

export interface ModelDetailsServices {
  readonly models: ModelService;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly extension: Uri;
}

/** Changes closer together than this are told once. */
const tellMs = 100;

/** One model's details: what its list entry, its engine and its file say. */
export class ModelDetailsPanel implements Disposable {
  private readonly store = new DisposableStore();
  private readonly remote: Remote<typeof panelContract>;
  private readonly closed = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  static create(services: ModelDetailsServices, id: string): ModelDetailsPanel {
    const panel = window.createWebviewPanel(panels.modelDetails, "", { viewColumn: ViewColumn.Active }, {});
    return new ModelDetailsPanel(panel, services, id);
  }

  /** Also takes over a panel that VS Code brought back after a reload. */
  constructor(
    readonly panel: WebviewPanel,
    private readonly services: ModelDetailsServices,
    readonly id: string,
  ) {
    const { log, extension, models } = services;
    panel.title = models.get(id)?.name ?? id;
    const icon = (theme: string) => Uri.joinPath(extension, "media", "icons", `token-lens-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.webview.options = panelOptions(extension);
    this.remote = connect(
      hostContract,
      {
        start: () => this.summary(),
        file: () => this.file(),
        run: (action) => this.run(action),
        setDefault: (role) => this.setDefault(role),
      },
      panelContract,
      this.store.add(webviewChannel(panel.webview)),
      (error) => log.error("model details", error, { id }),
    );
    this.store.add({ dispose: () => this.remote.close() });
    this.store.add({ dispose: () => this.closed.abort() });
    this.store.add({ dispose: () => clearTimeout(this.timer) });
    this.store.add(models.onDidChange(() => this.tellSoon()));
    panel.onDidDispose(() => this.store.dispose());
    panel.webview.html = panelHtml(panel.webview, extension, "modelDetails", panel.title);
  }

  /** Ends the work alone: a panel closed by a window reload would not come back after it. */
  dispose(): void {
    this.store.dispose();
  }

  private summary(): Summary | null {
    const { models } = this.services;
    const entry = models.get(this.id);
    if (!entry) return null;
    this.panel.title = entry.name;
    return summaryOf(entry, models.capabilities(this.id), (role) => models.defaultFor(role));
  }

  private async file(): Promise<ModelFile | null> {
    const entry = this.services.models.get(this.id);
    if (!entry || (entry.kind !== "builtIn" && entry.kind !== "gguf")) return null;
    const { log } = this.services;
    const read = () => inspectGguf(entry.location, this.closed.signal);
    return fileOf(await log.timed("model file read", read, { id: this.id }), await availableMemory());
  }

  private async run(action: Action): Promise<void> {
    const { models, log } = this.services;
    const entry = models.get(this.id);
    switch (action) {
      case "load":
        await vscodeCommands.executeCommand(commands.modelsLoad, this.id);
        break;
      case "unload":
        await models.unload(this.id);
        break;
      case "reveal":
        await vscodeCommands.executeCommand(commands.modelsReveal, this.id);
        break;
      case "copyPath":
        if (entry) await env.clipboard.writeText(entry.location);
        break;
      case "copyTemplate":
        await env.clipboard.writeText((await this.file())?.chatTemplate ?? "");
        break;
      case "addTokenizer":
        if (entry) await vscodeCommands.executeCommand(commands.addTokenizerFromFile, Uri.file(entry.location));
        break;
      case "showLog":
        log.show();
        break;
    }
  }

  private async setDefault(role: Role): Promise<void> {
    await this.services.models.setDefault(role, this.id);
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.remote.tell("summary", this.summary());
    }, tellMs);
  }
}
