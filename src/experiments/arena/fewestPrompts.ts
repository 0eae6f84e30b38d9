/** Votes on fewer prompts tell nothing, however they fell: five of five by chance is 6 %. */
export const fewestPrompts = 6;
