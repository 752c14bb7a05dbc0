/**
 * The adapter: all that the conformance suite sees of this implementation.
 *
 *     pytest --impl='exec:node example/adapter.mjs'
 *
 * For an implementation of your own keep this file and ../protocol.mjs, and replace what comes from ./app.mjs.
 */

import { serve } from '../protocol.mjs';
import { FunctionApp } from './app.mjs';
import { Assistant } from './assistant.mjs';
import { parse, stringify } from './json.mjs';
import { EDITIONS, SURFACES } from './surfaces.mjs';

// The suite refers to an app by what create_app returned for it, here a number.
const apps = new Map();
let lastApp = 0;

const methods = {
  initialize: () => ({
    name: 'node-example',
    version: '1.0.0',
    surfaces: SURFACES,
    editions: EDITIONS,
    capabilities: ['bindings', 'ask'],
  }),

  // A fresh, empty app for each case. The settings come in `environment`; process.env is not the app's.
  create_app({ edition, surface, environment }) {
    const app = new FunctionApp({ edition, surface, settings: environment });
    apps.set(++lastApp, { app, assistant: new Assistant(app) });
    return { app: lastApp, construct: app.surface.construct };
  },

  // Throwing refuses the skill. Its function is the suite's, and is run by asking the suite to run it.
  add_skill({ app: number, skill }) {
    const handler = (argument) => callSuite('invoke_skill', { app: number, name: skill.name, argument });
    apps.get(number).app.declare({ name: skill.name, argument: skill.argument, trigger: skill.trigger, handler });
  },

  bindings: ({ app: number }) => apps.get(number).app.bindings(),

  ask: async ({ app: number, message }) => ({ reply: await apps.get(number).assistant.ask(message) }),

  close_app({ app: number }) {
    apps.delete(number);
  },
};

// As Python, C# and Java, this example holds integers of any size.
const callSuite = serve(methods, { parse, stringify });
