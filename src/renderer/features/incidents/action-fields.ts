/** Between the fields of the form and the request for a corrective action. */
type Fields = Readonly<Record<string, string>>;

export const PROCEDURE_CHOSEN = 'yes';
const PREFIX = 'procedure.';
export const procedureField = (id: string): string => `${PREFIX}${id}`;

/** The choice that is no incident; ids of incidents are never empty. */
export const NO_INCIDENT = '-';
export const incidentOf = (chosen: string): string | null => (chosen === NO_INCIDENT ? null : chosen);

export const chosenProcedures = (fields: Fields): string[] => Object.entries(fields).filter(([name, value]) => name.startsWith(PREFIX) && value === PROCEDURE_CHOSEN).map(([name]) => name.slice(PREFIX.length)).sort();
