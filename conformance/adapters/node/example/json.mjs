/** JSON with integers of any size: those that a JavaScript number cannot hold to the digit are read as BigInt. */

import { randomUUID } from 'node:crypto';

const MARK = `big-integer-${randomUUID()}:`; // no text has it by chance
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const BIG = /^-?[1-9]\d{15,}$/;
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/** Parse JSON text; throws a SyntaxError for anything else. */
export function parse(text) {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    BIG.test(token) && !Number.isSafeInteger(Number(token)) ? `"${MARK}${token}"` : token,
  );
  return JSON.parse(marked, (key, value) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
}

/** Write a value as JSON text on one line. */
export function stringify(value) {
  const text = JSON.stringify(value, (key, inner) => (typeof inner === 'bigint' ? MARK + inner : inner));
  return text.replace(MARKED, '$1');
}
