/** All that a command sees of the machine it runs on, so that tests can stand in for it. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody sits there who can answer questions. */
  readonly interactive: boolean;
  readonly asker: () => Promise<Asker>;
  /** An ISO date. */
  readonly now: () => string;
  readonly newId: () => string;
  /** Calls `cancel` when somebody wants the command to end; what it returns takes that back. */
  readonly onInterrupt: (cancel: () => void) => () => void;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** Puts questions; each is answered with null where whoever is asked wants to stop. */
export interface Asker {
  text(question: string, options: TextQuestion): Promise<string | null>;
  confirm(question: string, initial: boolean): Promise<boolean | null>;
}

interface TextQuestion {
  /** The answer of whoever types nothing. */
  readonly initial: string;
  /** What is wrong with an answer; null where nothing is. */
  readonly check: (answer: string) => string | null;
}
