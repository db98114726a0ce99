/** One proof and one reading, for the paper. */
import { useTranslation } from 'react-i18next';
import type { ProofView, Reading } from '../../../contract/view.ts';
import { useReading, useTag } from '../../store/console-context.ts';
import { Both, inBoth, useBoth } from '../../ui/both.tsx';
import { clockTime, formatNumber, unitSign } from '../../ui/format.ts';
import { QUALITY_LETTERS } from '../../ui/Value.tsx';

export { Both, inBoth, useBoth };

export function PrintProof({ proof }: { proof: ProofView }) {
  const both = useBoth();
  const { assessment, figure } = proof;
  return (
    <li>
      <span>{proof.state === 'true' ? '☑' : proof.state === 'unknown' ? '?' : '☐'}</span>
      <span>
        <Both text={proof.text} /> <small>{both('proof.expected')} {inBoth(proof.expected)}{proof.reading === null ? '' : ' · '}{proof.reading === null ? null : <PrintReading reading={proof.reading} />}{proof.signedBy === null ? '' : ` · ${both('proof.signedBy', { who: proof.signedBy })}`}</small>
        {figure === null ? null : <small> · {formatNumber(figure.low)} – {formatNumber(figure.high)} {unitSign(figure.unit)}: {figure.value === null ? '________' : `${formatNumber(figure.value)} ${unitSign(figure.unit)}`}</small>}
        {proof.kind !== 'tag' && proof.signedBy === null ? <small> · {both('print.signature')} ____________</small> : null}
        {assessment === null ? null : <small> · {both(`assess.${assessment.assessment}`)} {assessment.by} {clockTime(assessment.atMs)}: {assessment.reason}</small>}
      </span>
    </li>
  );
}

/** The value at the moment of printing, with its letter when it is not good, and its time. */
export function PrintReading({ reading }: { reading: Reading }) {
  const { i18n } = useTranslation();
  const current = useReading(reading);
  const tag = useTag(reading.tag);
  const { value } = current;
  const state = typeof value === 'number' ? tag?.states?.[value] : typeof value === 'string' ? value : undefined;
  const words = (key: string, otherwise: string): string => { const both = ['zh', 'en'].map((language) => i18n.getFixedT(language)(key)); return both[0] === key ? otherwise : both.join(' '); };
  const shown = value === null ? '—' : typeof value === 'boolean' ? words(`value.${value}`, String(value)) : state !== undefined ? words(`state.${state}`, state) : `${formatNumber(Number(value), tag?.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low)} ${unitSign(reading.unit)}`;
  const letter = QUALITY_LETTERS[current.quality];
  return <span className={letter === '' ? undefined : 'print-not-good'}>{reading.tag} {letter === '' ? '' : `${letter} `}{shown}{current.sourceMs === null ? '' : ` ${clockTime(current.sourceMs)}`}</span>;
}
