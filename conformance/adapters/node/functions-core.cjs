/**
 * Stands in for @azure/functions-core, the module that the Functions worker gives to @azure/functions, and records
 * what is registered. Load it before @azure/functions, whose first registration looks for that module.
 *
 * CommonJS, because that is what @azure/functions asks in.
 */

'use strict';

const Module = require('node:module');

/** What is told of each function: its name, and its bindings as the worker hands them to the host. */
let record = () => {};

const core = {
  version: '4.0.0',
  setProgrammingModel() {},
  registerFunction({ name, bindings }) {
    // The worker names each binding by its key, as nodejs-worker's src/coreApi/registerFunction.ts does.
    record(name, Object.entries(bindings).map(([key, binding]) => ({ ...binding, name: key })));
    return new core.Disposable();
  },
  registerHook() {
    return new core.Disposable();
  },
  log() {},
  Disposable: class {
    dispose() {}
  },
};

const load = Module._load;
Module._load = function (request, ...others) {
  return request === '@azure/functions-core' ? core : load.call(this, request, ...others);
};

/** Have every function that is registered from now on told to `listener(name, bindings)`. */
exports.listen = (listener) => {
  record = listener;
};
