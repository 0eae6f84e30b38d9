import { commands } from "../../contributions";
import { changeSetting, setting } from "../../platform/configuration";
import type { TokenLens } from "./tokenLens";

/** Turning the lens and its parts on and off. What is turned on while the lens is off turns the lens on. */
export function lensCommands(lens: TokenLens): Record<string, (wanted?: unknown) => Promise<void>> {
  return {
    // Menus pass what they were opened on; true or false comes from a lesson or a keybinding and is obeyed.
    [commands.toggleTokenLens]: (wanted) => lens.turn(typeof wanted === "boolean" ? wanted : !lens.on),
    [commands.cycleLensMode]: () => cycle(lens),
    [commands.toggleWhitespaceMarks]: () => toggle(lens, "promptscope.lens.whitespace"),
    [commands.toggleLineCounts]: () => toggle(lens, "promptscope.lens.lineCounts"),
  };
}

/** Bands, boundaries, off, and round again. */
async function cycle(lens: TokenLens): Promise<void> {
  if (!lens.on) {
    await changeSetting("promptscope.lens.mode", "bands");
    await lens.turn(true);
  } else if (setting("promptscope.lens.mode") === "bands") await changeSetting("promptscope.lens.mode", "boundaries");
  else await lens.turn(false);
}

async function toggle(
  lens: TokenLens,
  part: "promptscope.lens.whitespace" | "promptscope.lens.lineCounts",
): Promise<void> {
  const show = !lens.on || !setting(part);
  await changeSetting(part, show);
  if (!lens.on) await lens.turn(true);
}
