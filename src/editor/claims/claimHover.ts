import { Hover, languages, MarkdownString, type Position, type TextDocument } from "vscode";
import { commands, internalCommands } from "../../contributions";
import { commandUri } from "../hover/html";
import { paletteName } from "../hover/theme";
import { type DocumentMarks, rangeOf } from "../marks/documentMarks";
import { palettes } from "../surprisal/palette";
import { claimMarkdown } from "./claimCard";
import type { ClaimMark } from "./claimMark";

/** Invented names are drawn in the orange of the charts; known ones in the palette's blue. */
const invented = { dark: "#E2963C", light: "#B45309", highContrast: "#FFB454", highContrastLight: "#8A3B00" } as const;

/** Tells of the claim under the pointer. */
export function registerClaimHover(marks: DocumentMarks<ClaimMark>) {
  return languages.registerHoverProvider("*", {
    provideHover(document, position) {
      const mark = marks.at(document, position);
      return mark && hoverOf(document, position, mark);
    },
  });
}

function hoverOf(document: TextDocument, position: Position, mark: ClaimMark): Hover {
  const name = paletteName();
  const palette = palettes[name];
  const uri = document.uri.toString();
  const range = rangeOf(mark.range);
  const markdown = new MarkdownString(
    claimMarkdown({
      mark,
      palette,
      colors: { known: palette.bar, invented: invented[name] },
      secondsAgo: (Date.now() - (mark.finding?.at ?? Date.now())) / 1000,
      links: {
        open: openUri(uri, mark),
        again: commandUri(internalCommands.probeClaimAgain, {
          uri,
          line: position.line,
          character: position.character,
        }),
        clear: commandUri(commands.claimsClear),
      },
    }),
  );
  markdown.supportHtml = true;
  // What model and text say is escaped; should a link get through, it still runs nothing else.
  markdown.isTrusted = {
    enabledCommands: [internalCommands.probeClaimAgain, commands.claimsClear, commands.openProbe],
  };
  return new Hover(markdown, range);
}

/** The same question in the probe's panel, where its judgements can be looked at and corrected. */
function openUri(uri: string, { finding, range }: ClaimMark): string | undefined {
  if (!finding) return undefined;
  const { text, reference } = finding.reading.cell.of;
  return commandUri(commands.openProbe, { question: text, uri, range, ...(reference !== undefined && { reference }) });
}
