import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commands, type Disposable, Uri } from "vscode";
import type { ModelService } from "../../src/models/modelService";
import { OpenRuns } from "../../src/panels/runs/openRuns";
import { runFolder } from "../../src/panels/runs/runFolder";
import { builtInModels, extension } from "./builtInModels";
import { KeptMemento } from "./keptPanel";
import { silent as log } from "./quiet";

interface SharedRun extends Disposable {
  readonly uri: Uri;
}

/**
 * Gives every test of the `describe` that calls this new ground for a panel's session: the real source of models, the real
 * process, the real specimen and real files. It is there from the first `beforeEach` after the call on. `read` reads a
 * saved run; `picked` is the model a person picks where they are asked for one (without it they leave).
 */
export function panelGround<Run extends SharedRun>(
  read: (uri: Uri) => Promise<Run>,
  picked?: string,
): PanelGround<Run> {
  const ground = new PanelGround(read, picked);
  before(async () => {
    await extension.activate();
  });
  beforeEach(() => ground.make());
  afterEach(() => ground.clear());
  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await rm(runFolder(Uri.file(tmpdir())).fsPath, { recursive: true, force: true });
  });
  return ground;
}

class PanelGround<Run extends SharedRun> {
  /** Gone after the test. */
  folder!: string;
  models!: ModelService;
  private runs!: OpenRuns<Run>;
  private readonly owned: Disposable[] = [];

  constructor(
    private readonly read: (uri: Uri) => Promise<Run>,
    private readonly picked: string | undefined,
  ) {}

  /** What one session takes, with a memento of its own: no session knows how fast models were in another. */
  get services() {
    const { models, runs, folder } = this;
    const [storage, root] = [Uri.file(folder), Uri.file(extension.extensionPath)];
    return { models, runs, log, storage, memento: new KeptMemento(), extension: root, writtenBy: "test" };
  }

  /** A panel that may show any run: it is not the editor of one file. */
  readonly home = { beginElsewhere: undefined, renamed: () => undefined };

  /** Ends something with the test: the last made first. */
  own<Item extends Disposable>(item: Item): Item {
    this.owned.push(item);
    return item;
  }

  async make(): Promise<void> {
    this.folder = await mkdtemp(path.join(tmpdir(), "promptscope-"));
    this.models = this.own(builtInModels(log, this.picked));
    this.runs = this.own(new OpenRuns(this.read));
  }

  async clear(): Promise<void> {
    for (const item of this.owned.splice(0).reverse()) item.dispose();
    for (const { id } of this.models.list()) await this.models.unload(id);
    await rm(this.folder, { recursive: true, force: true });
  }
}
