import type { Channel } from "../../src/rpc/rpc";
import { regionStep } from "./regionMessage";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** What VS Code gives a webview: a channel to the extension and a state that outlives hiding and reloading. */
export interface Host extends Channel {
  getState(): unknown;
  setState(state: unknown): void;
}

/** To be called once: VS Code hands out its API a single time. */
export function acquireHost(): Host {
  const api = acquireVsCodeApi();
  const listeners = new Map<(message: unknown) => void, (event: MessageEvent) => void>();
  return {
    post: (message) => api.postMessage(message),
    on(listener) {
      const handle = (event: MessageEvent): void => {
        // VS Code's own frame relays the extension's messages; nobody else has a reference to this window.
        if (event.origin === window.origin && regionStep(event.data) === undefined) listener(event.data);
      };
      listeners.set(listener, handle);
      window.addEventListener("message", handle);
    },
    off(listener) {
      const handle = listeners.get(listener);
      if (handle) window.removeEventListener("message", handle);
    },
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}
