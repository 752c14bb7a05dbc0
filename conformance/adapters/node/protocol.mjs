/**
 * The protocol of the conformance suite, from an adapter's side: JSON-RPC 2.0, one message a line, over standard
 * input and output, in both directions. An adapter in Node can copy this file as it is.
 */

const METHOD_NOT_FOUND = -32601; // JSON-RPC's own code
const FAILED = 1;

/**
 * Answer the suite's requests until it closes standard input, then end the process.
 *
 * `methods` maps a method's name to a function of its params, which returns the result or a promise of it, and throws
 * to answer with an error. Returns `call(method, params)`, which sends a request to the suite and promises its result.
 * `parse` and `stringify` read and write the messages; those of JSON lose the last digits of integers beyond 2^53.
 */
export function serve(methods, { parse, stringify } = JSON) {
  const waiting = new Map(); // by the id of our own request: what to do with its answer
  let lastId = 0;

  // Standard output is the protocol's alone: whatever else the program prints goes to standard error.
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);

  const send = (message) => write(`${stringify({ jsonrpc: '2.0', ...message })}\n`);

  async function answer({ id, method, params }) {
    if (!Object.hasOwn(methods, method)) {
      send({ id, error: { code: METHOD_NOT_FOUND, message: `there is no method ${method}` } });
      return;
    }
    try {
      send({ id, result: (await methods[method](params)) ?? null });
    } catch (error) {
      send({ id, error: { code: FAILED, message: String(error?.message ?? error) } });
    }
  }

  function settle({ id, result, error }) {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  }

  // Not node:readline, which also ends a line at U+2028 and U+2029; those may stand in JSON.
  let rest = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const message = parse(line);
      if (message.method === undefined) settle(message);
      else answer(message);
    }
  });
  process.stdin.on('end', () => process.exit());

  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      send({ id, method, params });
    });
}
