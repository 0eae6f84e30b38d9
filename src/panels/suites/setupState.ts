import { l10n } from "vscode";
import { mostModels, type OfferedSuite, type Setup, type SetupChange } from "../../../webview/suites/setup";
import { suiteName, suiteWhy } from "../../experiments/suites/names";
import { makingReadySuites } from "../../experiments/suites/ready";
import { variantsOf } from "../../experiments/suites/report";
import type { SuitesSpec } from "../../experiments/suites/spec";
import type { Suite } from "../../experiments/suites/suite";
import { UserError } from "../../platform/userError";
import { inSlices } from "../../tokens/slices";
import { SetupSteps, withChanges } from "../runs/setupSteps";
import { findOwnSuites, type OwnSuite } from "./ownSuites";
import { specOf } from "./setups";

/** What a person sets before a run, with the suites there are and the steps back. */
export class SetupState extends SetupSteps<Setup> {
  private ready: readonly Suite[] | undefined;
  private own: readonly OwnSuite[] = [];
  private drawing: { readonly key: string; readonly done: Promise<void> } | undefined;

  /** `changed` hears of the setup, `found` of other suites. */
  constructor(
    first: Setup,
    private readonly changed: () => void,
    private readonly found: () => void,
  ) {
    super(first);
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(withChanges(this.setup, change));
  }

  /** In place of the model at `index`, or one more. Throws UserError where there are too many. */
  useModel(index: number | null, id: string): void {
    const models = this.setup.models.slice();
    if (index === null) models.push(id);
    else models[index] = id;
    const each = [...new Set(models)];
    if (each.length > mostModels) throw new UserError(l10n.t("A run asks at most {0} models.", mostModels));
    this.step({ ...this.setup, models: each });
  }

  /** One model stays. */
  removeModel(index: number): void {
    const models = this.setup.models.filter((_, at) => at !== index);
    if (models.length > 0) this.step({ ...this.setup, models });
  }

  /** A file of a person's own cases, switched on. */
  async useFile(uri: string): Promise<void> {
    const files = [...new Set([...this.setup.files, uri])];
    const own = (await findOwnSuites(files)).find((each) => each.uri.toString() === uri);
    const suites = own?.suite ? [...new Set([...this.setup.suites, own.id])] : this.setup.suites;
    this.step({ ...this.setup, files, suites });
    await this.find();
    if (own?.problem) throw new UserError(`${own.name}: ${own.problem}`);
  }

  protected replaced(): void {
    this.changed();
    void this.draw();
  }

  /** Looks for own suites anew. */
  async find(): Promise<void> {
    const found = await this.lastLook(Promise.all([findOwnSuites(this.setup.files), this.draw()]));
    if (!found) return;
    [this.own] = found;
    this.found();
  }

  /** Suites there are; null while they are looked for. */
  get offered(): OfferedSuite[] | null {
    if (!this.ready) return null;
    const ready = this.ready.map((suite) => offer(suite, suite.id, suiteName(suite), null, null));
    const own = this.own.map(({ id, name, uri, suite, problem }) => offer(suite, id, name, uri.toString(), problem));
    return [...ready, ...own];
  }

  /** What would be run; undefined while no suite is chosen, or they are looked for. */
  get spec(): SuitesSpec | undefined {
    if (!this.ready) return undefined;
    return specOf(this.setup, [...this.ready, ...this.own.flatMap(({ suite }) => suite ?? [])]);
  }

  /** The file of an own suite. */
  fileOf(id: string): OwnSuite["uri"] | undefined {
    return this.own.find((each) => each.id === id)?.uri;
  }

  /** Draws the ready suites where size or seed are others than before. */
  private draw(): Promise<void> {
    const { seed, size } = this.setup;
    const key = `${seed} ${size}`;
    if (this.drawing?.key !== key) this.drawing = { key, done: this.drawAnew(key, seed, size) };
    return this.drawing.done;
  }

  private async drawAnew(key: string, seed: number, size: number): Promise<void> {
    const drawn = await inSlices(makingReadySuites(seed, size), new AbortController().signal);
    if (key !== this.drawing?.key) return;
    this.ready = drawn;
    this.found();
  }
}

function offer(
  suite: Suite | undefined,
  id: string,
  name: string,
  file: string | null,
  problem: string | null,
): OfferedSuite {
  return {
    ...{ id, name, file, problem },
    why: suiteWhy(id) ?? "",
    ways: suite ? variantsOf(suite) : [],
    cases: suite?.items.length ?? 0,
    graded: suite?.items.filter(({ reference }) => reference !== undefined).length ?? 0,
  };
}
