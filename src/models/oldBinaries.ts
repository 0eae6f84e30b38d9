import { l10n, commands as vscodeCommands, window } from "vscode";
import { commands } from "../contributions";
import { cudaBinaries } from "../inference/library/runtime/runtimePackages";
import { setting } from "../platform/configuration";

/** Says once a window that CUDA's binaries are those of an earlier runtime or damaged, and would be left out without a word. */
export class OldBinaries {
  private told = false;

  async look(): Promise<void> {
    const folder = setting("promptscope.local.runtimeFolder");
    const wanted = cudaBinaries(process.platform, process.arch);
    const gpu = setting("promptscope.local.gpu");
    if (this.told || folder === "" || !wanted || (gpu !== "auto" && gpu !== "cuda")) return;
    const { isOutdated } = await import("../inference/library/runtime/installPackages");
    if (!(await isOutdated(wanted.packages, folder))) return;
    this.told = true;
    const add = l10n.t("Add CUDA Runtime…");
    const message = l10n.t(
      "The CUDA runtime in {0} is that of an earlier Promptscope, or damaged, and is not used. Models run on what else works until it is fetched anew.",
      folder,
    );
    void window.showWarningMessage(message, add).then((chosen) => {
      if (chosen === add) void vscodeCommands.executeCommand(commands.modelsAddCuda);
    });
  }
}
