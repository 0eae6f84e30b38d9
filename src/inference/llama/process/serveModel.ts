import { type Channel, connect } from "../../../rpc/rpc";
import type { Engine } from "../../engine";
import type { LlamaEngine } from "../runtime/llamaEngine";
import type { LlamaHooks, LoadLlamaEngine } from "../runtime/loadOptions";
import type { SurveyMemory } from "../runtime/surveyMemory";
import { type Answer, hostContract, processContract, type Request } from "./contract";
import { outcomeOf } from "./outcome";
import { PartSender } from "./partSender";

interface Call {
  readonly sender: PartSender;
  readonly abort: AbortController;
}

/**
 * Serves one model over a channel: the process's side of the contract.
 * @param report told of messages that were refused and of errors nobody waits for
 */
export function serveModel(
  runtime: { readonly load: LoadLlamaEngine; readonly survey: SurveyMemory },
  channel: Channel,
  log: Required<LlamaHooks>["onLog"],
  report: (error: Error) => void,
): void {
  let engine: LlamaEngine | undefined;
  const calls = new Map<number, Call>();

  const host = connect(
    processContract,
    {
      load: (options) =>
        outcomeOf(async () => {
          engine = await runtime.load(options, {
            onProgress: (fraction) => host.tell("progress", fraction),
            onRunning: (running) => host.tell("running", running),
            onLog: log,
          });
          return { model: engine.model, capabilities: engine.capabilities, running: engine.running() };
        }, "loadFailed"),

      async ask(id, request) {
        const abort = new AbortController();
        const sender = new PartSender((part) => host.tell("part", id, part), abort.signal);
        calls.set(id, { sender, abort });
        const outcome = await outcomeOf(async () => {
          if (!engine) throw new Error("No model is loaded.");
          return run(engine, request, sender, abort.signal);
        }, "crashed");
        sender.flush();
        calls.delete(id);
        return { parts: sender.sent, outcome };
      },

      survey: (gpu) => outcomeOf(() => runtime.survey(gpu, { onLog: log }), "loadFailed"),
      cancel: (id) => calls.get(id)?.abort.abort(),
      took: (id, parts) => calls.get(id)?.sender.took(parts),
      ping: () => undefined,
    },
    hostContract,
    channel,
    report,
  );
}

async function run(engine: Engine, request: Request, sender: PartSender, signal: AbortSignal): Promise<Answer> {
  const { kind } = request;
  switch (kind) {
    case "tokenize": {
      const { tokens, text } = await engine.tokenize(request.text, request.options, signal);
      await sender.list("tokens", tokens);
      return { kind, text };
    }
    case "render": {
      const { tokens, text } = await engine.render(request.prompt, signal);
      await sender.list("tokens", tokens);
      return { kind, text };
    }
    case "score": {
      const { prompt, tokens, from } = await engine.score(request.prompt, request.options, signal);
      await sender.list("tokens", prompt.tokens);
      await sender.list("scores", tokens);
      return { kind, text: prompt.text, from };
    }
    case "next": {
      const { top, ...rest } = await engine.next(request.prompt, request.options, signal);
      await sender.list("alternatives", top);
      return { kind, rest };
    }
    case "sample": {
      for await (const event of engine.sample(request.request, signal)) await sender.event(event);
      return { kind };
    }
  }
}
