type DefinedOnly<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without its undefined members, which is not the same to `exactOptionalPropertyTypes`. */
export function definedOnly<T extends object>(values: T): DefinedOnly<T> {
  const kept: DefinedOnly<T> = { ...values };
  for (const key in kept) {
    if (kept[key] === undefined) Reflect.deleteProperty(kept, key);
  }
  return kept;
}
