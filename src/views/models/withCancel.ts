import { type Progress, ProgressLocation, window } from "vscode";

/** Work with a notification that can end it; undefined when it was ended. What fails otherwise rejects. */
export function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, progress: Progress<{ message?: string; increment?: number }>) => Promise<T>,
): Thenable<T | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    try {
      return await work(stop.signal, progress);
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      throw error;
    }
  });
}
