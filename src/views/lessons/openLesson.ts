import { type Disposable, type ExtensionContext, Uri, commands as vscodeCommands, window, workspace } from "vscode";
import { commands } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";

/** What a lesson is about, and the lens it is seen through where that is not the token lens. */
interface Lesson {
  readonly file: string;
  readonly title: string;
  readonly lens?: "surprisal";
}

/** The files of the sample workspace that lessons are about, by the names the walkthrough uses. */
export const lessons = {
  tokens: { file: "prompts/word-problems.md", title: "A prompt with its tokens" },
  strawberry: { file: "texts/strawberry.md", title: "Why a model can't see letters" },
  languages: { file: "texts/languages.md", title: "Why some languages cost more" },
  numbers: { file: "texts/numbers.md", title: "Why numbers are harder than they look" },
  whitespace: { file: "texts/whitespace.md", title: "What whitespace costs" },
  scripts: { file: "texts/scripts.md", title: "Letters that are more than one letter" },
  loadedCoin: { file: "texts/loaded-coin.md", title: "The loaded coin", lens: "surprisal" },
  thinking: { file: "texts/tokens-to-think.md", title: "Models need tokens to think" },
  memory: { file: "texts/memory.md", title: "Memory and making up", lens: "surprisal" },
  edges: { file: "texts/sharp-edges.md", title: "The edges of the cheese" },
} as const satisfies Readonly<Record<string, Lesson>>;

export type LessonName = keyof typeof lessons;

/** The walkthroughs by their ids, in their order. */
const walkthroughs = {
  firstLesson: "See what a model sees",
  loadedCoin: "The loaded coin",
  tokensToThink: "Models need tokens to think",
  memory: "Memory and making up",
  sharpEdges: "The edges of the cheese",
} as const;

type WalkthroughId = keyof typeof walkthroughs;

/** The commands that open lessons and the walkthrough they belong to. */
export function registerLessons({ extension, extensionUri }: ExtensionContext): Disposable {
  const store = new DisposableStore();
  store.add(
    vscodeCommands.registerCommand(commands.openLesson, async (given?: unknown) => {
      const name = isLesson(given) ? given : await pickLesson();
      if (name) await openLesson(extensionUri, name);
    }),
  );
  store.add(
    vscodeCommands.registerCommand(commands.openWalkthrough, async (given?: unknown) => {
      const id = isWalkthrough(given) ? given : await pickWalkthrough();
      if (id) await vscodeCommands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#${id}`, false);
    }),
  );
  return store;
}

/** Opens a lesson as an untitled copy, so that it can be changed freely, with its lens on. */
async function openLesson(extensionUri: Uri, name: LessonName): Promise<void> {
  const lesson: Lesson = lessons[name];
  const file = Uri.joinPath(extensionUri, "media", "sample-workspace", ...lesson.file.split("/"));
  const content = new TextDecoder().decode(await workspace.fs.readFile(file));
  const document = await workspace.openTextDocument({ language: "markdown", content });
  await window.showTextDocument(document);
  const surprisal = lesson.lens === "surprisal";
  await vscodeCommands.executeCommand(surprisal ? commands.toggleSurprisalLens : commands.toggleTokenLens, true);
}

/** An open walkthrough takes the focus back 300 ms after the palette closed, which would close a list opened before. */
async function walkthroughHasFocus(): Promise<void> {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  if (tab && tab.input === undefined) await new Promise((done) => setTimeout(done, 500));
}

async function pickLesson(): Promise<LessonName | undefined> {
  const items = Object.entries(lessons).map(([name, { title }]) => ({ label: title, name: name as LessonName }));
  await walkthroughHasFocus();
  const picked = await window.showQuickPick(items, { title: "Open lesson", placeHolder: "Opens as an untitled copy" });
  return picked?.name;
}

async function pickWalkthrough(): Promise<WalkthroughId | undefined> {
  const items = Object.entries(walkthroughs).map(([id, label]) => ({ label, id: id as WalkthroughId }));
  await walkthroughHasFocus();
  const picked = await window.showQuickPick(items, { title: "Open walkthrough", placeHolder: "Ten minutes each" });
  return picked?.id;
}

function isWalkthrough(given: unknown): given is WalkthroughId {
  return typeof given === "string" && Object.hasOwn(walkthroughs, given);
}

function isLesson(given: unknown): given is LessonName {
  return typeof given === "string" && Object.hasOwn(lessons, given);
}
