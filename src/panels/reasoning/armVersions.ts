import type { Memento } from "vscode";
import type { ReasoningState } from "../../../webview/reasoning/protocol";
import type { Arm } from "../../experiments/reasoning/arms";

type Versions = ReasoningState["versions"];

const key = "reasoning.armVersions";
const mostKept = 10;

/** Texts of arms that were run, so that an edit can be gone back on. */
export class ArmVersions {
  constructor(private readonly memento: Memento) {}

  get all(): Versions {
    return this.memento.get<Versions>(key, {});
  }

  /** Keeps what is run now; the newest stands first and none twice. */
  async keep(arms: readonly Arm[], when: Date): Promise<void> {
    const all = { ...this.all };
    for (const { id, chat, document } of arms) {
      const others = (all[id] ?? []).filter((each) => each.chat !== chat || each.document !== document);
      all[id] = [{ chat, document, when: when.toISOString() }, ...others].slice(0, mostKept);
    }
    await this.memento.update(key, all);
  }
}
