/** What the gates read of the standing authority matrix: who may sign an operation now. */
import { grantFor } from '../../authority/matrix.ts';
import type { GrantedOperation } from '../../authority/granted.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import type { Plant } from '../plant.ts';

/** `interlock`: the one that the operation is about; its criticality may decide who signs. */
export function granted(plant: Plant, operation: GrantedOperation, nowMs: number, interlock?: string): Pick<GateFacts, 'signerRoles' | 'signerPeople'> {
  const criticality = interlock === undefined ? undefined : plant.interlocks.get(interlock)?.criticality;
  const grant = grantFor(plant.pack.authority, operation, criticality === undefined ? {} : { criticality }, nowMs);
  return { signerRoles: grant?.roles ?? null, signerPeople: grant?.people ?? null };
}
