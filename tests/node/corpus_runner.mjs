/**
 * Plays exported cases against the example in Node: the smallest runner that shows that the export is enough.
 *
 *     node corpus_runner.mjs ADAPTERS CORPUS.json…
 *
 * ADAPTERS is the folder of the adapters with their packages installed. Prints one line of JSON: how many cases passed,
 * what failed, and which words of patterns were judged. It checks what the cases expect, not what the service refuses.
 */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(resolve(folder, name)));
const { FunctionApp } = await load('example/app.mjs');
const { Assistant } = await load('example/assistant.mjs');
const { parse, stringify } = await load('example/json.mjs');

const words = new Set();
const ABSENT = Symbol('absent');

// Patterns

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isText = (value) => typeof value === 'string';

function equal(a, b) {
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  return a === b || (typeof a === 'bigint' && typeof b !== 'object' && a == b);
}

const members = (value) =>
  value !== null && typeof value === 'object' ? [value, ...Object.values(value).flatMap(members)] : [value];

const tryParse = (text) => {
  try {
    return parse(text);
  } catch {
    return ABSENT;
  }
};

/** What a schema refers to or combines, itself included. */
function alternatives(root, schema) {
  if (!isObject(schema)) return [];
  const target = isText(schema.$ref)
    ? schema.$ref.split('/').slice(1).reduce((part, key) => part?.[key], root)
    : undefined;
  const parts = [target, ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => schema[key] ?? [])];
  return [schema, ...parts.flatMap((part) => alternatives(root, part))];
}

const KINDS = {
  string: isText,
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  number: (value) => typeof value === 'bigint' || typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
  null: (value) => value === null,
};

/** Tell whether a value is valid by a schema of the keywords that tools use. */
function isValid(schema, value, root = schema) {
  if (typeof schema === 'boolean') return schema;
  const by = (part, inner) => isValid(part, inner, root);
  const { type, properties = {}, required = [], additionalProperties = true } = schema;
  if (isText(schema.$ref) && !by(alternatives(root, schema)[1] ?? true, value)) return false;
  if (type !== undefined && ![type].flat().some((kind) => KINDS[kind](value))) return false;
  if (schema.enum && !schema.enum.some((one) => equal(one, value))) return false;
  if ('const' in schema && !equal(schema.const, value)) return false;
  if (schema.anyOf && !schema.anyOf.some((part) => by(part, value))) return false;
  if (schema.oneOf && schema.oneOf.filter((part) => by(part, value)).length !== 1) return false;
  if (schema.allOf && !schema.allOf.every((part) => by(part, value))) return false;
  if (Array.isArray(value)) return value.every((item) => by(schema.items ?? true, item));
  if (!isObject(value)) return true;
  return (
    required.every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, member]) => by(properties[key] ?? additionalProperties, member))
  );
}

function holds(content, result) {
  if (!isText(content)) return false;
  const whole = tryParse(content);
  const texts = [content, ...(whole === ABSENT ? [] : members(whole).filter(isText))];
  if (whole !== ABSENT && members(whole).some((member) => equal(member, result))) return true;
  return texts.some((text) => (isText(result) ? text.includes(result) : text.includes(stringify(result))));
}

const letters = (text) => text.replaceAll('_', '').toLowerCase();

const WORDS = {
  $absent: (wanted, value) => (value === ABSENT) === wanted,
  $any_case: (wanted, value) => isText(value) && value.toLowerCase() === wanted.toLowerCase(),
  $differ: ([first, ...others], value) =>
    [first, ...others].every((key) => Object.hasOwn(value, key)) &&
    others.every((key) => !equal(value[first], value[key])),
  $equals: (wanted, value) => value !== ABSENT && equal(wanted, value),
  $has_items: (name, value) => {
    const found = alternatives(value, value).flatMap((one) => alternatives(value, one.properties?.[name]));
    return found.length > 0 && found.every((one) => ![one.type].flat().includes('array') || 'items' in one);
  },
  $json: (wanted, value) => isText(value) && matches(wanted, tryParse(value)),
  $letters: (wanted, value) => isText(value) && letters(value) === letters(wanted),
  $one_of: (options, value) => options.some((option) => matches(option, value)),
  $result: (result, value) => holds(value, result),
  $schema: (schema, value) => value !== ABSENT && isValid(schema, value),
  $takes: ({ accepts = [], refuses = [] }, value) =>
    isObject(value) && accepts.every((one) => isValid(value, one)) && !refuses.some((one) => isValid(value, one)),
  $text: (_, value) => isText(value) && value.trim() !== '',
  $unordered: (wanted, value) => {
    if (!Array.isArray(value) || value.length !== wanted.length) return false;
    if (wanted.length === 0) return true;
    const [first, ...others] = wanted;
    return value.some((item, i) => matches(first, item) && WORDS.$unordered(others, value.toSpliced(i, 1)));
  },
};

function matches(pattern, value) {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) && pattern.length === value.length && pattern.every((one, i) => matches(one, value[i]))
    );
  }
  if (!isObject(pattern)) return value !== ABSENT && equal(pattern, value);
  const [word] = Object.keys(pattern);
  if (word?.startsWith('$')) {
    if (!Object.hasOwn(WORDS, word)) throw new Error(`the word ${word} is not known`);
    words.add(word);
    return WORDS[word](pattern[word], value);
  }
  return (
    isObject(value) &&
    Object.entries(pattern).every(([key, one]) => matches(one, Object.hasOwn(value, key) ? value[key] : ABSENT))
  );
}

// The scripted service

class Service {
  requests = [];
  #replies = [];
  #lasting;

  constructor() {
    this.server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const [status, body, headers] = this.#answer(request, parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(stringify(body));
    });
  }

  begin({ before, model_replies: replies, models, provider }) {
    this.requests = [];
    this.models = models;
    this.provider = provider;
    this.#replies = [...(before?.model_replies ?? []), ...replies];
    this.#lasting = undefined;
  }

  endBefore({ model_replies: replies }) {
    this.#replies = [...replies];
    this.#lasting = undefined;
  }

  beginPrompt() {
    if (this.#lasting?.fault.lasts === 'prompt') this.#lasting = undefined;
  }

  get unused() {
    return this.#replies.length;
  }

  #answer(request, body) {
    const deployment = /\/deployments\/([^/]+)\//.exec(request.url)?.[1];
    const model = this.provider === 'azure' ? decodeURIComponent(deployment) : body.model;
    this.requests.push({ model, body });
    if (this.models && !this.models.includes(model)) return [404, { error: { message: 'no such model' } }];
    const reply = this.#lasting ?? this.#replies.shift();
    if (!reply) return [400, { error: { message: 'there is no reply left' } }];
    if (reply.fault) {
      this.#lasting = reply.fault.lasts === 'once' ? undefined : reply;
      const headers = { 'retry-after-ms': String(reply.fault.retry_after_ms) };
      return [reply.fault.status, { error: { message: 'as the script says' } }, headers];
    }
    const choices = reply.choices.map(({ text, calls, refusal, finish_reason: reason }, index) => {
      const called = calls.map(({ id, ...called }) => ({ id, type: 'function', function: called }));
      const message = { role: 'assistant', content: text, refusal, ...(called.length ? { tool_calls: called } : {}) };
      return { index, message, finish_reason: reason };
    });
    return [200, { id: 'x', object: 'chat.completion', created: 0, model: String(model), choices }];
  }
}

/** A request as expectations read it. */
function readRequest({ model, body }) {
  const spoken = body.messages.filter(({ role }) => role !== 'system' && role !== 'developer');
  const names = Object.fromEntries(
    spoken.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id, function: called }) => [id, called.name])),
  );
  const answers = spoken.filter(({ role }) => role === 'tool');
  const results = Object.fromEntries(answers.map(({ tool_call_id: id, content }) => [id, content]));
  const told = Object.fromEntries(
    answers.map(({ tool_call_id: id, content }) => [id, content.replaceAll(id, '…').replaceAll(names[id], '…')]),
  );
  const tools = body.tools && Object.fromEntries(body.tools.map(({ function: one }) => [one.name, one]));
  return { model, body, messages: spoken, results, told, ...(tools ? { tools } : {}) };
}

/** Make a pattern that names the tools refuse every other tool. */
function closeTools(pattern, request) {
  if (!isObject(pattern?.tools) || Object.keys(pattern.tools)[0]?.startsWith('$')) return pattern;
  const others = Object.keys(request?.tools ?? {}).filter((name) => !Object.hasOwn(pattern.tools, name));
  return { ...pattern, tools: { ...pattern.tools, ...Object.fromEntries(others.map((n) => [n, { $absent: true }])) } };
}

// Playing

const service = new Service();
await new Promise((done) => service.server.listen(0, '127.0.0.1', done));
const host = `http://127.0.0.1:${service.server.address().port}`;

const accessOf = (provider) =>
  provider === 'azure'
    ? {
        AZURE_OPENAI_ENDPOINT: host,
        AZURE_OPENAI_KEY: 'key',
        AZURE_OPENAI_API_KEY: 'key',
        OPENAI_API_VERSION: '2024-10-21',
      }
    : { OPENAI_BASE_URL: `${host}/v1`, OPENAI_API_KEY: 'key' };

function makeApp({ edition, surface }, { provider }, { settings, skills }, invocations) {
  const app = new FunctionApp({ edition, surface, settings: { ...accessOf(provider), ...settings } });
  for (const { function: name, argument, trigger, handler } of skills) {
    let runs = 0;
    const run = async (value) => {
      invocations.push({ skill: name, argument: value });
      if (handler.raises !== null && ['every', runs++ ? 'later' : 'first'].includes(handler.raises_on)) throw new Error(handler.raises);
      return handler.echoes ? value : handler.returns;
    };
    app.declare({ name, argument, trigger, handler: run });
  }
  return app;
}

async function converse(app, prompts) {
  const assistant = new Assistant(app);
  const answers = [];
  for (const prompt of prompts) {
    service.beginPrompt();
    answers.push(await assistant.ask(prompt).catch(() => ABSENT));
  }
  return answers;
}

const bindingsOf = (app) =>
  Object.fromEntries(Object.entries(app.bindings()).map(([name, [binding]]) => [name, binding]));

function isRefused(corpus, one, skill) {
  try {
    makeApp(corpus, one, { ...one, skills: [...one.skills, skill] }, []);
    return false;
  } catch {
    return true;
  }
}

/** Play a case; returns what is wrong. */
async function play(corpus, one) {
  const { expect } = one;
  const wrong = [];
  const check = (key, value) => {
    if (key in expect && !matches(expect[key], value)) wrong.push(`${key}: ${stringify(value)?.slice(0, 300)}`);
  };
  service.begin(one);
  if (one.before) {
    await converse(makeApp(corpus, one, one.before, []), one.before.prompts);
    service.endBefore(one);
  }
  const first = service.requests.length;
  if (expect.kind === 'refusal') {
    if (!isRefused(corpus, one, expect.refused)) {
      const withRefused = { ...one, skills: [...one.skills, expect.refused] };
      const binding = bindingsOf(makeApp(corpus, one, withRefused, []))[expect.refused.function];
      if ('or_binding' in expect) check('or_binding', binding ?? ABSENT);
      else wrong.push('the declaration is not refused');
    }
    if (expect.control && isRefused(corpus, one, expect.control)) wrong.push('the control is refused');
    return wrong;
  }
  const invocations = [];
  const app = makeApp(corpus, one, one, invocations);
  check('construct', app.surface.construct ?? ABSENT);
  check('bindings', bindingsOf(app));
  check('bindings_again', bindingsOf(app));
  check('binding', Object.values(bindingsOf(app))[0]);
  if (expect.kind !== 'conversation' && !('bindings_after' in expect)) return wrong;
  const answers = await converse(app, one.prompts);
  check('bindings_after', bindingsOf(app));
  if (expect.kind !== 'conversation') return wrong;
  const requests = service.requests.slice(first).map(readRequest);
  const isList = Array.isArray(expect.requests);
  check('invocations', invocations);
  check('answers', answers);
  check('answer', answers.at(-1));
  if (isList && expect.requests.length !== requests.length) wrong.push(`${requests.length} requests`);
  if (isList && !expect.requests.every((pattern, i) => matches(closeTools(pattern, requests[i]), requests[i]))) {
    wrong.push(`requests: ${stringify(requests).slice(0, 500)}`);
  } else if (!isList) check('requests', requests);
  if (expect.error && answers.at(-1) !== ABSENT) wrong.push('no error is raised');
  if (service.unused && !answers.includes(ABSENT)) wrong.push(`${service.unused} replies are left`);
  return wrong;
}

/** Yield what is to be played: each case, and each generated scenario with each prediction of it. */
function* tasksOf(corpus) {
  yield* corpus.cases;
  for (const { id, predictions, ...scenario } of corpus.explored) {
    for (const { requirement, expect } of predictions) yield { id: `${id} ${requirement}`, ...scenario, expect };
  }
}

let passed = 0;
const failed = {};
for (const file of files) {
  const corpus = parse(readFileSync(file, 'utf8'));
  for (const task of tasksOf(corpus)) {
    const wrong = await play(corpus, task).catch((error) => [String(error?.stack ?? error)]);
    if (wrong.length) failed[`${corpus.edition} ${corpus.surface} ${task.id}`] = wrong;
    else passed++;
  }
}
process.stdout.write(`${JSON.stringify({ passed, failed, words: [...words].sort() })}\n`);
service.server.close();
service.server.closeAllConnections();
