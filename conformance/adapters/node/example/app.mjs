/** A function app: the functions that are declared as skills, their bindings, and the tools that they become. */

import { parse, stringify } from './json.mjs';
import { readDeclaration, toBinding, toParameters } from './declaration.mjs';
import { DEFAULT_MODEL, findSurface } from './surfaces.mjs';

const NAME_FOR_OPENAI = /^[a-zA-Z0-9_-]{1,64}$/;

export class FunctionApp {
  #skills = new Map(); // by the name for the model, in lower case

  constructor({ edition, surface, settings }) {
    this.settings = settings;
    this.surface = findSurface(edition, surface);
  }

  /** Declare a skill: `name` is the function's own. Throws an Error to refuse it. */
  declare({ name, argument, trigger, handler }) {
    const fields = readDeclaration(trigger, this.surface);
    const toolName = this.#resolve(fields.functionName ?? name);
    if (!NAME_FOR_OPENAI.test(toolName)) throw new Error(`OpenAI takes no function of the name "${toolName}"`);
    const taken = [...this.#skills.values()].some((skill) => skill.name.toLowerCase() === name.toLowerCase());
    if (taken || this.#skills.has(toolName.toLowerCase())) throw new Error(`there is a function ${toolName} already`);
    this.#skills.set(toolName.toLowerCase(), {
      name,
      handler,
      argument: argument.name,
      model: fields.model && this.#resolve(fields.model),
      binding: toBinding(fields, argument, this.surface),
      tool: {
        type: 'function',
        function: {
          name: toolName,
          description: fields.functionDescription,
          parameters: toParameters(fields, argument),
        },
      },
    });
  }

  /** Map each function's name to its bindings, as function.json holds them. */
  bindings() {
    return Object.fromEntries([...this.#skills.values()].map(({ name, binding }) => [name, [binding]]));
  }

  /** The tools of a chat request, in the order of declaration. */
  get tools() {
    return [...this.#skills.values()].map(({ tool }) => tool);
  }

  /** The chat model, or on Azure OpenAI the deployment: the first that a skill names. */
  get model() {
    return [...this.#skills.values()].find(({ model }) => model)?.model ?? DEFAULT_MODEL;
  }

  /** Run the skill that the model calls, and word the answer for the model; never throws. */
  async answer({ name, arguments: text }) {
    const skill = this.#skills.get(name.toLowerCase());
    if (!skill) return `There is no function ${name}.`;
    let values;
    try {
      values = parse(text);
    } catch {
      return `The call of ${name} failed: its arguments are not JSON.`;
    }
    if (values === null || typeof values !== 'object' || Array.isArray(values)) {
      return `The call of ${name} failed: its arguments are not a JSON object.`;
    }
    try {
      const given = Object.hasOwn(values, skill.argument) ? values[skill.argument] : null;
      const result = await skill.handler(given);
      return result === null ? `${name} is done.` : stringify(result);
    } catch {
      return `The call of ${name} failed: the function threw an error.`;
    }
  }

  /** Replace each %SETTING% by the value of that setting, as the Functions host does. */
  #resolve(text) {
    return text.replace(/%([^%]+)%/g, (whole, setting) => {
      if (!Object.hasOwn(this.settings, setting)) throw new Error(`there is no setting ${setting}`);
      return this.settings[setting];
    });
  }
}
