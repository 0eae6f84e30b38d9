import { existsSync } from "node:fs";
import path from "node:path";
import { ConfigurationTarget, l10n, window, workspace } from "vscode";
import { installPackages, isInstalled } from "../../inference/library/runtime/installPackages";
import { cudaBinaries, type RuntimeBinaries } from "../../inference/library/runtime/runtimePackages";
import type { LocalModels } from "../../models/localModels";
import { UserError } from "../../platform/commands";
import { setting } from "../../platform/configuration";
import type { NetworkConsent } from "../../platform/consent";
import type { Log } from "../../platform/log";
import { formatBytes } from "../../tokens/format";
import { withCancel } from "./withCancel";

export interface CudaParts {
  readonly local: LocalModels;
  readonly consent: NetworkConsent;
  readonly log: Log;
}

/** Fetches CUDA's binaries after a yes, points the setting to them, and says whether they work on this machine. */
export async function addCudaRuntime(parts: CudaParts): Promise<void> {
  const binaries = cudaBinaries(process.platform, process.arch);
  if (!binaries)
    throw new UserError(
      l10n.t(
        "CUDA runs on Linux and Windows with an x64 processor; this is {0} on {1}. GPUs work here through Vulkan or Metal.",
        process.platform,
        process.arch,
      ),
    );
  const there = await Promise.all(binaries.packages.map((each) => isInstalled(each, parts.local.binariesFolder)));
  if (!there.every(Boolean) && !(await fetchBinaries(binaries, parts))) return;
  await workspace
    .getConfiguration()
    .update("promptscope.local.runtimeFolder", parts.local.binariesFolder, ConfigurationTarget.Global);
  await tellWhetherItWorks(parts);
}

/** Whether all of it is there in the end: not after a no, or when it was cancelled. */
async function fetchBinaries(binaries: RuntimeBinaries, { local, consent, log }: CudaParts): Promise<boolean> {
  const registry = setting("promptscope.local.runtimeRegistry");
  const { host } = new URL(registry);
  const folder = local.binariesFolder;
  const lines = [
    l10n.t(
      "≈ {0} from {1} (and servers it refers to): {2}, licence MIT.",
      formatBytes(binaries.approximateBytes),
      host,
      binaries.packages.map(({ name, version }) => `${name} ${version}`).join(", "),
    ),
    l10n.t(
      "Each is checked against its SHA-512 and unpacked in {0}, where it takes ≈ {1}.",
      folder,
      formatBytes(binaries.approximateUnpacked),
    ),
    l10n.t("It works with an NVIDIA driver and CUDA 12.4 or newer, which are not part of it."),
    ...(hasNvidiaDriver() ? [] : [l10n.t("No NVIDIA driver was found on this machine.")]),
    l10n.t("Nothing of yours is sent. What was fetched before you cancel is kept for the next try."),
  ];
  const agreed = await consent.ask({
    host,
    question: l10n.t("Add the CUDA runtime?"),
    detail: lines.join("\n"),
    yes: l10n.t("Download"),
  });
  if (!agreed) return false;
  const done = await withCancel(l10n.t("Adding the CUDA runtime"), async (signal, progress) => {
    const steps = {
      fetching: l10n.t("fetching"),
      checking: l10n.t("checking SHA-512"),
      unpacking: l10n.t("unpacking"),
    };
    await installPackages(binaries.packages, {
      ...{ folder, registry, log, signal, unpackedBytes: binaries.approximateUnpacked },
      onProgress: (step, bytes, total) =>
        progress.report({
          message:
            total === undefined
              ? steps[step]
              : l10n.t("{0} {1} of {2}", steps[step], formatBytes(bytes), formatBytes(total)),
        }),
    });
    return true;
  });
  return done ?? false;
}

async function tellWhetherItWorks({ local, log }: CudaParts): Promise<void> {
  const found = await withCancel(l10n.t("Looking for CUDA devices"), (signal) =>
    local.device("cuda", signal).catch((error: unknown) => (signal.aborted ? Promise.reject(error) : String(error))),
  );
  if (found === undefined) return;
  if (typeof found === "string") {
    log.warn("CUDA does not work here", { folder: local.binariesFolder, reason: found });
    await window.showWarningMessage(
      l10n.t(
        "The CUDA runtime is in place and does not work on this machine: it needs an NVIDIA driver and CUDA 12.4 or newer. Models go on with what works. The log has the details.",
      ),
    );
    return;
  }
  const memory = formatBytes(found.gpuBytes);
  await window.showInformationMessage(
    l10n.t("{0} works, with {1} free. Models that are loaded from now on use it.", found.device, memory),
  );
}

function hasNvidiaDriver(): boolean {
  const files =
    process.platform === "win32"
      ? [path.join(process.env.SYSTEMROOT ?? "C:\\Windows", "System32", "nvcuda.dll")]
      : ["/dev/nvidiactl", "/dev/dxg"]; // the second is that of WSL
  return files.some((file) => existsSync(file));
}
