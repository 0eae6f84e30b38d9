/**
 * What the panel of every experiment and its host say to each other, to be spread into their contracts; a contract adds
 * what is its own. Calls that not all panels have stand in objects of their own.
 */
import * as v from "valibot";

const nothing = v.optional(v.null());
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** From setup to run, and the run's course. Changes come back through `update`, errors as `problem`. */
export const runCalls = {
  undoSetup: { args: v.tuple([]), result: nothing },
  /** Takes the settings of the run that is shown. */
  useRunsSetup: { args: v.tuple([]), result: nothing },

  /** Starts a new run of the setup. */
  run: { args: v.tuple([]), result: nothing },
  /** Stops asking; what came is kept, and `goOn` asks for the rest. */
  pause: { args: v.tuple([]), result: nothing },
  /** Ends the run with what came. */
  stop: { args: v.tuple([]), result: nothing },
  goOn: { args: v.tuple([]), result: nothing },
  /** Leaves the run that is shown; the setup stays. */
  startOver: { args: v.tuple([]), result: nothing },

  /** A saved run in its file's own editor; null asks which. */
  openRun: { args: v.tuple([v.nullable(v.string())]), result: nothing },
  /** The run's file in a text editor. */
  revealFile: { args: v.tuple([]), result: nothing },

  /** Ends what `busy` says. */
  cancel: { args: v.tuple([]), result: nothing },
  /** Does again what failed, loading the model anew where it has to. */
  retry: { args: v.tuple([]), result: nothing },
  manageTrust: { args: v.tuple([]), result: nothing },
  showLog: { args: v.tuple([]), result: nothing },
} as const;

/** Of runs that are exported as they are. */
export const exportCalls = {
  exportRun: { args: v.tuple([v.picklist(["csv", "json", "markdown"])]), result: nothing },
} as const;

/** Of panels whose texts are copied. */
export const copyCalls = {
  copyText: { args: v.tuple([v.pipe(v.string(), v.maxLength(1_000_000))]), result: nothing },
} as const;

/** Of a list of any length, whose rows are asked for in windows. */
export function listCalls<Filter extends v.GenericSchema, Row extends v.GenericSchema>(filter: Filter, row: Row) {
  return {
    setList: { args: v.tuple([v.object({ filter, query: v.pipe(v.string(), v.maxLength(1000)) })]), result: nothing },
    rows: {
      args: v.tuple([v.object({ from: natural, count: v.pipe(natural, v.maxValue(500)) })]),
      result: v.object({ version: natural, total: natural, rows: v.array(row) }),
    },
    /** The row (from 0) of a question in the filtered list; null when it is not in it. */
    rowOf: { args: v.tuple([v.string()]), result: v.nullable(natural) },
  } as const;
}

/** An answer's tokens, and as many log-probabilities (natural); null where the model gave none. */
export const answerTokens = v.object({ tokens: v.array(v.string()), logProbs: v.array(v.nullable(v.number())) });

/** What a panel remembers over a reload: the host's part as it was told, and the view's own, opaque to the host. */
export function panelStateOf<Setup extends v.GenericSchema>(setup: Setup) {
  return v.object({ version: v.literal(1), ...hostsPart(setup).entries, view: v.unknown() });
}

/** The panel is ready. The whole state follows by `update`. */
export function startCall<Setup extends v.GenericSchema>(setup: Setup) {
  return { args: v.tuple([hostsPart(setup)]), result: nothing } as const;
}

/** What `panelStateOf` shall remember. */
export function rememberCall<Setup extends v.GenericSchema>(setup: Setup) {
  return { args: v.tuple([hostsPart(setup)]), result: nothing } as const;
}

function hostsPart<Setup extends v.GenericSchema>(setup: Setup) {
  return v.object({
    /** Uri of the run that is shown; null before one. For a file's editor always null. */
    run: v.nullable(v.string()),
    setup: v.nullable(setup),
  });
}
