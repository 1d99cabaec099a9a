/** One value, put in by its name. */
export interface TextField {
  readonly kind: 'text';
  readonly says: string;
  readonly example: string;
}

/** True or false, for `if` and `unless` alone. */
export interface FlagField {
  readonly kind: 'flag';
  readonly says: string;
}

/** A list of values, each of them `this` inside `each`. */
export interface TextsField {
  readonly kind: 'texts';
  readonly says: string;
  readonly example: string;
}

/** A list of rows, each with values of its own inside `each`. */
export interface RowsField<Row = Readonly<Record<string, unknown>>> {
  readonly kind: 'rows';
  readonly says: string;
  readonly row: { readonly [Name in keyof Row]-?: TextField };
}

export type Field = TextField | FlagField | TextsField | RowsField;

/** Every field that a template may name. */
export type Fields = Readonly<Record<string, Field>>;

/**
 * The one definition that fits what a renderer hands to its template: a field that is missing here,
 * is there no more, or has become a list does not compile.
 */
export type FieldsOf<Handed> = { readonly [Name in keyof Handed]-?: FieldOf<Handed[Name]> };

type FieldOf<Value> = [Value] extends [string | number]
  ? TextField
  : [Value] extends [boolean]
    ? FlagField
    : [Value] extends [readonly (infer Item)[]]
      ? [Item] extends [string | number]
        ? TextsField
        : RowsField<Item>
      : never;

export function text(says: string, example: string): TextField {
  return { kind: 'text', says, example };
}

export function flag(says: string): FlagField {
  return { kind: 'flag', says };
}

export function texts(says: string, example: string): TextsField {
  return { kind: 'texts', says, example };
}

export function rows<Row extends Readonly<Record<string, TextField>>>(says: string, row: Row) {
  return { kind: 'rows', says, row } as const;
}

/** A field by its own name; what every object inherits is no field. */
export function fieldNamed(fields: Fields, name: string): Field | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}
