/** Where a plant's safety functions are not as the matrices of the research note have them (`note-matrices.ts`), and why. Each stands on the plant's page too. */
import type { PlantId } from '../../../simulators/machine/definition.ts';

export interface MatrixDeparture { readonly of: 'cross' | 'initiator'; readonly found: readonly string[]; readonly why: string }

export const MATRIX_DEPARTURES: Readonly<Record<PlantId, readonly MatrixDeparture[]>> = {
  'fine-chemicals': [
    { of: 'cross', found: ['I-1401 nitrogen sweep: not ordered'], why: 'C-1401 has no nitrogen valve, in the note as little as in the rules.' },
    { of: 'initiator', found: ['I-1103 without: PI-1901 below LL 1oo1', 'I-1103 with: PI-1901 below 0.24 1oo1', 'I-1202 without: SI-1205 below LL 1oo1', 'I-1202 with: SI-1205 below 100 1oo1'], why: 'The note calls them low-low and gives no figure: 0.24 MPa and 100 rpm are ours [A].' },
  ],
  'ammonium-nitrate': [
    { of: 'initiator', found: ['I-2201 with: FI-2201 below 2.6 1oo1', 'I-2201 with: FI-2202 below 17 1oo1'], why: 'Of the tag table: FI-2201 / FI-2202 "LL either: stop both"; the matrix leaves them out.' },
    {
      of: 'initiator', found: ['I-2202 without: AI-2204A,B,C below 1 2oo3', 'I-2202 with: AI-2204A,B,C below 0.999 2oo3', 'I-2202 without: AI-2212 below 1 1oo1', 'I-2202 with: AI-2212 below 0.999 1oo1'],
      why: 'Below 1.0, and 1.0 itself is not below: the transmitters resolve hundredths.',
    },
  ],
  'ammonia-synthesis': [
    { of: 'cross', found: ['I-3401 circulator and quench stopped: not ordered'], why: 'The note: "if K-3402". K-3402 has no transmitters, so I-3401 watches K-3401 only.' },
    { of: 'initiator', found: ['I-3301 with: TI-3306 above 380 1oo1', 'I-3501 with: TI-3520 above 280 1oo1'], why: 'The shells: of the tag table (TI-3520 HH 280) and ours beside it (TI-3306 [A]); the matrix names the beds.' },
  ],
  h2o2: [
    { of: 'cross', found: ['I-4210 extraction isolated: ordered'], why: 'I-4210 is a full trip like the other three: peroxide without its acid is not left in extraction with the feed open.' },
    { of: 'cross', found: ['I-4400 circulation stopped, bed isolated: not ordered'], why: 'No valve of the model isolates the clay bed; steam off and nitrogen in are what it does (F4-12 is a bed that stands).' },
    {
      of: 'initiator', found: ['I-4200 without: LI-4204A,B,C above 85 2oo3', 'I-4200 without: LI-4205A,B,C below 20 2oo3', 'I-4200 with: LI-4205A,B,C below 15 2oo3', 'I-4200 without: LI-4206A,B,C above 80 2oo3', 'I-4200 with: LI-4206A,B,C above 85 2oo3'],
      why: 'Counter-current: LI-4204 high-high is a limit of the upper tower that it does not have; LI-4205 and LI-4206 alarm at the note\'s 20 and 80 %, the trip stands 5 % beyond as with the other levels of this plant.',
    },
    {
      of: 'initiator', found: ['I-4210 without: AI-4207 below 1 1oo1', 'I-4210 with: AI-4207 below 0.99 1oo1', 'I-4300 without: AI-4305A,B above 0.3 2oo2', 'I-4300 with: AI-4305A,B above 0.301 2oo2'],
      why: 'Below 1.0 and above 0.30: the figure itself is not beyond, and the analysers resolve hundredths and thousandths.',
    },
    { of: 'initiator', found: ['I-4801 without: PI-4801 above HH 1oo1', 'I-4801 with: PI-4801 above 10 1oo1'], why: 'The note calls it high-high and gives no figure: 10 kPa is ours [A].' },
  ],
};
