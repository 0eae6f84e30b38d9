import { type Disposable, commands as vscodeCommands, type WebviewPanel } from "vscode";
import type { contextKeys } from "../../contributions";
import { UserError } from "../../platform/commands";
import type { RegionKeys } from "../regionKeys";

interface SetPanel extends Disposable {
  readonly panel: WebviewPanel;
}

/** The panels of an experiment that are open, in panels of their own and in editors of saved runs. */
export class PanelSet<P extends SetPanel> implements Disposable {
  private readonly open = new Set<P>();
  private last: P | undefined;

  /** `front`: set while one of them is the active editor, for keys and menus. */
  constructor(
    private readonly regions: RegionKeys,
    private readonly front: (typeof contextKeys)[keyof typeof contextKeys],
  ) {}

  /** All that are open. */
  get all(): readonly P[] {
    return [...this.open];
  }

  /** Follows a panel until it is closed. */
  adopt<Q extends P>(panel: Q): Q {
    this.open.add(panel);
    this.regions.follow(panel.panel);
    this.last = panel;
    this.tellFront();
    panel.panel.onDidChangeViewState(() => {
      if (panel.panel.active) this.last = panel;
      this.tellFront();
    });
    panel.panel.onDidDispose(() => {
      this.open.delete(panel);
      if (this.last === panel) this.last = [...this.open].at(-1);
      this.tellFront();
    });
    return panel;
  }

  /** The panel a command of the palette means, the last in front. Throws UserError with `none` where none is open. */
  shown(none: string): P {
    const found = this.last ?? [...this.open][0];
    if (found) return found;
    throw new UserError(none);
  }

  dispose(): void {
    for (const panel of this.open) panel.dispose();
  }

  private tellFront(): void {
    const inFront = [...this.open].some(({ panel }) => panel.active);
    void vscodeCommands.executeCommand("setContext", this.front, inFront);
  }
}
