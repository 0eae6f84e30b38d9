import {
  type CancellationToken,
  type Disposable,
  LanguageModelTextPart,
  type LanguageModelTool,
  type LanguageModelToolInvocationOptions,
  type LanguageModelToolInvocationPrepareOptions,
  LanguageModelToolResult,
  lm,
  type PreparedToolInvocation,
  workspace,
} from "vscode";
import { languageModelTools } from "../contributions";
import { setting } from "../platform/configuration";
import { createTokenDocument, type Tokenizer } from "../tokenizers";
import type { Resolution } from "../tokenizers/catalogue";
import { formatCount } from "../tokens/format";
import { sliceMs } from "../tokens/slices";
import type { TokenizerService } from "../tokens/tokenizerService";
import { type CountTokensInput, parseCountTokensInput } from "./countTokensInput";
import { workspaceFile } from "./workspaceFile";

/** Used where neither the settings nor the catalogue know a window, tokens. */
const defaultContextWindow = 128_000;

interface Item {
  /** As asked; absent for the text. */
  readonly file?: string;
  readonly tokens?: number;
  readonly shareOfWindow?: number;
  /** Why the file was not counted. */
  readonly error?: string;
}

/** The language-model tool `promptscope_countTokens`: exact token counts for assistants, of a text or of files. */
export class CountTokensTool implements LanguageModelTool<unknown> {
  constructor(private readonly tokenizers: TokenizerService) {}

  prepareInvocation({ input }: LanguageModelToolInvocationPrepareOptions<unknown>): PreparedToolInvocation {
    const { text, files = [] } = parseCountTokensInput(input);
    const parts = [
      ...(text === undefined ? [] : ["a text"]),
      ...(files.length === 0 ? [] : [files.length === 1 ? `${files[0]}` : `${formatCount(files.length)} files`]),
    ];
    return { invocationMessage: `Counting tokens of ${parts.join(" and ")}` };
  }

  async invoke(
    { input }: LanguageModelToolInvocationOptions<unknown>,
    token: CancellationToken,
  ): Promise<LanguageModelToolResult> {
    const asked = parseCountTokensInput(input);
    const { resolution, contextWindow } = this.measure(asked.tokenizer);
    const tokenizer = await this.tokenizers.load(resolution.tokenizer);
    const items = await countItems(asked, tokenizer, contextWindow, token);
    const answer = {
      tokenizer: tokenizer.name,
      exact: resolution.kind === "exact",
      ...(resolution.reason !== undefined && { note: resolution.reason }),
      contextWindow,
      tokens: items.reduce((sum, { tokens = 0 }) => sum + tokens, 0),
      items,
    };
    return new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(answer))]);
  }

  /** The tokenizer asked for (an unknown name is estimated, and `note` says so), or the user's. */
  private measure(asked: string | undefined): { readonly resolution: Resolution; readonly contextWindow: number } {
    if (asked === undefined) {
      const selection = this.tokenizers.selectionFor();
      return { resolution: selection, contextWindow: selection.contextWindow };
    }
    const resolution = this.tokenizers.resolution(asked);
    const contextWindow = setting("promptscope.contextWindow") ?? resolution.contextTokens ?? defaultContextWindow;
    return { resolution, contextWindow };
  }
}

/** Offers the tool to the assistants in this editor. */
export function registerTools(tokenizers: TokenizerService): Disposable {
  return lm.registerTool(languageModelTools.countTokens, new CountTokensTool(tokenizers));
}

async function countItems(
  { text, files = [] }: CountTokensInput,
  tokenizer: Tokenizer,
  contextWindow: number,
  token: CancellationToken,
): Promise<Item[]> {
  const counted = async (content: string): Promise<Item> => {
    const tokens = await countInSlices(content, tokenizer, token);
    return { tokens, shareOfWindow: Number((tokens / contextWindow).toPrecision(6)) };
  };
  const items: Item[] = text === undefined ? [] : [await counted(text)];
  for (const file of files) {
    throwIfCancelled(token);
    const content = await readFile(file);
    items.push("error" in content ? { file, ...content } : { file, ...(await counted(content.text)) });
  }
  return items;
}

/** A file's text as its editor shows it, unsaved changes included. */
async function readFile(file: string): Promise<{ readonly text: string } | { readonly error: string }> {
  try {
    const uri = await workspaceFile(file);
    const { size } = await workspace.fs.stat(uri);
    const limit = setting("promptscope.files.maxSizeMB") * 1_000_000;
    if (size > limit) return { error: `It has ${formatCount(size)} bytes; the limit is ${formatCount(limit)}.` };
    return { text: (await workspace.openTextDocument(uri)).getText() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The exact count, without keeping the extension host busy. */
async function countInSlices(text: string, tokenizer: Tokenizer, token: CancellationToken): Promise<number> {
  const document = createTokenDocument(tokenizer, text);
  while (!document.fill(sliceMs)) {
    await new Promise((resolve) => setImmediate(resolve));
    throwIfCancelled(token);
  }
  return document.tokenCount;
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new Error("Counting was cancelled.");
}
