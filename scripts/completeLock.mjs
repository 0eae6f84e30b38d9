// npm run lock: adds to package-lock.json the optional packages of other platforms that npm left out. npm leaves them out
// when it wrote the file beside an existing node_modules or could not ask for them (npm/cli#4828), and `npm ci` then
// refuses the file. They are installed only where os and cpu fit.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./workbench/install.mjs";

const systems = ["darwin", "linux", "win32", "android", "freebsd", "openbsd", "netbsd", "sunos", "aix", "openharmony"];
const processors = ["x64", "arm64", "arm", "ia32", "riscv64", "ppc64", "s390x", "loong64", "mips64el", "wasm32"];
const otherNames = { mac: "darwin", win: "win32", macos: "darwin", windows: "win32", armv7l: "arm", armhf: "arm" };

const file = path.join(root, "package-lock.json");
const lock = JSON.parse(await readFile(file, "utf8"));
const added = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (has(place, name)) continue;
    if (!/^\d/.test(version)) throw new Error(`${name}@${version}: a range needs its package's own answer`);
    const target = `node_modules/${name}`;
    lock.packages[target] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platform(name) };
    added.push(`${name}@${version}`);
  }
}
const { "": project, ...rest } = lock.packages;
lock.packages = { "": project, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) };
await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} added${added.map((line) => `\n  ${line}`).join("")}`);

/** Whether Node finds `name` from `place`: there or in a node_modules further up. */
function has(place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder}${folder && "/"}node_modules/${name}` in lock.packages) return true;
    if (folder === "") return false;
  }
}

/** What the name says of the platform it is for: "@esbuild/darwin-arm64", "@biomejs/cli-linux-x64-musl". */
function platform(name) {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => otherNames[word] ?? word);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.includes("musl") ? { libc: ["musl"] } : {};
  return { ...(os.length > 0 ? { os } : {}), ...(cpu.length > 0 ? { cpu } : {}), ...libc };
}
