/**
 * The station's line to the instructor's endpoint of the simulator: every answer is looked at (shape, bounds) before it is believed. The simulator is
 * another program; what it says that does not fit is a failure with a reason, never a value.
 */
import { z } from 'zod';
import type { Done, InstructorDesk, Refused } from './simulator-link.ts';

export type Asked<T> = { readonly ok: true; readonly value: T } | Refused;
export const NOT_AVAILABLE = { ok: false, reason: 'the simulator cannot be reached or has not proved itself one', zh: '仿真装置无法连接，或没有证明自己是仿真装置' } as const;

/** Arguments that are objects go as JSON text. */
type Argument = string | number | object;

export class Line {
  readonly #desk: () => InstructorDesk | null;

  constructor(desk: () => InstructorDesk | null) {
    this.#desk = desk;
  }

  async ask<S extends z.ZodType>(method: string, schema: S, ...args: readonly Argument[]): Promise<Asked<z.infer<S>>> {
    const desk = this.#desk();
    if (desk === null) return NOT_AVAILABLE;
    const told = await desk.call(method, args.map((each) => (typeof each === 'object' ? JSON.stringify(each) : each)));
    if (!told.ok) return told;
    const read = schema.safeParse(told.value);
    const issue = read.error?.issues[0];
    return read.success ? { ok: true, value: read.data } : {
      ok: false, reason: `the simulator's answer to ${method} is not understood: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300), zh: `看不懂仿真装置对 ${method} 的回答：${issue?.path.join('.') ?? ''}`.slice(0, 300),
    };
  }

  async tell(method: string, ...args: readonly Argument[]): Promise<Done> {
    const asked = await this.ask(method, z.unknown(), ...args);
    return asked.ok ? { ok: true } : asked;
  }
}
