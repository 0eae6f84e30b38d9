// Builds the real server programs that test/unit/inference/openai/realServers.test.ts asks, into .cache/venv-served:
// llama-cpp-python's server, and llama.cpp's own from the same sources. Takes Python 3.10 or newer with venv, a C++
// compiler, and some minutes of all cores. Nothing else needs them; without them those tests are skipped.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";

const version = "0.3.36";
const home = path.resolve(import.meta.dirname, "../.cache/venv-served");
const bin = path.join(home, "bin");
const cores = String(cpus().length);
// No OpenMP: its threads spin, which a model of three million parameters on a busy machine pays for dearly.
const flags = ["-DCMAKE_BUILD_TYPE=Release", "-DGGML_OPENMP=OFF"];

if (!existsSync(path.join(bin, "python"))) run("python3", ["-m", "venv", home]);
const pip = [path.join(bin, "python"), "-m", "pip"];
run(...command([...pip, "install", "--quiet", "cmake>=3.21", "ninja"]));
run(...command([...pip, "install", `llama-cpp-python[server]==${version}`]), {
  CMAKE_ARGS: [...flags, "-DLLAVA_BUILD=OFF"].join(" "),
  CMAKE_BUILD_PARALLEL_LEVEL: cores,
});

const work = mkdtempSync(path.join(tmpdir(), "promptscope-servers-"));
try {
  run(
    ...command([...pip, "download", "--no-deps", "--no-binary", ":all:", "-d", work, `llama-cpp-python==${version}`]),
  );
  const [archive] = readdirSync(work).filter((name) => name.endsWith(".tar.gz"));
  run("tar", ["xzf", path.join(work, archive), "-C", work]);
  const source = path.join(work, archive.replace(/\.tar\.gz$/, ""), "vendor/llama.cpp");
  const off = ["TESTS", "EXAMPLES", "UI"].map((part) => `-DLLAMA_BUILD_${part}=OFF`);
  const build = path.join(work, "build");
  run(path.join(bin, "cmake"), [
    ...["-G", "Ninja", "-S", source, "-B", build, ...flags, ...off],
    ...["-DLLAMA_USE_PREBUILT_UI=OFF", "-DLLAMA_OPENSSL=OFF", "-DBUILD_SHARED_LIBS=OFF"],
  ]);
  run(path.join(bin, "ninja"), ["-C", build, "-j", cores, "llama-server"]);
  cpSync(path.join(build, "bin/llama-server"), path.join(bin, "llama-server"));
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`Both servers are in ${home}.`);

/** @param {string[]} words @returns {[string, string[]]} */
function command([program, ...parameters]) {
  return [program, parameters];
}

/** Ends this script when the program fails. */
function run(program, parameters, environment = {}) {
  const env = { ...process.env, ...environment, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const { status, error } = spawnSync(program, parameters, { stdio: "inherit", env });
  if (status === 0) return;
  console.error(`${program} ${parameters.join(" ")} failed${error ? `: ${error.message}` : ""}`);
  process.exit(1);
}
