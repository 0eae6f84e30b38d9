import type { Disposable } from "vscode";
import type { Settings } from "../../contributions";
import { SettingsWatch } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import type { TokenizerService } from "../../tokens/tokenizerService";
import type { TokenLens } from "../lens/tokenLens";

/** Calls `refresh` when counts above text may read otherwise: the lens, the tokenizer or the given setting changed. */
export function whenCountsMayChange(
  lens: TokenLens,
  tokenizers: TokenizerService,
  id: keyof Settings,
  refresh: () => void,
): Disposable {
  const store = new DisposableStore();
  const settings = store.add(new SettingsWatch([id]));
  for (const event of [lens.onDidToggle, settings.onDidChange, tokenizers.onDidChangeSelection, tokenizers.onDidLoad])
    store.add(event(() => refresh()));
  return store;
}
