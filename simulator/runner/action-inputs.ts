/** The inputs a step gives an action, by their names in lower case. */
export type ActionInputs = Readonly<Record<string, string>>;

/** An input, or what stands for it where it is missing or empty. */
export function inputOr(inputs: ActionInputs, name: string, fallback: string): string {
  const value = inputs[name];
  return value === undefined || value === '' ? fallback : value;
}
