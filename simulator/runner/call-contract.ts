import type { Json, JsonObject } from './json.ts';
import { at, plainText } from './json.ts';
import type { CallContract, CallJobSpec, InputSpec } from './workflow.ts';

/**
 * What a job gives a called workflow that it does not take, or does not give although it must; null where
 * all is well. Values that are expressions are known only when the job starts.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idwith
 */
export function contractProblem(contract: CallContract, job: CallJobSpec): string | null {
  return inputProblem(contract, job.with) ?? secretProblem(contract, job.secrets);
}

function inputProblem({ inputs }: CallContract, given: JsonObject): string | null {
  for (const [name, value] of Object.entries(given)) {
    const spec = inputs[name];
    if (spec === undefined) {
      return `Invalid input, ${name} is not defined in the referenced workflow.`;
    }
    if (!fits(spec, value)) {
      return `Invalid value '${plainText(value)}' for the input ${name}, which is a ${spec.type}.`;
    }
  }
  const missing = Object.entries(inputs).find(
    ([name, { required }]) => required && !(name in given),
  );
  return missing ? `Input ${missing[0]} is required, but not provided while calling.` : null;
}

function fits(spec: InputSpec, value: Json): boolean {
  if (typeof value === 'string' && value.includes('${{')) return true;
  if (spec.type === 'string') return typeof value !== 'object';
  return typeof value === spec.type;
}

function secretProblem({ secrets }: CallContract, given: CallJobSpec['secrets']): string | null {
  if (given === 'inherit') return null;
  const unknown = Object.keys(given).find((name) => at(secrets, name) === null);
  if (unknown !== undefined) {
    return `Invalid secret, ${unknown} is not defined in the referenced workflow.`;
  }
  const missing = Object.entries(secrets).find(
    ([name, { required }]) => required && !(name in given),
  );
  return missing ? `Secret ${missing[0]} is required, but not provided while calling.` : null;
}

/**
 * The value of an input in the called workflow's `inputs`, of the type it declares; one that is neither
 * given nor has a default is false, 0 or empty.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_callinputsinput_iddefault
 */
export function typedInput({ type }: InputSpec, value: Json): Json {
  if (type === 'boolean') return value === true || value === 'true';
  if (type === 'number') return Number(value ?? 0);
  return value === null ? '' : plainText(value);
}
