/** Which procedure stands on the paper: the open one, unless another was asked for. */
import { createContext, useContext } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';

export type Printing = { print: (procedure: ProcedureView) => void };
export const PrintingContext = createContext<Printing>({ print: () => undefined });
export const usePrinting = (): Printing => useContext(PrintingContext);
