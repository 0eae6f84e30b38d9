/** Text as tokens bring it, bytes of unfinished characters kept back until they are whole. */
export class TextStream {
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  push(bytes: Uint8Array): string {
    return this.decoder.decode(bytes, { stream: true });
  }

  /** What was kept back, as U+FFFD. */
  end(): string {
    return this.decoder.decode();
  }
}
