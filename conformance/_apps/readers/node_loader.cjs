/**
 * Loads an app of the Node.js programming model v4 and writes down its functions: a program, run by node.py.
 *
 * Usage: node --enable-source-maps node_loader.cjs PACKAGE_JSON FILE... ANSWER
 */

'use strict';

const { writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { isAbsolute } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');

const { listen } = require('../../adapters/node/functions-core.cjs');

const [packageJson, ...ownFiles] = process.argv.slice(2);
const answer = ownFiles.pop();

const LINE_OF_STACK = /^\s+at (?:async )?(?:.*? \()?(.+?):(\d+):\d+\)?$/gm;
const LINE_OF_SYNTAX_ERROR = /^(.+):(\d+)$/m;
const OURS = new Set([__filename, require.resolve('../../adapters/node/functions-core.cjs')]);

/** Where the app's own code stands in an error: the last caller outside packages, Node and this file. */
function originOf(error, fallback) {
  const stack = String(error?.stack);
  const places = [...stack.matchAll(LINE_OF_STACK)];
  if (error instanceof SyntaxError) places.unshift(...[stack.match(LINE_OF_SYNTAX_ERROR)].filter(Boolean));
  for (const [, place, line] of places) {
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (isAbsolute(file) && !/[\\/]node_modules[\\/]/.test(file) && !OURS.has(file)) {
      return { file, line: Number(line) };
    }
  }
  return { file: fallback, line: 1 };
}

async function load() {
  const requireFromApp = createRequire(packageJson);
  try {
    requireFromApp('@azure/functions'); // before the app does: an import would bring its own way to load modules
  } catch (error) {
    return {
      error: `@azure/functions cannot be loaded (${error.message.split('\n')[0]})`,
      expected: 'the packages of the app in node_modules: npm install',
    };
  }
  const functions = [];
  for (const file of ownFiles) {
    listen((name, bindings) => functions.push({ name, bindings, ...originOf(new Error(), file) }));
    try {
      await import(pathToFileURL(file));
    } catch (error) {
      return {
        error: `${error?.name ?? 'Error'}: ${error?.message ?? error}`,
        expected: 'a file that can be loaded',
        place: originOf(error, file),
      };
    }
  }
  return { functions };
}

load().then((value) => {
  writeFileSync(answer, JSON.stringify(value));
  process.exit(); // whatever the app left running
});
