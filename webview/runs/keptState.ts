import * as v from "valibot";

/** The host's part of what a panel remembers over a reload. */
export interface HostsPart<Setup> {
  readonly run: string | null;
  readonly setup: Setup | null;
}

export interface Restored<Setup, View> {
  readonly host: HostsPart<Setup>;
  readonly view: View;
}

/** What VS Code kept of a panel; first values where there is nothing or it is of another version. */
export function restoredState<Setup, View>(
  kept: unknown,
  panelState: v.GenericSchema<unknown, HostsPart<Setup> & { view: unknown }>,
  view: v.GenericSchema<unknown, View>,
  firstView: View,
): Restored<Setup, View> {
  const state = v.safeParse(panelState, kept);
  if (!state.success) return { host: { run: null, setup: null }, view: firstView };
  const { run, setup, view: own } = state.output;
  const parsed = v.safeParse(view, own);
  return { host: { run, setup }, view: parsed.success ? parsed.output : firstView };
}

/** What VS Code is to keep; `panelStateOf` checks it when it comes back. */
export function keepable<Setup, View>({ run, setup }: HostsPart<Setup>, view: View) {
  return { version: 1, run, setup, view } as const;
}
