import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How long a figure of `vm_stat` is good for, milliseconds. */
const goodFor = 5000;
/** Milliseconds that it may take. */
const patience = 2000;

let last: { readonly at: number; readonly bytes: Promise<number> } | undefined;

/**
 * Bytes of RAM that a model could be given now, as far as the system says: what is free and what the system would give back
 * (caches of files). Linux and Windows count like that themselves, Linux within a container's limit.
 *
 * On macOS Node counts only pages that nobody has used at all, of which there are hardly any after a day's work; so there
 * `vm_stat` is asked. This was not tried on a Mac: the parsing is tested with a text of the form that it writes.
 */
export async function availableMemory(): Promise<number> {
  if (process.platform !== "darwin") return process.availableMemory();
  const now = performance.now();
  if (!last || now - last.at > goodFor) last = { at: now, bytes: askVmStat() };
  return last.bytes;
}

async function askVmStat(): Promise<number> {
  // Where it cannot be had, Node's figure: too small, so a person is asked before loading what may fit after all.
  const asked = await promisify(execFile)("/usr/bin/vm_stat", { timeout: patience }).catch(() => undefined);
  return (asked && readVmStat(asked.stdout)) ?? process.availableMemory();
}

/**
 * Bytes that `vm_stat` says could be had: free pages, those read ahead, and those not used lately, which the system gives up
 * first. Purgeable pages are among the latter for the most part, so they are not counted again. Undefined for another output.
 */
export function readVmStat(output: string): number | undefined {
  const pageSize = Number(/page size of (\d+) bytes/.exec(output)?.[1]);
  const pages = (name: string) => Number(new RegExp(`^Pages ${name}:\\s+(\\d+)\\.?$`, "m").exec(output)?.[1]);
  const bytes = pageSize * (pages("free") + pages("inactive") + pages("speculative"));
  return Number.isFinite(bytes) ? bytes : undefined;
}
