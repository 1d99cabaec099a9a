/** Length in characters, as GitHub counts, not in UTF-16 units. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
