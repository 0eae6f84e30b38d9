import { l10n } from "vscode";
import { mostModels, type OfferedSuite, type Setup, type SetupChange } from "../../../webview/suites/setup";
import { suiteName, suiteWhy } from "../../experiments/suites/names";
import { makingReadySuites } from "../../experiments/suites/ready";
import { variantsOf } from "../../experiments/suites/report";
import type { SuitesSpec } from "../../experiments/suites/spec";
import type { Suite } from "../../experiments/suites/suite";
import { UserError } from "../../platform/userError";
import { inSlices } from "../../tokens/slices";
import { findOwnSuites, type OwnSuite } from "./ownSuites";
import { changed, setupOf, specOf } from "./setups";

/** What a person sets before a run, with the suites there are and the steps back. */
export class SetupState {
  private readonly past: Setup[] = [];
  private ready: readonly Suite[] | undefined;
  private own: readonly OwnSuite[] = [];
  private drawing: { readonly key: string; readonly done: Promise<void> } | undefined;
  private looking = 0;

  /** `changed` hears of the setup, `found` of other suites. */
  constructor(
    private current: Setup,
    private readonly changed: () => void,
    private readonly found: () => void,
  ) {}

  get setup(): Setup {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** Changes by the person, which can be taken back. */
  change(change: SetupChange): void {
    this.step(changed(this.current, change));
  }

  /** In place of the model at `index`, or one more. Throws UserError where there are too many. */
  useModel(index: number | null, id: string): void {
    const models = this.current.models.slice();
    if (index === null) models.push(id);
    else models[index] = id;
    const each = [...new Set(models)];
    if (each.length > mostModels) throw new UserError(l10n.t("A run asks at most {0} models.", mostModels));
    this.step({ ...this.current, models: each });
  }

  /** One model stays. */
  removeModel(index: number): void {
    const models = this.current.models.filter((_, at) => at !== index);
    if (models.length > 0) this.step({ ...this.current, models });
  }

  /** A file of a person's own cases, switched on. */
  async useFile(uri: string): Promise<void> {
    const files = [...new Set([...this.current.files, uri])];
    const own = (await findOwnSuites(files)).find((each) => each.uri.toString() === uri);
    const suites = own?.suite ? [...new Set([...this.current.suites, own.id])] : this.current.suites;
    this.step({ ...this.current, files, suites });
    await this.find();
    if (own?.problem) throw new UserError(`${own.name}: ${own.problem}`);
  }

  /** A run's own settings. */
  takeFrom(spec: SuitesSpec): void {
    this.step(setupOf(spec, this.current));
  }

  undo(): void {
    const before = this.past.pop();
    if (before) this.replace(before);
  }

  /** As it was kept, or as a run was made: nothing to take back. */
  replace(next: Setup): void {
    this.current = next;
    this.changed();
    void this.draw();
  }

  /** Looks for own suites anew. Of several looks the last counts. */
  async find(): Promise<void> {
    const look = ++this.looking;
    const [own] = await Promise.all([findOwnSuites(this.current.files), this.draw()]);
    if (look !== this.looking) return;
    this.own = own;
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
    return specOf(this.current, [...this.ready, ...this.own.flatMap(({ suite }) => suite ?? [])]);
  }

  /** The file of an own suite. */
  fileOf(id: string): OwnSuite["uri"] | undefined {
    return this.own.find((each) => each.id === id)?.uri;
  }

  private step(next: Setup): void {
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.past.push(this.current);
    this.replace(next);
  }

  /** Draws the ready suites where size or seed are others than before. */
  private draw(): Promise<void> {
    const { seed, size } = this.current;
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
