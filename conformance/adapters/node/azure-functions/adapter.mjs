/**
 * Judges the npm package @azure/functions: pytest --impl='exec:node azure-functions/adapter.mjs'
 *
 * The package declares functions and leaves the conversation to the Functions host: bindings only. It has no helper
 * for the assistant skill trigger, so the adapter declares as the extension's samples do, by a generic trigger.
 */

import { createRequire } from 'node:module';

import { listen } from '../functions-core.cjs';
import { serve } from '../protocol.mjs';

const require = createRequire(import.meta.url);
const { app, trigger } = require('@azure/functions');
const { version } = require('@azure/functions/package.json');

const apps = new Map(); // by number, each a map: function name -> bindings
let lastApp = 0;

serve({
  initialize: () => ({
    name: 'azure-functions-node',
    version,
    surfaces: ['javascript', 'typescript'],
    capabilities: ['bindings'],
  }),

  create_app() {
    apps.set(++lastApp, new Map());
    return { app: lastApp };
  },

  add_skill({ app: number, skill }) {
    listen((functionName, bindings) => apps.get(number).set(functionName, bindings));
    app.generic(skill.name, {
      trigger: trigger.generic({ type: 'assistantSkillTrigger', name: skill.argument.name, ...skill.trigger }),
      handler: () => {},
    });
  },

  bindings: ({ app: number }) => Object.fromEntries(apps.get(number)),

  close_app({ app: number }) {
    apps.delete(number);
  },
});
