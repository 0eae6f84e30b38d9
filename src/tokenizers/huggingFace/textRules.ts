/**
 * What happens to text before it is cut into pieces, and around added tokens, where a vocabulary asks for more than the
 * engine does by itself. Plain data: it travels in the packed vocabulary's header.
 */
export interface TextRules {
  /** Text is normalised to NFC. */
  readonly nfc?: boolean;
  /** U+2581 in the text counts as a space; the vocabulary's tokens hold spaces in its place. */
  readonly lowLineIsSpace?: boolean;
  readonly spacePrefix?: SpacePrefix;
  /** Added tokens that take white space along or must stand alone. */
  readonly addedTokenFlags?: readonly AddedTokenFlags[];
}

/** Puts a space before text: at its start and after every added token. */
export interface SpacePrefix {
  /** Not where the text begins with a space already. */
  readonly unlessThere: boolean;
  /** At the very start only. */
  readonly startOnly: boolean;
}

export interface AddedTokenFlags {
  readonly content: string;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly singleWord: boolean;
}

/** Whether the rules ask for nothing, so that the engine can be used as it is. */
export function areEmpty(rules: TextRules): boolean {
  return !rules.nfc && !rules.lowLineIsSpace && rules.spacePrefix === undefined && !rules.addedTokenFlags?.length;
}
