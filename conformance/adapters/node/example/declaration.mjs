/** Reads a declaration of the trigger into what function.json holds, or refuses it. */

import { DEFAULT_MODEL, TRIGGER_TYPE, fieldOf } from './surfaces.mjs';

/**
 * Read the declared parameters, spelled as the surface documents them, into fields named as in function.json.
 *
 * Throws an Error that says what is wrong. An empty text counts as absent: it is how Java's annotation says so.
 */
export function readDeclaration(trigger, surface) {
  const fields = {};
  for (const [parameter, value] of Object.entries(trigger)) {
    if (!surface.parameters.includes(parameter)) {
      throw new Error(`${parameter} is not a parameter; expected one of ${surface.parameters.join(', ')}`);
    }
    if (value === null || value === '') continue;
    if (typeof value !== 'string') throw new Error(`${parameter} is not a text: ${JSON.stringify(value)}`);
    fields[fieldOf(parameter)] = value;
  }
  const fixed = { type: TRIGGER_TYPE, direction: surface.direction };
  for (const [field, only] of Object.entries(fixed)) {
    const given = fields[field] ?? (surface.isBinding ? '' : only);
    // The Functions host compares without case.
    if (given.toLowerCase() !== only.toLowerCase()) throw new Error(`${field} is "${given}"; expected "${only}"`);
  }
  if (surface.isBinding && !fields.name) throw new Error('the binding has no name');
  if (!fields.functionDescription?.trim()) throw new Error('there is no description of the function');
  return fields;
}

/** Complete the fields to a binding; only a surface that documents the model has one, and a default for it. */
export function toBinding(fields, argument, surface) {
  const model = surface.parameters.some((parameter) => fieldOf(parameter) === 'model') ? { model: DEFAULT_MODEL } : {};
  return { type: TRIGGER_TYPE, direction: surface.direction, name: argument.name, ...model, ...fields };
}

/** Give the JSON Schema of the parameters: the declared one, or one made up from the function's argument. */
export function toParameters(fields, argument) {
  const text = fields.parameterDescriptionJson;
  if (text === undefined) {
    const items = argument.type === 'array' ? { items: {} } : {}; // OpenAI refuses an array without items
    return { type: 'object', properties: { [argument.name]: { type: argument.type, ...items } } };
  }
  const schema = JSON.parse(text);
  if (schema?.type !== 'object') throw new Error(`the parameter description is not an object schema: ${text}`);
  return schema;
}
