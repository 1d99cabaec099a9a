import type { Json, JsonObject } from './json.ts';
import { at, isObject, mapValues, plainText } from './json.ts';
import { typedInput } from './call-contract.ts';
import type { InputSpec } from './workflow.ts';

export type DispatchInputs =
  | { readonly kind: 'accepted'; readonly inputs: JsonObject; readonly texts: JsonObject }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The inputs of a dispatched run: `inputs` keeps booleans and numbers as such, while `texts` is what
 * the event's payload says. A dispatch GitHub's API would refuse with 422 starts nothing.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#providing-inputs
 */
export function dispatchInputs(
  specs: Readonly<Record<string, InputSpec>>,
  sent: Json,
): DispatchInputs {
  const given = isObject(sent) ? sent : {};
  const unexpected = Object.keys(given).filter((name) => !Object.hasOwn(specs, name));
  if (unexpected.length > 0) {
    return refused(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  }
  for (const [name, spec] of Object.entries(specs)) {
    const value = at(given, name) ?? spec.default;
    if (spec.required && value === null) return refused(`Required input '${name}' not provided`);
    if (spec.type === 'choice' && value !== null && !spec.options.includes(value)) {
      return refused(`Provided value '${plainText(value)}' for input '${name}' not in the list`);
    }
  }
  const inputs = mapValues(specs, (spec, name) =>
    typedInput(spec, at(given, name) ?? spec.default),
  );
  return { kind: 'accepted', inputs, texts: mapValues(inputs, plainText) };
}

function refused(reason: string): DispatchInputs {
  return { kind: 'refused', reason };
}
