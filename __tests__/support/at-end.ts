type Close = () => Promise<void>;

const closes: Close[] = [];

/** What is to be done when the file's last test is over, or a program that uses the tests' support is. */
export function atEnd(close: Close): void {
  closes.push(close);
}

export async function end(): Promise<void> {
  for (const close of closes.splice(0)) await close();
}
