/** What a command may touch of the outside: two streams and a folder. Tests hand in their own. */
export interface CommandIo {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly cwd: string;
}

export const EXIT_DONE = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_WRONG_CALL = 2;
