/** What the documentation calls things, by edition and language surface. */

export const TRIGGER_TYPE = 'AssistantSkillTrigger';
export const DEFAULT_MODEL = 'gpt-3.5-turbo';

const DIRECTIONS = { '2024-04-14': 'out', '2025-05-15': 'in' };

const PASCAL = ['FunctionName', 'FunctionDescription', 'ParameterDescriptionJson'];
const CAMEL = ['functionName', 'functionDescription', 'parameterDescriptionJson'];
const WHOLE_BINDING = ['type', 'direction', 'name', ...CAMEL];

/**
 * For each surface what its attribute, annotation or decorator is called, if it has one, and how its parameters are
 * spelled.
 */
const TABLES = {
  '2024-04-14': {
    'csharp-isolated': ['AssistantSkillTriggerInput', [...PASCAL, 'Model']],
    'csharp-inprocess': ['AssistantSkillTrigger', [...PASCAL, 'Model']],
    java: ['AssistantSkillTrigger', ['name', ...PASCAL, 'Model']],
    javascript: [undefined, WHOLE_BINDING],
    typescript: [undefined, WHOLE_BINDING],
    powershell: [undefined, WHOLE_BINDING],
    python: [
      'assistant_skill_trigger',
      ['function_name', 'function_description', 'parameter_description_json', 'model'],
    ],
  },
  '2025-05-15': {
    'csharp-isolated': ['AssistantSkillTrigger', PASCAL],
    'csharp-inprocess': ['AssistantSkillTrigger', PASCAL],
    java: ['AssistantSkillTrigger', ['name', ...CAMEL]],
    javascript: [undefined, WHOLE_BINDING],
    typescript: [undefined, WHOLE_BINDING],
    powershell: [undefined, WHOLE_BINDING],
    python: ['generic_trigger', ['function_name', 'function_description', 'parameterDescriptionJson']],
  },
};

export const EDITIONS = Object.keys(TABLES);
export const SURFACES = Object.keys(TABLES['2024-04-14']);

/** Look up a surface: `construct`, `direction`, `parameters`, and whether a declaration is the whole binding. */
export function findSurface(edition, surface) {
  const [construct, parameters] = TABLES[edition][surface];
  return { construct, parameters, direction: DIRECTIONS[edition], isBinding: surface === 'powershell' };
}

const FIELDS = new Map([...WHOLE_BINDING, 'model'].map((field) => [letters(field), field]));

/** Give function.json's name of a parameter in any spelling: `function_name` and `FunctionName` give `functionName`. */
export function fieldOf(parameter) {
  return FIELDS.get(letters(parameter));
}

function letters(word) {
  return word.replaceAll('_', '').toLowerCase();
}
