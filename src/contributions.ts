/**
 * Every id the manifest and the code share, typed once. `test/unit/contributions.test.ts` holds this file against
 * package.json, so an id that is only in one of the two fails the build.
 */

export const commands = {
  toggleTokenLens: "promptscope.toggleTokenLens",
  cycleLensMode: "promptscope.cycleLensMode",
  toggleWhitespaceMarks: "promptscope.toggleWhitespaceMarks",
  toggleLineCounts: "promptscope.toggleLineCounts",
  pickTokenizer: "promptscope.pickTokenizer",
  pickTokenizerForWorkspace: "promptscope.pickTokenizerForWorkspace",
  pickTokenizerForLanguage: "promptscope.pickTokenizerForLanguage",
  pickComparedTokenizers: "promptscope.pickComparedTokenizers",
  addTokenizerFromFile: "promptscope.addTokenizerFromFile",
  addTokenizerFromHub: "promptscope.addTokenizerFromHub",
  removeTokenizer: "promptscope.removeTokenizer",
  countSelection: "promptscope.countSelection",
  copyTokensAsIds: "promptscope.copyTokensAsIds",
  copyTokensAsJson: "promptscope.copyTokensAsJson",
  copyTokensAsPython: "promptscope.copyTokensAsPython",
  decodeIds: "promptscope.decodeIds",
  splitByBudget: "promptscope.splitByBudget",
  cutSelection: "promptscope.cutSelection",
  compareTokenizers: "promptscope.compareTokenizers",
  openInspector: "promptscope.openInspector",
  nextRegion: "promptscope.nextRegion",
  previousRegion: "promptscope.previousRegion",
  countWorkspace: "promptscope.countWorkspace",
  showLog: "promptscope.showLog",
  budgetRefresh: "promptscope.budget.refresh",
  budgetFilter: "promptscope.budget.filter",
  budgetClearFilter: "promptscope.budget.clearFilter",
  budgetCancel: "promptscope.budget.cancel",
  budgetExportCsv: "promptscope.budget.exportCsv",
  budgetExportJson: "promptscope.budget.exportJson",
  budgetCopyAsPrompt: "promptscope.budget.copyAsPrompt",
  openLesson: "promptscope.openLesson",
  openWalkthrough: "promptscope.openWalkthrough",
  toggleSurprisalLens: "promptscope.toggleSurprisalLens",
  surprisalSelection: "promptscope.surprisal.selection",
  surprisalRefresh: "promptscope.surprisal.refresh",
  surprisalCancel: "promptscope.surprisal.cancel",
  surprisalPickModel: "promptscope.surprisal.pickModel",
  probeClaim: "promptscope.probeClaim",
  claimsAgain: "promptscope.claims.again",
  claimsNext: "promptscope.claims.next",
  claimsStop: "promptscope.claims.stop",
  claimsClear: "promptscope.claims.clear",
  showKnowledge: "promptscope.showKnowledge",
  hideKnowledge: "promptscope.hideKnowledge",
  continueHere: "promptscope.continueHere",
  continueGreedily: "promptscope.continueGreedily",
  continueAcceptAll: "promptscope.continue.acceptAll",
  continueAcceptWord: "promptscope.continue.acceptWord",
  continueAcceptToken: "promptscope.continue.acceptToken",
  continueRedraw: "promptscope.continue.redraw",
  continueRedrawBack: "promptscope.continue.redrawBack",
  continueDismiss: "promptscope.continue.dismiss",
  budgetShowMore: "promptscope.budget.showMore",
  modelsAdd: "promptscope.models.add",
  modelsLoad: "promptscope.models.load",
  modelsUnload: "promptscope.models.unload",
  modelsCancelLoading: "promptscope.models.cancelLoading",
  modelsSetDefault: "promptscope.models.setDefault",
  modelsUseForBase: "promptscope.models.useForBase",
  modelsUseForChat: "promptscope.models.useForChat",
  modelsUseForJudge: "promptscope.models.useForJudge",
  modelsAddFromFile: "promptscope.models.addFromFile",
  modelsScan: "promptscope.models.scan",
  modelsDownload: "promptscope.models.download",
  modelsSearchHub: "promptscope.models.searchHub",
  modelsPauseDownload: "promptscope.models.pauseDownload",
  modelsResumeDownload: "promptscope.models.resumeDownload",
  modelsCancelDownload: "promptscope.models.cancelDownload",
  modelsDetails: "promptscope.models.details",
  modelsReveal: "promptscope.models.reveal",
  modelsRemove: "promptscope.models.remove",
  serversAdd: "promptscope.servers.add",
  serversChooseModels: "promptscope.servers.chooseModels",
  serversChangeKey: "promptscope.servers.changeKey",
  serversTest: "promptscope.servers.test",
  serversRemove: "promptscope.servers.remove",
  modelsHubToken: "promptscope.models.hubToken",
  modelsAddCuda: "promptscope.models.addCuda",
  openProbe: "promptscope.openProbe",
  probeCalibrate: "promptscope.probe.calibrate",
  probeRun: "promptscope.probe.run",
  probePause: "promptscope.probe.pause",
  probeStop: "promptscope.probe.stop",
  probeGoOn: "promptscope.probe.goOn",
  probeUndo: "promptscope.probe.undo",
  probePickModel: "promptscope.probe.pickModel",
  probeOpenQuestions: "promptscope.probe.openQuestions",
  probeUseEditor: "promptscope.probe.useEditor",
  probeOpenRun: "promptscope.probe.openRun",
  probeExportCsv: "promptscope.probe.exportCsv",
  probeExportJson: "promptscope.probe.exportJson",
  probeExportMarkdown: "promptscope.probe.exportMarkdown",
  openReasoning: "promptscope.openReasoning",
  reasoningRun: "promptscope.reasoning.run",
  reasoningPause: "promptscope.reasoning.pause",
  reasoningStop: "promptscope.reasoning.stop",
  reasoningGoOn: "promptscope.reasoning.goOn",
  reasoningUndo: "promptscope.reasoning.undo",
  reasoningPickModel: "promptscope.reasoning.pickModel",
  reasoningOpenQuestions: "promptscope.reasoning.openQuestions",
  reasoningUseEditor: "promptscope.reasoning.useEditor",
  reasoningOpenRun: "promptscope.reasoning.openRun",
  reasoningCompareWith: "promptscope.reasoning.compareWith",
  reasoningExportCsv: "promptscope.reasoning.exportCsv",
  reasoningExportJson: "promptscope.reasoning.exportJson",
  reasoningExportMarkdown: "promptscope.reasoning.exportMarkdown",
  reasoningInsertBest: "promptscope.reasoning.insertBest",
  openSuites: "promptscope.openSuites",
  suitesRun: "promptscope.suites.run",
  suitesPause: "promptscope.suites.pause",
  suitesStop: "promptscope.suites.stop",
  suitesGoOn: "promptscope.suites.goOn",
  suitesUndo: "promptscope.suites.undo",
  suitesAddModel: "promptscope.suites.addModel",
  suitesOpenSuite: "promptscope.suites.openSuite",
  suitesWriteStarter: "promptscope.suites.writeStarter",
  suitesOpenRun: "promptscope.suites.openRun",
  suitesCompareWith: "promptscope.suites.compareWith",
  suitesExportCsv: "promptscope.suites.exportCsv",
  suitesExportJson: "promptscope.suites.exportJson",
  suitesExportMarkdown: "promptscope.suites.exportMarkdown",
  openInterrogation: "promptscope.openInterrogation",
  interrogationRun: "promptscope.interrogation.run",
  interrogationPause: "promptscope.interrogation.pause",
  interrogationStop: "promptscope.interrogation.stop",
  interrogationGoOn: "promptscope.interrogation.goOn",
  interrogationChooseFolder: "promptscope.interrogation.chooseFolder",
  interrogationChooseFacts: "promptscope.interrogation.chooseFacts",
  interrogationPickModel: "promptscope.interrogation.pickModel",
  interrogationAccept: "promptscope.interrogation.accept",
  interrogationDrop: "promptscope.interrogation.drop",
  interrogationFix: "promptscope.interrogation.fix",
  interrogationChangeMark: "promptscope.interrogation.changeMark",
  interrogationNext: "promptscope.interrogation.next",
  interrogationPrevious: "promptscope.interrogation.previous",
  interrogationUndo: "promptscope.interrogation.undo",
  interrogationOpenRun: "promptscope.interrogation.openRun",
  interrogationExportDataSet: "promptscope.interrogation.exportDataSet",
  interrogationExportCsv: "promptscope.interrogation.exportCsv",
  interrogationExportJson: "promptscope.interrogation.exportJson",
  interrogationExportMarkdown: "promptscope.interrogation.exportMarkdown",
  openArena: "promptscope.openArena",
  arenaStages: "promptscope.arena.stages",
  arenaRun: "promptscope.arena.run",
  arenaPause: "promptscope.arena.pause",
  arenaStop: "promptscope.arena.stop",
  arenaGoOn: "promptscope.arena.goOn",
  arenaUndo: "promptscope.arena.undo",
  arenaOpenPrompts: "promptscope.arena.openPrompts",
  arenaUseEditor: "promptscope.arena.useEditor",
  arenaVoteLeft: "promptscope.arena.voteLeft",
  arenaVoteRight: "promptscope.arena.voteRight",
  arenaVoteTie: "promptscope.arena.voteTie",
  arenaVoteBothBad: "promptscope.arena.voteBothBad",
  arenaUndoVote: "promptscope.arena.undoVote",
  arenaNext: "promptscope.arena.next",
  arenaReveal: "promptscope.arena.reveal",
  arenaOpenRun: "promptscope.arena.openRun",
  arenaExportCsv: "promptscope.arena.exportCsv",
  arenaExportJson: "promptscope.arena.exportJson",
  arenaExportMarkdown: "promptscope.arena.exportMarkdown",
  openExplorer: "promptscope.openExplorer",
  explorerBack: "promptscope.explorer.back",
  explorerUndo: "promptscope.explorer.undo",
  explorerToss: "promptscope.explorer.toss",
  explorerTossMany: "promptscope.explorer.tossMany",
  explorerContinue: "promptscope.explorer.continue",
  explorerCancel: "promptscope.explorer.cancel",
  explorerPickModel: "promptscope.explorer.pickModel",
  explorerInsert: "promptscope.explorer.insert",
  explorerSave: "promptscope.explorer.save",
  explorerSaveAs: "promptscope.explorer.saveAs",
  explorerExportCsv: "promptscope.explorer.exportCsv",
  explorerExportJson: "promptscope.explorer.exportJson",
  explorerExportBarsSvg: "promptscope.explorer.exportBarsSvg",
  explorerExportBarsPng: "promptscope.explorer.exportBarsPng",
  explorerExportTreeSvg: "promptscope.explorer.exportTreeSvg",
  explorerExportTreePng: "promptscope.explorer.exportTreePng",
} as const;

/** Commands that only links call; they are not in the manifest. */
export const internalCommands = {
  copyTokenId: "promptscope.copyTokenId",
  selectRange: "promptscope.selectRange",
  replaceAndContinue: "promptscope.replaceAndContinue",
  probeClaimAgain: "promptscope.probeClaimAgain",
  openKnowledge: "promptscope.openKnowledge",
} as const;

/** One server of `promptscope.servers`, as a person may have written it. */
export interface ServerSetting {
  readonly name?: string;
  readonly baseUrl: string;
  readonly models?: readonly string[];
  /** Requests under way at the same time. */
  readonly maxParallel?: number;
}

/** Settings and the types their values have once validated (package.json holds the defaults). */
export interface Settings {
  "promptscope.tokenizer": string;
  "promptscope.tokenizers.compare": readonly string[];
  "promptscope.contextWindow": number | null;
  "promptscope.price.perMillionTokens": number | null;
  "promptscope.price.currency": string;
  "promptscope.lens.startOn": boolean;
  "promptscope.lens.mode": "bands" | "boundaries";
  "promptscope.lens.whitespace": boolean;
  "promptscope.lens.lineCounts": boolean;
  "promptscope.codeLens.sections": boolean;
  "promptscope.codeLens.chat": boolean;
  "promptscope.codeLens.questions": boolean;
  "promptscope.statusBar.enabled": boolean;
  "promptscope.files.maxSizeMB": number;
  "promptscope.budget.exclude": readonly string[];
  "promptscope.servers": readonly ServerSetting[];
  "promptscope.hub.url": string;
  "promptscope.surprisal.auto": boolean;
  "promptscope.surprisal.topK": number;
  "promptscope.surprisal.maxTokens": number;
  "promptscope.claims.samples": number;
  "promptscope.claims.controls": number;
  "promptscope.continue.temperature": number;
  "promptscope.continue.maxTokens": number;
  "promptscope.models.base": string;
  "promptscope.models.chat": string;
  "promptscope.models.judge": string;
  "promptscope.models.downloadFolder": string;
  "promptscope.models.files": readonly string[];
  "promptscope.local.gpu": "auto" | "cuda" | "vulkan" | "metal" | "cpu";
  "promptscope.local.gpuLayers": number | null;
  "promptscope.local.contextSize": number | null;
  "promptscope.local.parallelSamples": number;
  "promptscope.local.threads": number | null;
  "promptscope.local.flashAttention": "auto" | "on" | "off";
  "promptscope.local.kvCacheType": "f32" | "f16" | "q8_0" | "q5_1" | "q5_0" | "q4_1" | "q4_0";
  "promptscope.local.idleMinutes": number;
  "promptscope.local.runtimeFolder": string;
  "promptscope.local.runtimeRegistry": string;
  "promptscope.runs.folder": string;
  "promptscope.suites.files": string;
}

export const settingIds = [
  "promptscope.tokenizer",
  "promptscope.tokenizers.compare",
  "promptscope.contextWindow",
  "promptscope.price.perMillionTokens",
  "promptscope.price.currency",
  "promptscope.lens.startOn",
  "promptscope.lens.mode",
  "promptscope.lens.whitespace",
  "promptscope.lens.lineCounts",
  "promptscope.codeLens.sections",
  "promptscope.codeLens.chat",
  "promptscope.codeLens.questions",
  "promptscope.statusBar.enabled",
  "promptscope.files.maxSizeMB",
  "promptscope.budget.exclude",
  "promptscope.servers",
  "promptscope.hub.url",
  "promptscope.surprisal.auto",
  "promptscope.surprisal.topK",
  "promptscope.surprisal.maxTokens",
  "promptscope.claims.samples",
  "promptscope.claims.controls",
  "promptscope.continue.temperature",
  "promptscope.continue.maxTokens",
  "promptscope.models.base",
  "promptscope.models.chat",
  "promptscope.models.judge",
  "promptscope.models.downloadFolder",
  "promptscope.models.files",
  "promptscope.local.gpu",
  "promptscope.local.gpuLayers",
  "promptscope.local.contextSize",
  "promptscope.local.parallelSamples",
  "promptscope.local.threads",
  "promptscope.local.flashAttention",
  "promptscope.local.kvCacheType",
  "promptscope.local.idleMinutes",
  "promptscope.local.runtimeFolder",
  "promptscope.local.runtimeRegistry",
  "promptscope.runs.folder",
  "promptscope.suites.files",
] as const satisfies readonly (keyof Settings)[];

export const colors = {
  tokens: [
    "promptscope.token1",
    "promptscope.token2",
    "promptscope.token3",
    "promptscope.token4",
    "promptscope.token5",
    "promptscope.token6",
  ],
  tokenBoundary: "promptscope.tokenBoundary",
  lineCount: "promptscope.lineCount",
  specialToken: "promptscope.specialToken",
  surprisal: [
    "promptscope.surprisal1",
    "promptscope.surprisal2",
    "promptscope.surprisal3",
    "promptscope.surprisal4",
    "promptscope.surprisal5",
    "promptscope.surprisal6",
  ],
  surprisalText: "promptscope.surprisalText",
  surprisalStale: "promptscope.surprisalStale",
  claims: {
    knows: "promptscope.claimKnows",
    consistentlyWrong: "promptscope.claimWrong",
    guesses: "promptscope.claimGuesses",
    saysItDoesNotKnow: "promptscope.claimSilent",
    cannotTell: "promptscope.claimUnclear",
  },
  /** Step 0 is an outline. */
  heat: [
    "promptscope.heatNone",
    "promptscope.heat1",
    "promptscope.heat2",
    "promptscope.heat3",
    "promptscope.heat4",
    "promptscope.heat5",
  ],
} as const;

export const views = {
  surprisal: "promptscope.surprisal",
  budget: "promptscope.budget",
  languages: "promptscope.languages",
  models: "promptscope.models",
} as const;

export const panels = {
  inspector: "promptscope.inspector",
  modelDetails: "promptscope.modelDetails",
  explorer: "promptscope.explorer",
  reasoning: "promptscope.reasoning",
  probe: "promptscope.probe",
  arena: "promptscope.arena",
  suites: "promptscope.suites",
  interrogation: "promptscope.interrogation",
} as const;

/** Editors of files of our own. */
export const customEditors = { run: "promptscope.run" } as const;

export const contextKeys = {
  budgetCounting: "promptscope.budget.counting",
  budgetFiltered: "promptscope.budget.filtered",
  /** "idle", "counting", "ready", "stopped" or "failed". */
  budgetState: "promptscope.budget.state",
  surprisalOn: "promptscope.surprisal.on",
  /** The active editor has claim marks. */
  claimsShown: "promptscope.claims.shown",
  claimsProbing: "promptscope.claims.probing",
  /** The active editor shows what a model knows of its file. */
  knowledgeShown: "promptscope.knowledge.shown",
  continuing: "promptscope.continuing",
  /** A next-token explorer is the active editor, as a panel or as the editor of its file; so for each panel of runs. */
  explorerInFront: "promptscope.explorer.inFront",
  reasoningInFront: "promptscope.reasoning.inFront",
  probeInFront: "promptscope.probe.inFront",
  arenaInFront: "promptscope.arena.inFront",
  suitesInFront: "promptscope.suites.inFront",
  interrogationInFront: "promptscope.interrogation.inFront",
} as const;

export const languageModelTools = { countTokens: "promptscope_countTokens" } as const;
