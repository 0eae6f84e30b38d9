// Imports point one way; a wrong arrow fails the build. The map is in ARCHITECTURE.md.
const below = {
  platform: [],
  tokenizers: [],
  tokens: ["platform", "tokenizers"],
  editor: ["platform", "tokenizers", "tokens"],
  views: ["platform", "tokenizers", "tokens"],
  panels: ["platform", "tokenizers", "tokens"],
  tools: ["platform", "tokenizers", "tokens"],
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
      name: "tokenizers-do-not-know-the-editor",
      severity: "error",
      from: { path: "^src/tokenizers/" },
      to: { path: "^vscode$|node_modules/vscode" },
    },
    {
      name: "webview-imports-pure-parts-and-types",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^src/", pathNot: "^src/tokenizers/(?!node/)", dependencyTypesNot: ["type-only"] },
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
