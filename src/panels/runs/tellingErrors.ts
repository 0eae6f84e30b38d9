/** A call of a panel whose errors are said in the panel: what a person asked for and cannot have. */
export function tellingErrors(
  session: () => { complain(error: unknown): void },
): <A extends unknown[]>(act: (...args: A) => unknown) => (...args: A) => Promise<void> {
  return (act) =>
    async (...args) => {
      try {
        await act(...args);
      } catch (error) {
        session().complain(error);
      }
    };
}
