import { l10n, type Memento, window, workspace } from "vscode";

/** What would go over the network, for a person to say yes to. */
export interface NetworkUse {
  /** Name and port of the host that is asked first: "huggingface.co". */
  readonly host: string;
  /** Names the host: "Search huggingface.co for models?" */
  readonly question: string;
  /** What is sent, what comes back, how many bytes, and what becomes of it. */
  readonly detail: string;
  /** The word on the button: "Search". */
  readonly yes: string;
  /** What a yes may be remembered for at this host ("search"); undefined asks each time. */
  readonly remember?: string;
}

/** A person's yes to the network. Nothing of Promptscope goes to a host without it. */
export class NetworkConsent {
  constructor(private readonly memory: Memento) {}

  /** Asks unless a yes to the same was remembered. Always no, with a message, in a workspace that is not trusted. */
  async ask(use: NetworkUse): Promise<boolean> {
    if (!workspace.isTrusted) {
      await window.showWarningMessage(
        l10n.t("{0} is not asked: this workspace is not trusted. Trust it, or use another window.", use.host),
      );
      return false;
    }
    const key = use.remember === undefined ? undefined : `consent:${use.remember}:${use.host}`;
    if (key !== undefined && this.memory.get<boolean>(key) === true) return true;
    const always = l10n.t("{0}, and Don't Ask Again", use.yes);
    const buttons = key === undefined ? [use.yes] : [use.yes, always];
    const answer = await window.showInformationMessage(use.question, { modal: true, detail: use.detail }, ...buttons);
    if (answer === always && key !== undefined) await this.memory.update(key, true);
    return answer === use.yes || answer === always;
  }
}
