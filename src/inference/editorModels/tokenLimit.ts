/** Fewest characters that a token has on average in a text anyone would write; counting starts where it could matter. */
const leastCharactersPerToken = 1;

/** Ends an answer at its number of tokens for models that may not keep to it. Counting asks the model, so it is done rarely. */
export class TokenLimit {
  /** Characters before which the limit cannot be reached. */
  private nextLook: number;

  constructor(
    private readonly most: number,
    readonly count: (text: string) => Promise<number>,
  ) {
    this.nextLook = most * leastCharactersPerToken;
  }

  async reached(text: string): Promise<boolean> {
    if (text.length < this.nextLook) return false;
    const left = this.most - (await this.count(text));
    this.nextLook = text.length + Math.max(1, left) * leastCharactersPerToken;
    return left <= 0;
  }
}
