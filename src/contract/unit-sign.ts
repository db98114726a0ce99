/** Units as people read them. Packs and simulators write units in plain letters (`degC`, `m3/h`, `1` for a bare ratio); everything that is shown or printed goes through here. */
const UNIT_SIGNS: Readonly<Record<string, string>> = { 'degC': '℃', 'degC/min': '℃/min', 'm3/h': 'm³/h', 'Nm3/h': 'Nm³/h', 'm3': 'm³', 'Nm3/m3': 'Nm³/m³', '1': '', '-': '', 'h2o': 'H₂O' };

/** A unit without a sign of its own stands as it is; none is nothing. */
export const unitSign = (unit: string | undefined): string => (unit === undefined ? '' : Object.hasOwn(UNIT_SIGNS, unit) ? (UNIT_SIGNS[unit] ?? unit) : unit);
