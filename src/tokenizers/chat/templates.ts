/** A chat template that ships. */
export interface ChatTemplate {
  readonly name: string;
  /** For people: "Qwen 2.5". */
  readonly label: string;
  /** Jinja, as Hugging Face's `apply_chat_template` reads it. */
  readonly template: string;
  readonly bosToken: string;
  readonly eosToken: string;
  /** Why counts are an estimate; undefined where the template renders plain chats as the model's own does. */
  readonly estimate?: string;
}

const CHATML_MESSAGES =
  "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}";
const CHATML_PROMPT = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

function chatMl(name: string, label: string, defaultSystem?: string): ChatTemplate {
  const system = defaultSystem
    ? `{% if messages[0].role != 'system' %}<|im_start|>system\n${defaultSystem}<|im_end|>\n{% endif %}`
    : "";
  return { name, label, template: system + CHATML_MESSAGES + CHATML_PROMPT, bosToken: "", eosToken: "<|im_end|>" };
}

/**
 * Templates for messages of text, without tools: written anew, and held against the models' own in the tests. A model
 * from a file brings its own template.
 */
export const chatTemplates: readonly ChatTemplate[] = [
  chatMl("qwen2.5", "Qwen 2.5", "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."),
  {
    ...chatMl("qwen3", "Qwen 3"),
    estimate: "Qwen 3's own template also moves and drops the thoughts (<think>) of earlier answers.",
  },
  chatMl("smollm2", "SmolLM2", "You are a helpful AI assistant named SmolLM, trained by Hugging Face"),
  {
    name: "deepseek-v3",
    label: "DeepSeek V3",
    template:
      "{{ bos_token }}{% for message in messages if message.role == 'system' %}{% if not loop.first %}\n\n{% endif %}{{ message.content }}{% endfor %}" +
      "{% for message in messages %}{% if message.role == 'user' %}<｜User｜>{{ message.content }}" +
      "{% elif message.role == 'assistant' %}<｜Assistant｜>{{ message.content }}{{ eos_token }}{% endif %}{% endfor %}" +
      "{% if add_generation_prompt %}<｜Assistant｜>{% endif %}",
    bosToken: "<｜begin▁of▁sentence｜>",
    eosToken: "<｜end▁of▁sentence｜>",
  },
  {
    name: "mistral-nemo",
    label: "Mistral Nemo",
    // The system message goes before the last message, where that is the user's.
    template:
      "{{ bos_token }}{% for message in messages %}{% if message.role == 'user' %}[INST]" +
      "{% if loop.last and messages[0].role == 'system' %}{{ messages[0].content }}\n\n{% endif %}{{ message.content }}[/INST]" +
      "{% elif message.role == 'assistant' %}{{ message.content }}{{ eos_token }}{% endif %}{% endfor %}",
    bosToken: "<s>",
    eosToken: "</s>",
  },
  {
    name: "llama-3",
    label: "Llama 3",
    template:
      "{{ bos_token }}{% for message in messages %}<|start_header_id|>{{ message.role }}<|end_header_id|>\n\n{{ message.content | trim }}<|eot_id|>{% endfor %}" +
      "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}",
    bosToken: "<|begin_of_text|>",
    eosToken: "<|eot_id|>",
    estimate: "Llama 3.1 and later write a date and a knowledge cutoff into the system message as well.",
  },
  {
    name: "harmony",
    label: "OpenAI harmony (gpt-oss)",
    template:
      "{% for message in messages %}{% if message.role == 'assistant' %}<|start|>assistant<|channel|>final<|message|>{{ message.content }}<|end|>" +
      "{% elif message.role == 'system' %}<|start|>developer<|message|># Instructions\n\n{{ message.content }}\n\n<|end|>" +
      "{% else %}<|start|>{{ message.role }}<|message|>{{ message.content }}<|end|>{% endif %}{% endfor %}" +
      "{% if add_generation_prompt %}<|start|>assistant{% endif %}",
    bosToken: "",
    eosToken: "<|return|>",
    estimate:
      "gpt-oss's own template first writes a system message with the date, the reasoning effort and the channels.",
  },
  { ...chatMl("chatml", "ChatML"), estimate: "ChatML as many models use it; this model's own template may differ." },
];

/** The template whose special tokens a shipped tokenizer knows; undefined for OpenAI's, which are counted by rule. */
export function templateFor(tokenizerName: string): ChatTemplate | undefined {
  const name = tokenizerName === "o200k_harmony" ? "harmony" : tokenizerName;
  return chatTemplates.find((template) => template.name === name);
}
