import type { Field, Fields } from './field.ts';

/** Values such as a template is handed, to try it on: every list with one item, or none. */
export function sampleOf(
  fields: Fields,
  lists: 'one item' | 'empty',
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([name, field]) => [name, valueOf(field, lists)]));
}

function valueOf(field: Field, lists: 'one item' | 'empty'): unknown {
  switch (field.kind) {
    case 'text':
      return field.example;
    case 'flag':
      return lists === 'one item';
    case 'texts':
      return lists === 'empty' ? [] : [field.example];
    case 'rows':
      return lists === 'empty' ? [] : [sampleOf(field.row, lists)];
  }
}
