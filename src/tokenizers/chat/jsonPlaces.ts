/** A value's place in JSON text, UTF-16 offsets. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

const SPACE = /[\s,:]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const PRIMITIVE = /[^\s,:[\]{}"]+/y;

/** Places of the elements of the array that begins at `start`. The text is valid JSON (JSON.parse has read it). */
export function elementPlaces(text: string, start: number): Place[] {
  const places: Place[] = [];
  for (let at = skip(SPACE, text, start + 1); text[at] !== "]"; at = skip(SPACE, text, at)) {
    const end = valueEnd(text, at);
    places.push({ start: at, end });
    at = end;
  }
  return places;
}

/** Places of the values of the object that begins at `start`, by key; of a repeated key the last, as JSON.parse has it. */
export function propertyPlaces(text: string, start: number): Map<string, Place> {
  const places = new Map<string, Place>();
  for (let at = skip(SPACE, text, start + 1); text[at] !== "}"; at = skip(SPACE, text, at)) {
    const keyEnd = skip(STRING, text, at);
    const valueStart = skip(SPACE, text, keyEnd);
    const end = valueEnd(text, valueStart);
    places.set(JSON.parse(text.slice(at, keyEnd)) as string, { start: valueStart, end });
    at = end;
  }
  return places;
}

/** Where the first value of `text` begins, from `start` on. */
export function valueStart(text: string, start: number): number {
  return skip(SPACE, text, start);
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return skip(STRING, text, start);
  if (text[start] !== "{" && text[start] !== "[") return skip(PRIMITIVE, text, start);
  let depth = 0;
  for (let at = start; ; ) {
    const character = text[at];
    if (character === undefined) return text.length;
    if (character === '"') {
      at = skip(STRING, text, at);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
    at++;
  }
}

/** End of what the sticky `pattern` matches at `at`; one further where it matches nothing, so that no loop hangs. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at + 1;
}
