/** What a command may touch of the outside: two streams and a folder. Tests hand in their own. */
export interface CommandIo {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly cwd: string;
  /** Settles when what was given to stdout has gone out; long output waits for it, so that a slow pipe does not fill memory. */
  readonly drained?: () => Promise<void>;
  /** Somebody sees stderr: progress may be shown on it. */
  readonly isTerminal?: boolean;
}

export const EXIT_DONE = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_WRONG_CALL = 2;
/** A fault of the program itself, as sysexits.h has it (EX_SOFTWARE): neither findings nor a wrong call, so that a script does not take it for either. */
export const EXIT_UNFORESEEN = 70;
/** Ended by Ctrl-C, as shells have it: 128 + SIGINT. */
export const EXIT_CANCELLED = 130;
