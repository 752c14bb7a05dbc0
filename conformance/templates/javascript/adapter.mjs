/**
 * Connects a framework to the assistant skill trigger conformance suite.
 *
 *     python -m conformance smoke 'exec:node adapter.mjs'      does the adapter work?
 *     pytest --impl='exec:node adapter.mjs'                    does the framework conform?
 *
 * It works as it is, in place of a framework. Put yours in where it says FILL IN.
 */

import { serve } from './protocol.mjs';

const apps = new Map(); // by the number that create_app returned
let lastApp = 0;

const callSuite = serve({
  initialize: () => ({
    name: 'my-framework', // FILL IN
    version: '0.0.0', // FILL IN
    surfaces: ['javascript'],
    capabilities: ['bindings'], // FILL IN: and 'ask', if the framework talks to the model itself
  }),

  // A fresh, empty app for each case.
  create_app({ edition, surface, environment }) {
    // FILL IN: make an app of the framework; `environment` holds its settings (process.env does not).
    apps.set(++lastApp, { skills: [], direction: edition === '2024-04-14' ? 'out' : 'in' });
    return { app: lastApp };
  },

  // Declare a skill; throw anything to refuse it.
  add_skill({ app, skill }) {
    // FILL IN: declare `handler` with skill.trigger, the documented parameters as the surface spells them.
    if (!('functionDescription' in skill.trigger)) throw new Error(`${skill.name} needs a functionDescription`);
    // The message must have an argument: null where there is none, since JSON.stringify leaves out what is undefined.
    const handler = (argument) => callSuite('invoke_skill', { app, name: skill.name, argument });
    apps.get(app).skills.push({ ...skill, handler });
  },

  // Each function's name with its bindings, as function.json holds them.
  bindings({ app }) {
    // FILL IN: return what the framework tells the Functions host, or remove the capability.
    const { skills, direction } = apps.get(app);
    return Object.fromEntries(
      skills.map(({ name, trigger, argument }) => [
        name,
        [{ name: argument.name, ...trigger, type: 'AssistantSkillTrigger', direction }],
      ]),
    );
  },

  // Post a user's message, run the skills that the model calls, and reply with the model's final text.
  async ask({ app, message }) {
    // FILL IN: and name the capability above.
    throw new Error(`nothing answers ${message} in app ${app}`);
  },

  close_app({ app }) {
    apps.delete(app);
  },
});
