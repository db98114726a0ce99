/** What the instructor has put on the plant and what the exercise has: each with the hand that takes it away. It outlives a reload and stands at every instructor's console. */
import type { ReactNode } from 'react';
import type { CommandOutput } from '../../../contract/commands.ts';
import type { DeviceView, TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useCommand, useLoggedOn, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { formatNumber } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { failureKey } from './DeviceForm.tsx';

const UPSETS_EVERY_MS = 2_000;
type Faults = CommandOutput<'instructor.catalogue'>['faults'];
type Upsets = CommandOutput<'instructor.upsets'>;
type Known = { faults: Faults; devices: readonly DeviceView[] };

export function NowPanel({ training, ...known }: Known & { training: TrainingSection }) {
  const { t } = useWords();
  const session = useLoggedOn();
  const mayKnow = training.running === null || session?.roles.includes('instructor') === true;
  return <Panel title={t('training.now.title')} className="desk-wide" testId="on-now">{mayKnow ? <Now {...known} /> : <EmptyState>{t('training.truth.later')}</EmptyState>}<ClearAll /></Panel>;
}

function ClearAll() {
  const { t } = useWords();
  const { status, run } = useCommand('instructor.clear');
  return <><div className="button-row"><button type="button" className="button" data-testid="fault-clear-all" onClick={() => void run({ fault: null })}>{t('training.fault.clearAll')}</button></div><CommandAnswer status={status} done={t('training.done')} /></>;
}

function Row({ id, words, away, take }: { id: string; words: ReactNode; away: string; take(): void }) {
  return <li className="on-now" data-testid={`on-${id}`}><span>{words}</span><button type="button" className="button" data-testid={`off-${id}`} onClick={take}>{away}</button></li>;
}

function Now({ faults, devices }: Known) {
  const { t, text } = useWords();
  const { output } = useAnswer('instructor.upsets', {}, UPSETS_EVERY_MS);
  const observations = useSection('plant')?.observations ?? [];
  const [clear, deceive, device, observe, comms] = [useCommand('instructor.clear'), useCommand('instructor.deceive'), useCommand('instructor.device'), useCommand('instructor.observe'), useCommand('instructor.comms')];
  if (output === undefined) return <p className="answer-busy" role="status">{t('command.busy')}</p>;
  const { lines } = output;
  const isBroken = lines.dcs !== 'ok' || lines.heartbeat !== 'beats' || lines.radioLost.length > 0;
  const isMachine = (id: string): boolean => devices.find((each) => each.device === id)?.machine === true;
  if (!isBroken && [output.faults, output.transmitters, output.devices, output.observations].every(({ length }) => length === 0)) return <EmptyState>{t('training.now.none')}</EmptyState>;
  return (
    <>
      <ul className="plain-list on-now-list" data-testid="on-now-list">
        {output.faults.map((fault) => <Row key={fault.fault} id={fault.fault} words={<FaultWords fault={fault} known={faults} />} away={t('training.fault.clear')} take={() => void clear.run({ fault: fault.fault })} />)}
        {output.transmitters.map(({ tag, malfunction, size }) => <Row key={tag} id={tag} words={<><strong>{tag}</strong> {t(`training.malfunction.${malfunction}`)}{size === 0 ? '' : ` ${formatNumber(size)}`}</>} away={t('training.deceive.end')} take={() => void deceive.run({ tag, malfunction: null })} />)}
        {output.devices.map(({ device: id, failure, size }) => <Row key={`${id}/${failure}`} id={id} words={<><strong>{id}</strong> {t(failureKey(failure, isMachine(id)))}{size === 0 ? '' : failure === 'slow' ? ` ×${formatNumber(size)}` : ` ${formatNumber(size * 100)} %`}</>} away={t('training.device.heal')} take={() => void device.run({ device: id, failure: null })} />)}
        {output.observations.map(({ observation, present }) => <Row key={observation} id={observation} words={<><strong>{text(observations.find(({ id }) => id === observation)?.title ?? { zh: observation, en: observation })}</strong> {t(present ? 'training.now.seen' : 'training.now.notSeen')}</>} away={t('training.observe.model')} take={() => void observe.run({ observation, present: null })} />)}
        {isBroken ? <Row id="lines" words={<LineWords lines={lines} />} away={t('training.comms.end')} take={() => void comms.run({ failure: 'none', durationS: 0 })} /> : null}
      </ul>
      {[clear, deceive, device, observe, comms].map(({ status }, index) => <CommandAnswer key={index} status={status} />)}
    </>
  );
}

function FaultWords({ fault: { fault, phase, severity, when, group, probability, repeatS }, known }: { fault: Upsets['faults'][number]; known: Faults }) {
  const { t, text } = useWords();
  const title = known.find(({ id }) => id === fault)?.title;
  const more = [
    t(`training.now.phase.${phase}`), t('training.now.severity', { n: formatNumber(severity) }), ...(when === null ? [] : [t('training.now.when', { when })]), ...(group === null ? [] : [t('training.now.group', { group })]),
    ...(probability === null ? [] : [t('training.now.chance', { n: formatNumber(probability * 100) })]), ...(repeatS === null ? [] : [t('training.now.repeats', { n: formatNumber(repeatS) })]),
  ];
  return <><strong>{fault}</strong> {title === undefined ? '' : text(title)} · {more.join(' · ')}</>;
}

function LineWords({ lines: { dcs, heartbeat, radioLost } }: Pick<Upsets, 'lines'>) {
  const { t } = useWords();
  const said = [...(dcs === 'ok' ? [] : [t(`training.comms.${dcs}`)]), ...(heartbeat === 'beats' ? [] : [t('training.comms.heartbeat')]), ...(radioLost.length === 0 ? [] : [radioLost.includes('all') ? t('training.comms.radio') : t('training.now.radio', { zones: radioLost.join(t('list.and')) })])];
  return <><strong>{t('training.comms.title')}</strong> {said.join(' · ')}</>;
}
