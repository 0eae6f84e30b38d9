import { type Disposable, type Event, EventEmitter, l10n, type Range, type TextDocument, workspace } from "vscode";
import { askedItem } from "../../experiments/hallucination/askedItems";
import type { Exposure } from "../../experiments/hallucination/exposure";
import { progressOf } from "../../experiments/hallucination/forecast";
import { hallucination } from "../../experiments/hallucination/hallucination";
import { goOnProbing } from "../../experiments/hallucination/run";
import type { Item } from "../../experiments/hallucination/spec";
import { questionFor } from "../../experiments/hallucination/writing";
import type { Engine, EngineError } from "../../inference/engine";
import type { ModelEntry, Models } from "../../models/models";
import { setting } from "../../platform/configuration";
import type { NetworkConsent } from "../../platform/consent";
import { DisposableStore } from "../../platform/disposables";
import { onDidReallyClose } from "../../platform/documents";
import type { Log } from "../../platform/log";
import { UserError } from "../../platform/userError";
import { looksBinary, textFrom } from "../../tokens/documentText";
import { formatCount } from "../../tokens/format";
import { type DocumentMarks, placed, rangeOf } from "../marks/documentMarks";
import { type FitsOfKinds, findingOf, fitsOf } from "./claimFinding";
import type { ClaimMark } from "./claimMark";
import { type ClaimPlan, mostAnswers, type PlanOptions, type ProbeRoles, planClaims } from "./claimPlan";
import { claimsIn, type PlacedClaim } from "./placedClaims";
import { refuseClaims, refuseProbe } from "./refusals";
import { restarting } from "./restarting";

/** Characters around a selection that invented names must not stand in. */
const around = 100_000;

export interface ClaimServices {
  readonly models: Models;
  readonly log: Log;
  readonly consent: Pick<NetworkConsent, "ask">;
  /** What a model's training has seen, where that was counted: of the built-in ones. */
  readonly exposure: (modelId: string) => Promise<Exposure | undefined>;
}

type ProbeOptions = Omit<PlanOptions, "exposure" | "texts">;

/** What a probe is doing. */
export interface ProbeProgress {
  readonly document: TextDocument;
  readonly message: string;
  /** Questions asked, controls included; total 0 while nobody knows. */
  readonly done: number;
  readonly total: number;
}

/** Probes claims, one selection at a time, and puts what comes of it into their marks. */
export class ClaimProbing implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private work: AbortController | undefined;
  private current: ProbeProgress | undefined;
  private nextId = 1;

  readonly onDidChange: Event<void> = this.emitter.event;

  constructor(
    private readonly services: ClaimServices,
    private readonly marks: DocumentMarks<ClaimMark>,
  ) {
    this.store.add(onDidReallyClose((document) => this.stopFor(document)));
  }

  get progress(): ProbeProgress | undefined {
    return this.current;
  }

  stop(): void {
    this.work?.abort();
  }

  /** Stops what goes on in a document: its marks were cleared, or it was closed. */
  stopFor(document: TextDocument): void {
    if (this.current?.document === document) this.stop();
  }

  dispose(): void {
    this.stop();
    this.store.dispose();
  }

  /**
   * Probes the claims of selections; their marks take the place of those that stand there. Resolves when all is told, or it
   * was stopped. Rejects with a UserError for what cannot be probed, and with an EngineError.
   */
  async probe(document: TextDocument, selected: readonly Range[]): Promise<void> {
    const characters = selected.map(({ start, end }) => document.offsetAt(end) - document.offsetAt(start));
    refuseProbe({
      trusted: workspace.isTrusted,
      busy: this.work !== undefined,
      characters: characters.reduce((sum, each) => sum + each, 0),
      binary: looksBinary(document),
    });
    const claims = selected.flatMap((range) => claimsIn(document, range));
    refuseClaims(claims.length);
    const work = new AbortController();
    this.work = work;
    const marks = claims.map((claim): ClaimMark => newMark(this.nextId++, document, claim));
    try {
      const options = this.options(document);
      if (!(await this.consents(options, claims.length))) return;
      this.say(document, l10n.t("Loading the model"));
      const there = this.marks.of(document);
      const others = there.filter((old) => !marks.some((mark) => overlap(old, mark)));
      const told = new Set(there.filter(({ finding }) => finding));
      const fresh = marks.map((mark): ClaimMark => {
        const previous = [...told].find((old) => overlap(old, mark));
        if (previous) told.delete(previous);
        return { ...mark, previous };
      });
      this.marks.set(document, [...others, ...fresh]);
      await this.run(document, claims, marks, options, work.signal);
    } catch (error) {
      if (!work.signal.aborted) throw error;
    } finally {
      this.work = undefined;
      this.current = undefined;
      const asked = new Set(marks.map(({ id }) => id));
      this.marks.update(document, (mark) => (asked.has(mark.id) && !mark.finding ? before(mark) : mark));
      this.emitter.fire();
    }
  }

  private async run(
    document: TextDocument,
    claims: readonly PlacedClaim[],
    marks: readonly ClaimMark[],
    options: ProbeOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const near = textFrom(document, Math.max(0, document.offsetAt(claims[0]!.range.start) - around / 2), around);
    const engines = (id: string): Promise<Engine> =>
      this.services.models.engine(id, {
        signal,
        onProgress: ({ message }) => signal.aborted || this.say(document, message),
      });
    await engines(options.probed);
    const items: Item[] = [];
    let written = 0;
    const write = async (): Promise<void> => {
      const writer = options.writer === null ? undefined : await engines(options.writer);
      for (; written < marks.length; written++) {
        const { id } = marks[written]!;
        this.say(document, l10n.t("Writing questions"), written, marks.length);
        const { question } = await questionFor(writer, claims[written]!.text, signal);
        signal.throwIfAborted();
        if (question) items.push(askedItem({ id: String(id), text: question.text, reference: question.answer }));
        this.change(document, id, (mark) => question && { ...mark, question: question.text });
      }
    };
    await restarting({ goOn: write, progress: () => written, restarted: (error) => this.restarted(document, error) });
    if (items.length === 0) throw new UserError(nothingToAsk(marks.length));
    const exposure = await this.services.exposure(options.probed);
    const plan = planClaims(items, { ...options, exposure, texts: [near] });
    await this.ask(document, plan, items, engines, signal);
  }

  private async ask(
    document: TextDocument,
    plan: ClaimPlan,
    items: readonly Item[],
    engines: (id: string) => Promise<Engine>,
    signal: AbortSignal,
  ): Promise<void> {
    const claims = new Set(items.map(({ id }) => id));
    let report = hallucination.start(plan.spec);
    let fits: FitsOfKinds | undefined;
    const tell = (id: string): void => {
      fits ??= fitsOf(plan, report);
      const finding = findingOf(plan, report, fits, id, Date.now());
      if (finding) this.change(document, Number(id), (mark) => ({ ...mark, finding }));
    };
    const started = performance.now();
    let last: string | undefined;
    let events = 0;
    const ask = async (): Promise<void> => {
      for await (const event of goOnProbing(report, engines, signal)) {
        const item = "item" in event ? event.item : undefined;
        // An item's events come together: it is whole when the next one's come.
        if (last !== undefined && item !== last && claims.has(last)) tell(last);
        last = item;
        report = hallucination.add(report, event);
        events++;
        const { done, total } = progressOf(report);
        if (done !== this.current?.done) this.say(document, l10n.t("Asking"), done, total);
      }
    };
    await restarting({ goOn: ask, progress: () => events, restarted: (error) => this.restarted(document, error) });
    this.services.log.info("claims probed", { claims: items.length, ms: Math.round(performance.now() - started) });
  }

  /** A model ended: what is told stays, and the rest is asked of it once it is there again. */
  private restarted(document: TextDocument, error: EngineError): void {
    this.services.log.info("claims: the model is started again", { error: error.message });
    this.say(document, l10n.t("Starting the model again"), this.current?.done, this.current?.total);
  }

  private change(document: TextDocument, id: number, to: (mark: ClaimMark) => ClaimMark | undefined): void {
    this.marks.update(document, (mark) => (mark.id === id ? to(mark) : mark));
  }

  private say(document: TextDocument, message: string, done = 0, total = 0): void {
    this.current = { document, message, done, total };
    this.emitter.fire();
  }

  private options(document: TextDocument): ProbeOptions {
    const { models } = this.services;
    const judge = models.get(models.defaultFor("judge"));
    // The built-in model writes no questions, and fails the trial that every judge is put to.
    const helper = judge && judge.kind !== "builtIn" ? judge.id : null;
    return {
      probed: models.defaultFor("chat"),
      judge: helper,
      writer: helper,
      samples: setting("promptscope.claims.samples", document),
      controls: setting("promptscope.claims.controls", document),
    };
  }

  /** Models elsewhere may cost money, and are sent the claims: they are asked after a yes alone. */
  private async consents(options: ProbeOptions, claims: number): Promise<boolean> {
    const away = awayModels(options, this.services.models);
    if (away.length === 0) return true;
    const names = away.map(({ name, location }) => l10n.t("{0} at {1}", name, location)).join(", ");
    const question =
      claims === 1
        ? l10n.t("Probe this claim with {0}?", names)
        : l10n.t("Probe {0} claims with {1}?", formatCount(claims), names);
    const detail = l10n.t(
      "The claims are sent there as questions, and so are the same questions about other names: up to {0} answers are asked for.",
      formatCount(mostAnswers(claims, options)),
    );
    return this.services.consent.ask({ host: away[0]!.location, question, detail, yes: l10n.t("Probe") });
  }
}

function awayModels({ probed, judge, writer }: ProbeRoles, models: Models): ModelEntry[] {
  return [...new Set([probed, judge, writer])].flatMap((id) => {
    const entry = id === null ? undefined : models.get(id);
    return entry && (entry.kind === "served" || entry.kind === "editor") ? [entry] : [];
  });
}

function newMark(id: number, document: TextDocument, { range }: PlacedClaim): ClaimMark {
  return {
    id,
    range: placed(range),
    text: document.getText(range),
    stale: false,
    question: undefined,
    finding: undefined,
  };
}

/** What was told there before, at the mark's place by now; undefined for none: then the mark goes. */
function before({ previous, range, stale }: ClaimMark): ClaimMark | undefined {
  return previous && { ...previous, range, stale: previous.stale || stale };
}

function overlap(a: ClaimMark, b: ClaimMark): boolean {
  const shared = rangeOf(a.range).intersection(rangeOf(b.range));
  return shared !== undefined && !shared.isEmpty;
}

function nothingToAsk(claims: number): string {
  return claims === 1
    ? l10n.t("This sentence cannot be asked about: it names nobody, and holds no number. Select one that does.")
    : l10n.t(
        "None of the {0} sentences can be asked about: they name nobody, and hold no number. Select one that does.",
        formatCount(claims),
      );
}
