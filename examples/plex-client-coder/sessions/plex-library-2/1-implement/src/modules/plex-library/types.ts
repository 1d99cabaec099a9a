/** A JSON object whose fields have not been checked yet. */
export type UncheckedRecord = Readonly<Record<string, unknown>>;
