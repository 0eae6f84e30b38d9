import { type Disposable, Hover, languages, MarkdownString, Range } from "vscode";
import { heatStep } from "../../../webview/interrogation/heat";
import { commands, internalCommands } from "../../contributions";
import { commandUri } from "../hover/html";
import { paletteName } from "../hover/theme";
import { rangeOf } from "../marks/documentMarks";
import { knowledgeMarkdown } from "./knowledgeCard";
import type { KnowledgeMap } from "./knowledgeMap";
import { heatPalettes } from "./knowledgePictures";

/** Tells what is known of the stretch, and of the section, under the pointer. */
export function registerKnowledgeHover(map: KnowledgeMap): Disposable {
  return languages.registerHoverProvider("*", {
    provideHover(document, position) {
      const found = map.at(document, position);
      if (!found) return undefined;
      const { mark, section, model } = found;
      const uri = document.uri.toString();
      const right = mark?.right ?? section?.right;
      const markdown = new MarkdownString(
        knowledgeMarkdown({
          ...{ mark, section, model },
          step: right && right.trials > 0 ? heatStep(right.rate) : -1,
          palette: heatPalettes[paletteName()],
          links: {
            open: (question) => commandUri(internalCommands.openKnowledge, { uri, question }),
            hide: commandUri(commands.hideKnowledge),
          },
        }),
      );
      markdown.supportHtml = true;
      markdown.isTrusted = { enabledCommands: [internalCommands.openKnowledge, commands.hideKnowledge] };
      return new Hover(markdown, mark ? rangeOf(mark.range) : new Range(position.line, 0, position.line, 0));
    },
  });
}
