import type { TextFile } from './git.ts';

/** A push with one file more, whose type error fails verification whatever else the push holds. */
export function breakPush(module: string, files: readonly TextFile[]): readonly TextFile[] {
  const path = `src/modules/${module}/broken.ts`;
  return [...files, { path, content: "export const broken: number = 'a type error';\n" }];
}
