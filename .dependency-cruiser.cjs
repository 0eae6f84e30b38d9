// Imports point one way; a wrong arrow fails the build. The map is in ARCHITECTURE.md.
const below = {
  platform: [],
  rpc: [],
  tokenizers: [],
  inference: ["platform", "rpc", "tokenizers"],
  experiments: ["tokenizers", "inference"],
  tokens: ["platform", "tokenizers"],
  models: ["platform", "tokenizers", "inference", "tokens"],
  editor: ["platform", "tokenizers", "inference", "experiments", "tokens", "models"],
  views: ["platform", "tokenizers", "inference", "tokens", "models"],
  panels: ["platform", "rpc", "tokenizers", "inference", "experiments", "tokens", "models"],
  tools: ["platform", "tokenizers", "tokens"],
  commandLine: ["tokenizers", "inference", "experiments"],
};
module.exports = {
  forbidden: [
    ...Object.entries(below).map(([folder, allowed]) => ({
      name: `${folder}-imports-only-from-below`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: "^src/", pathNot: `^src/(${[folder, ...allowed].join("|")})/|^src/contributions\\.ts$` },
    })),
    {
      name: "tokenizers-are-pure",
      comment: "No vscode, no Node: they run in the host, in workers and in browsers.",
      severity: "error",
      from: { path: "^src/tokenizers/", pathNot: "^src/tokenizers/(node|core)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-editor-below-the-editor",
      comment: "Tokenizers, inference and experiments also run in workers, on the command line and in webviews.",
      severity: "error",
      from: {
        path: "^src/(tokenizers|rpc|inference|experiments|commandLine)/",
        pathNot: "^src/inference/editorModels/",
      },
      to: { path: "^vscode$|node_modules/(@types/)?vscode" },
    },
    {
      name: "experiments-are-pure",
      comment: "They know engines by their contract alone; reading and writing files is somebody else's.",
      severity: "error",
      from: { path: "^src/experiments/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "experiments-know-engines-by-contract",
      severity: "error",
      from: { path: "^src/experiments/" },
      to: { path: "^src/inference/", pathNot: "^src/inference/[a-zA-Z]+\\.ts$" },
    },
    {
      name: "llama-stays-in-its-process",
      comment: "Only the model process imports node-llama-cpp: a crash in native code must not take the editor down.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/inference/llama/runtime/" },
      to: { path: "node-llama-cpp" },
    },
    {
      name: "webview-imports-pure-parts-and-types",
      severity: "error",
      from: { path: "^webview/" },
      to: {
        path: "^src/",
        pathNot: "^src/(tokenizers/(?!node/)|rpc/|experiments/|inference/[a-zA-Z]+\\.ts$)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "panels-share-through-runs-and-ui",
      comment: "What two panels need stands in runs/, or in webview/ui/: no panel is made of another's parts.",
      severity: "error",
      from: { path: "^(src/panels|webview)/([^/]+)/" },
      to: { path: "^$1/[^/]+/", pathNot: "^$1/($2|runs|ui)/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/tokenizers/core/" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.host.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs"] },
  },
};
