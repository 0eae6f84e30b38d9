import type { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { type Channel, type Contract, connect, type Functions, type Remote } from "../../rpc/rpc";

/** The two halves of what a panel and its host say to each other. */
export interface PanelContracts<Host extends Contract, Panel extends Contract> {
  readonly host: Host;
  readonly panel: Panel;
}

/**
 * Connects a webview with the session that `make` makes of it. `functions` answer the webview's calls, by the session that is
 * there when they come.
 */
export function connectSession<Host extends Contract, Panel extends Contract, Session>(
  { host, panel }: PanelContracts<Host, Panel>,
  functions: (session: () => Session) => Functions<Host>,
  make: (remote: Remote<Panel>) => Session,
  place: { readonly channel: Channel; readonly store: DisposableStore; readonly log: Log; readonly name: string },
): Session {
  const { channel, store, log, name } = place;
  const remote = connect(
    host,
    functions(() => session),
    panel,
    channel,
    (error) => log.error(name, error),
  );
  const session = make(remote);
  store.add({ dispose: () => remote.close() });
  return session;
}
