import { expect, it } from "vitest";
import { ChatText, ownTemplate } from "../../../src/panels/inspector/chatText";
import type { InspectorServices } from "../../../src/panels/inspector/inspectorServices";
import type { OwnTemplate } from "../../../src/tokens/chatCounts";
import { shipped } from "../editor/texts";

const chat: OwnTemplate = {
  template: "{{ bos_token }}{% for message in messages %}[{{ message.role }}]{{ message.content }}{% endfor %}",
  bosToken: "<s>",
  eosToken: "</s>",
};

/** The panel's chat with an encoding of OpenAI's, under its own name or as one that a person added. */
async function rendered(added?: { readonly name: string; readonly chat?: OwnTemplate }): Promise<ChatText> {
  const tokenizer = Object.create(await shipped(), added ? { name: { value: added.name } } : {});
  const services = {
    tokenizers: {
      load: async () => tokenizer,
      resolution: () => ({ tokenizer: tokenizer.name, kind: "exact" }),
    },
    added: { get: (name: string) => (name === added?.name ? added : undefined) },
  };
  const text = new ChatText(services as unknown as InspectorServices);
  text.set({ template: ownTemplate, messages: [{ role: "user", content: "Hi" }], prompt: true, fromFile: false });
  await text.render(tokenizer.name, undefined, 0);
  return text;
}

it("renders an added tokenizer's chats with the template of its own file", async () => {
  const { tokens, summary } = await rendered({ name: "mine", chat });
  expect(tokens?.slice(0, tokens.length)).toBe("<s>[user]Hi");
  expect(summary?.estimate).toBeNull();
});

it("says whose rule counts where no template is known", async () => {
  expect((await rendered({ name: "mine" })).summary?.estimate).toContain("No chat template is known for mine");
  expect((await rendered()).summary?.estimate).toContain("OpenAI publishes no chat template");
});
