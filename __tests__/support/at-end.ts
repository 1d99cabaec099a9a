type Close = () => Promise<void>;

declare global {
  /** Here, since a test may have the modules loaded anew. */
  var closesAtEnd: Close[] | undefined;
}

/** What is to be done when the file's last test is over, or a program that uses the tests' support is. */
export function atEnd(close: Close): void {
  globalThis.closesAtEnd ??= [];
  globalThis.closesAtEnd.push(close);
}

export async function end(): Promise<void> {
  for (const close of globalThis.closesAtEnd?.splice(0) ?? []) await close();
}
