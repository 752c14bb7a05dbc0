/** The conversation: the user's prompts, the model's replies, and the calls of skills in between. */

import { AzureOpenAI, OpenAI } from 'openai';

const MAX_ROUNDS = 25;

export class Assistant {
  #app;
  #client;
  #messages = [];

  constructor(app) {
    this.#app = app;
  }

  /**
   * Post a prompt, run the skills that the model calls, and return its final text.
   *
   * Throws if the service fails. The history is then what it was before: a call that is left without an answer would
   * have every later request refused.
   */
  async ask(prompt) {
    const turn = [{ role: 'user', content: prompt }];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const { content, tool_calls: calls } = await this.#complete([...this.#messages, ...turn]);
      if (!calls?.length) {
        turn.push({ role: 'assistant', content: content ?? '' });
        this.#messages.push(...turn);
        return content ?? '';
      }
      turn.push({ role: 'assistant', content, tool_calls: calls });
      for (const { id, function: called } of calls) {
        turn.push({ role: 'tool', tool_call_id: id, content: await this.#app.answer(called) });
      }
    }
    throw new Error(`the model still calls functions after ${MAX_ROUNDS} rounds`);
  }

  async #complete(messages) {
    this.#client ??= connect(this.#app.settings);
    const tools = this.#app.tools.length ? { tools: this.#app.tools } : {}; // OpenAI refuses an empty list
    const completion = await this.#client.chat.completions.create({ model: this.#app.model, messages, ...tools });
    return completion.choices[0].message;
  }
}

/** Make the client for OpenAI or Azure OpenAI, as the settings say; null keeps process.env out. */
function connect(settings) {
  if (settings.AZURE_OPENAI_ENDPOINT) {
    return new AzureOpenAI({
      endpoint: settings.AZURE_OPENAI_ENDPOINT,
      apiKey: settings.AZURE_OPENAI_API_KEY,
      apiVersion: settings.OPENAI_API_VERSION,
      baseURL: null,
      organization: null,
      project: null,
    });
  }
  return new OpenAI({
    apiKey: settings.OPENAI_API_KEY,
    baseURL: settings.OPENAI_BASE_URL ?? null,
    organization: null,
    project: null,
  });
}
