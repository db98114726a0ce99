/** What each command does: the signature is checked, the domain decides, the core makes it durable, the effect follows. */
import { COMMANDS } from '../../contract/commands.ts';
import type { CommandInput, CommandName, CommandOutput, Signature } from '../../contract/commands.ts';
import type { Problem } from '../../contract/envelope.ts';
import * as actions from '../../domain/station/action-commands.ts';
import * as analyses from '../../domain/station/analysis-commands.ts';
import type { PointedRecord } from '../../domain/station/analysis-commands.ts';
import * as alarmCommands from '../../domain/station/alarm-commands.ts';
import { placeOf } from '../../domain/procedures/machine.ts';
import * as bypasses from '../../domain/station/bypass-commands.ts';
import * as interlockCommands from '../../domain/station/interlock-commands.ts';
import * as procedures from '../../domain/station/procedure-commands.ts';
import * as commands from '../../domain/station/commands.ts';
import * as people from '../../domain/station/people-commands.ts';
import type { Decision } from '../../domain/station/commands.ts';
import { fact } from '../../domain/station/facts.ts';
import * as followUps from '../../domain/station/follow-up-commands.ts';
import { handOverShift } from '../../domain/station/shift-commands.ts';
import type { Answering } from '../../domain/station/gates/alarm-facts.ts';
import * as work from '../../domain/station/work-commands.ts';
import type { Signer } from '../../domain/station/gates/signer.ts';
import type { Button } from '../training/simulator-link.ts';
import type { Training } from '../training/training.ts';
import type { Account, Users } from '../users/users.ts';
import type { DcsClient } from '../dcs/index.ts';
import type { JournalVerdict } from '../journal/verify.ts';
import { adviceOf, pageOf } from './advice.ts';
import type { ConsoleSession, Published } from './console-session.ts';
import type { StationCore } from './core.ts';
import type { Answer, Deeds, Handlers } from './dispatcher.ts';
import type { IncidentHistory } from './incident-history.ts';
import { LogOns } from './log-ons.ts';
import { recordText } from './record-text.ts';
import type { Asked, ReportDesk } from './report-desk.ts';
import type { SampleHistory } from './sample-history.ts';
import { sessionHandlers } from './session-handlers.ts';
import { withAsked } from './asked.ts';
import type { AskedFor } from './asked.ts';
import { SignatureDesk } from './signature-desk.ts';
import type { Shown } from './signature-desk.ts';
import { NO_BOOKS } from './training-books.ts';
import type { TrainingBooks } from './training-books.ts';
import { trainingDeeds } from './training-handlers.ts';

export interface HandlerParts {
  readonly core: StationCore;
  readonly users: Users;
  readonly training: Training | null;
  readonly dcs: Pick<DcsClient, 'trustServer'>;
  readonly history: SampleHistory;
  readonly nowMs: () => number;
  readonly publish: () => Published;
  readonly alarmHistory: (query: CommandInput<'alarm.history'>) => CommandOutput<'alarm.history'>;
  /** Incidents out of the journal. Left out: this house has none to read. */
  readonly incidents?: Pick<IncidentHistory, 'list' | 'events'>;
  readonly verifyJournal: () => Promise<JournalVerdict>;
  /** Where reports are made. Left out: nowhere. */
  readonly reports?: Pick<ReportDesk, 'make' | 'cancel' | 'read'>;
  /** Carries out a retreat on the simulated plant, trying again until it succeeds. Returns at once. */
  readonly actOnSimulator: (button: Button) => void;
  /** Scores, debriefs and records of exercises. Left out: none are kept. */
  readonly books?: TrainingBooks;
  /** Who is at which console. Left out: nobody ever stays logged on beyond these handlers. */
  readonly logOns?: LogOns;
}

/** The console that asks, and who answers for what is asked there. */
interface Asker {
  readonly session: ConsoleSession;
  /** Logged on and not locked. */
  readonly person: Account | null;
  /** Under whose name it is recorded when nobody signs. */
  readonly by: string;
}

/** Who stands at the post when nobody has signed: the post's own standing authority (3.4). */
export const POST_USER = 'post';

/** Of the words of a record that is pointed to: they are kept with what points to it. */
const POINTED_MAX_LENGTH = 300;

const failed = (code: Problem['code'], message: string): { outcome: 'failed'; problem: Problem } => ({ outcome: 'failed', problem: { code, message: message.slice(0, 2_000) } });
const NO_INCIDENTS = failed('not-found', 'no journal is read here');
const NO_REPORTS = failed('not-found', 'no reports are made here');
/** A report goes on record under somebody's name; nothing of the plant is asked. */
const NOBODY_MAKES: Answer<never> = { outcome: 'refused', refusal: {
  operation: 'report.make', direction: 'hold', what: { zh: '生成事件报告', en: 'Make an incident report' },
  obstacles: [{ rule: 'G-LOG-ON', clause: '3.4', fact: { zh: '本控制台无人登录或已锁定，须登录', en: 'Nobody is logged on at this console, or it is locked; log on' }, whoCanChange: ['operator', 'supervisor', 'engineer', 'instructor', 'investigator'] }],
  meanwhile: [{ zh: '紧急停车、撤离和退守随时可用；已生成的报告可以阅读', en: 'Emergency stop, evacuation and retreat are there at any time; reports that are made may be read' }],
} };
const done = <Output>(output: Output): Answer<Output> => ({ outcome: 'done', output });
const answered = <Output>(asked: Asked<Output>): Answer<Output> => (asked.ok ? done(asked.value) : failed(asked.code, asked.message));

/** The name under which a retreat is recorded: the person's where it is known. Whatever breaks in finding it out, the retreat goes on. */
function retreatsAs(logOns: LogOns, session: ConsoleSession): string {
  try {
    return logOns.nameOf(session) ?? POST_USER;
  } catch {
    return POST_USER;
  }
}

export function makeHandlers(parts: HandlerParts): Handlers {
  const { core } = parts;
  const logOns = parts.logOns ?? new LogOns({ users: parts.users, nowMs: parts.nowMs, record: (facts) => core.record(facts) });
  const desk = new SignatureDesk(parts.nowMs);
  const askerOf = (command: CommandName, session: ConsoleSession): Asker => {
    if (COMMANDS[command].direction === 'retreat') return { session, person: null, by: retreatsAs(logOns, session) };
    const person = logOns.person(session);
    return { session, person, by: person?.user ?? POST_USER };
  };
  // One table for each request: who asks is a constant in it, and no deed can forget to look.
  const handled = <N extends CommandName>(command: N) => (input: CommandInput<N>, session: ConsoleSession) => deedsOf(parts, { logOns, desk }, askerOf(command, session), { command, input })[command](input);
  return Object.fromEntries((Object.keys(COMMANDS) as CommandName[]).map((command) => [command, handled(command)])) as unknown as Handlers;
}

function deedsOf(parts: HandlerParts, { logOns, desk }: { logOns: LogOns; desk: SignatureDesk }, { session, person, by }: Asker, asked: AskedFor): Deeds {
  const { core } = parts;

  const decide = <Output>(decision: Decision<Output>, mayWait = false): Decision<Output> | 'journal-failed' => core.decide(core.state.training === null ? decision : withAsked(decision, asked), mayWait);

  const settle = <Output>(decision: Decision<Output> | 'journal-failed'): Answer<Output> => {
    if (decision === 'journal-failed') return failed('journal-failed', 'The journal cannot be written, so nothing was changed. Emergency stop, evacuation and retreat work all the same.');
    switch (decision.outcome) {
      case 'done': return { outcome: 'done', output: decision.output };
      case 'refused': return { outcome: 'refused', refusal: decision.refusal };
      case 'failed': return failed(decision.code, decision.message);
    }
  };

  const shown = (signature: Signature): Promise<Shown<Account>> => desk.show(session, signature, (user, secret) => parts.users.check(user, secret, logOns.countedAt(session, user)));

  /** Checks who signs, then decides. The state is read after the check, because that takes time. */
  const signed = async <Output>(signature: Signature, by: (signer: Signer) => Decision<Output>, mayWait: () => boolean = () => false): Promise<Answer<Output>> => {
    const checked = await shown(signature);
    if (!checked.ok) return { outcome: 'failed', problem: checked.problem };
    return settle(decide(by(checked.value), mayWait()));
  };

  /** Two people answer for it. Each is checked by itself, and which of them did not hold is said. */
  const signedByTwo = async <Output>(names: readonly [string, string], signatures: readonly [Signature, Signature], by: (first: Signer, second: Signer) => Decision<Output>): Promise<Answer<Output>> => {
    const signers: Signer[] = [];
    for (const [index, signature] of signatures.entries()) {
      const checked = await shown(signature);
      if (!checked.ok) return { outcome: 'failed', problem: { ...checked.problem, path: names[index] ?? '' } };
      signers.push(checked.value);
    }
    const [first, second] = signers as [Signer, Signer];
    return settle(decide(by(first, second)));
  };

  /** On the way to safety nothing that a person decides waits for a journal that cannot be written (3.4); in the handling it does. */
  const isOnTheWay = (instance: string): boolean => core.state.runs.some((run) => run.instance === instance && ['retreating', 'stopping'].includes(placeOf(run.course)));

  /**
   * The way to safety: no signature, no gate, no waiting for the journal. Should even the deciding break (a broken
   * invariant), the deed is done all the same and the person is told that it was.
   */
  const retreat = (button: Exclude<Button, 'reset'>, order: typeof commands.stop | typeof commands.evacuate): Answer<CommandOutput<'retreat.stop'>> => {
    const actedOn = parts.training !== null && parts.training.status().available ? 'simulator' as const : 'people' as const;
    try {
      return settle(decide(order(core.context(), by, actedOn), true));
    } catch (error) {
      core.fail(error);
      return done({ atMs: parts.nowMs(), actedOn });
    } finally {
      if (parts.training !== null) parts.actOnSimulator(button);
    }
  };

  /** A record that somebody points to, with the words that it had then. */
  const recordOf = (n: number): PointedRecord | null => {
    const found = core.recordAt(n);
    if (found === null) return null;
    const { zh, en } = recordText(found, core.plant);
    return { n, atMs: found.atMs, type: found.type, text: { zh: zh.slice(0, POINTED_MAX_LENGTH), en: en.slice(0, POINTED_MAX_LENGTH) } };
  };

  /** Who answers for what is asked without a signature. */
  const answering: Answering = { identified: person !== null, signer: person };

  return {
    ...sessionHandlers({ logOns, desk, users: parts.users, record: (facts) => core.record(facts), nowMs: parts.nowMs }, session),
    'view.snapshot': () => {
      const published = parts.publish();
      const seq = session.begin(published);
      return done({ seq, nowMs: published.nowMs, view: { ...published.view, alarms: published.alarms.section() }, values: Object.fromEntries([...published.values].map(([tag, { wire }]) => [tag, wire])), session: logOns.view(session) });
    },
    'history.read': ({ tags, fromMs, toMs, maxPoints }) => done({ series: tags.map((tag) => ({ tag, points: parts.history.read(tag, fromMs, toMs, maxPoints) })) }),
    'journal.verify': async () => {
      const { verdict, records, firstBad } = await parts.verifyJournal();
      return done({ verdict, records, ...(firstBad === undefined ? {} : { firstBad }) });
    },
    'retreat.stop': () => retreat('stop', commands.stop),
    'retreat.evacuate': () => retreat('evacuate', commands.evacuate),
    'procedure.start': ({ instance }) => settle(decide(procedures.startProcedure(core.context(), instance, by), true)),
    'alarm.history': (query) => done(parts.alarmHistory(query)),
    'incident.list': (query) => parts.incidents?.list(query) ?? NO_INCIDENTS,
    'incident.events': (query) => parts.incidents?.events(query) ?? NO_INCIDENTS,
    'report.make': (order) => (parts.reports === undefined ? NO_REPORTS : person === null ? NOBODY_MAKES : answered(parts.reports.make(order, person.user))),
    'report.cancel': ({ report }) => (parts.reports === undefined ? NO_REPORTS : person === null ? NOBODY_MAKES : answered(parts.reports.cancel(report))),
    'report.read': async (query) => (parts.reports === undefined ? NO_REPORTS : answered(await parts.reports.read(query))),
    'alarm.acknowledge': ({ alarms }) => settle(decide(alarmCommands.acknowledge(core.context(), alarms, by))),
    'alarm.shelve': ({ alarms, reason, forMs, signature }) =>
      signature === undefined
        ? settle(decide(alarmCommands.shelve(core.context(), alarms, reason, forMs, by, answering)))
        : signed(signature, (signer) => alarmCommands.shelve(core.context(), alarms, reason, forMs, signer.user, { signer })),
    'alarm.unshelve': ({ alarms }) => settle(decide(alarmCommands.unshelve(core.context(), alarms, by))),
    'alarm.outOfService': ({ alarm, permit, reason, signature }) => signed(signature, (signer) => alarmCommands.takeOutOfService(core.context(), alarm, permit, reason, signer)),
    'alarm.inService': ({ alarm, signature }) => signed(signature, (signer) => alarmCommands.putInService(core.context(), alarm, signer)),
    'alarm.reset': ({ alarms, signature }) =>
      signature === undefined
        ? settle(decide(alarmCommands.resetAlarms(core.context(), alarms, by, answering)))
        : signed(signature, (signer) => alarmCommands.resetAlarms(core.context(), alarms, signer.user, { signer })),
    'alarm.cause': ({ alarm, text, signature }) => signed(signature, (signer) => alarmCommands.recordAlarmCause(core.context(), alarm, text, signer)),
    'alarm.confirmOnSite': ({ alarm, text, signature }) => signed(signature, (signer) => alarmCommands.confirmOnSite(core.context(), alarm, text, signer)),
    'procedure.confirm': ({ signature, witness, ...input }) => (witness === undefined
      ? signed(signature, (signer) => procedures.confirmProof(core.context(), input, signer))
      : signedByTwo(['signature', 'witness'], [signature, witness], (signer, second) => procedures.confirmProof(core.context(), input, signer, second))),
    'evidence.remove': ({ signature, ...input }) => signed(signature, (signer) => work.removeEvidence(core.context(), input, signer)),
    'permit.issue': ({ signature, ...request }) => signed(signature, (signer) => work.issuePermit(core.context(), request, signer)),
    'permit.close': ({ permit, reason, signature }) => signed(signature, (signer) => work.closePermit(core.context(), permit, reason, signer)),
    'procedure.raise': ({ procedure, reason }) => settle(decide(procedures.raiseByHand(core.context(), procedure, reason, by), true)),
    'procedure.choose': ({ signature, ...input }) =>
      signature === undefined
        ? settle(decide(procedures.chooseOption(core.context(), input, by, false), isOnTheWay(input.instance)))
        : signed(signature, (signer) => procedures.chooseOption(core.context(), input, signer.user, true), () => isOnTheWay(input.instance)),
    'procedure.acknowledge': ({ instance, items }) => settle(decide(procedures.acknowledgeItems(core.context(), instance, items, by), isOnTheWay(instance))),
    'procedure.assess': ({ signature, ...input }) => signed(signature, (signer) => procedures.assessProof(core.context(), input, signer)),
    'procedure.own': ({ instance, signature }) => signed(signature, (signer) => procedures.ownProcedure(core.context(), instance, signer)),
    'procedure.suspend': ({ instance, reason }) => settle(decide(procedures.suspendProcedure(core.context(), instance, reason, by))),
    'procedure.resume': ({ instance }) => settle(decide(procedures.resumeProcedure(core.context(), instance, by))),
    'procedure.permit': ({ instance, step, signature }) => signed(signature, (signer) => procedures.permitStep(core.context(), instance, step, signer)),
    'procedure.advice': () => done({ procedures: adviceOf(core.plant, core.state) }),
    'procedure.page': ({ procedure }) => {
      const page = pageOf(core.plant, core.state, procedure, parts.nowMs());
      return page === null ? failed('not-found', `no procedure '${procedure}'`) : done({ procedure: page });
    },
    'procedure.skip': ({ instance, step, reason, note, signature }) => signed(signature, (signer) => procedures.skipStep(core.context(), instance, step, reason, note, signer)),
    'procedure.investigate': ({ instance }) => settle(decide(procedures.investigate(core.context(), instance, by))),
    'procedure.cause': ({ instance, text, signature }) => signed(signature, (signer) => procedures.recordCause(core.context(), instance, text, signer)),
    'procedure.reauthorise': ({ instance, signature }) => signed(signature, (signer) => procedures.reauthorise(core.context(), instance, signer)),
    'lab.enter': ({ lab, value, sampledMs, signature }) => signed(signature, (signer) => commands.enterLab(core.context(), lab, value, sampledMs, signer)),
    'seen.report': ({ observation, present, note }) => settle(decide(commands.reportSeen(core.context(), observation, present, note, by))),
    'post.commander': ({ signature }) => signed(signature, (signer) => commands.takePost(core.context(), 'commander', signer)),
    'post.watch': ({ signature }) => signed(signature, (signer) => commands.takePost(core.context(), 'watch', signer)),
    'post.handOver': ({ post, from, to }) => signedByTwo(['from', 'to'], [from, to], (giver, taker) => commands.handOverPost(core.context(), post, giver, taker)),
    'post.relieve': ({ post, reason, to, second }) => signedByTwo(['to', 'second'], [to, second], (taker, witness) => commands.relievePost(core.context(), post, reason, taker, witness)),
    'shift.handOver': ({ items, notes, from, to }) => signedByTwo(['from', 'to'], [from, to], (giver, taker) => handOverShift(core.context(), items, notes, giver, taker)),
    'people.rollCall': ({ signature, ...input }) => signed(signature, (signer) => people.signRollCall(core.context(), input, signer)),
    'camera.outage': ({ signature, ...input }) => signed(signature, (signer) => people.approveOutage(core.context(), input, signer)),
    'camera.restore': ({ camera }) => settle(decide(people.restoreCamera(core.context(), camera, by))),
    'people.leave': ({ zone, entry }) => settle(decide(commands.leaveZone(core.context(), zone, entry, by))),
    'bypass.request': ({ signature, measures, ...input }) => signed(signature, (signer) => bypasses.requestBypass(core.context(), { ...input, measures }, signer)),
    'bypass.extend': ({ bypass, untilMs, reason, signature }) => signed(signature, (signer) => bypasses.extendBypass(core.context(), bypass, untilMs, reason, signer)),
    'bypass.assess': ({ bypass, text, acceptable, signature }) => signed(signature, (signer) => bypasses.assessBypass(core.context(), bypass, text, acceptable, signer)),
    'bypass.approve': ({ bypass, signature }) => signed(signature, (signer) => bypasses.approveBypass(core.context(), bypass, signer)),
    'bypass.reject': ({ bypass, reason, signature }) => signed(signature, (signer) => bypasses.rejectBypass(core.context(), bypass, reason, signer)),
    'bypass.accept': ({ bypass, signature }) => signed(signature, (signer) => bypasses.acceptBypass(core.context(), bypass, signer)),
    'bypass.walk': ({ bypass, measure, signature }) => signed(signature, (signer) => bypasses.walkMeasure(core.context(), bypass, measure, signer)),
    'bypass.withdraw': ({ bypass, reason, signature }) => signed(signature, (signer) => bypasses.withdrawBypass(core.context(), bypass, reason, signer)),
    'bypass.restore': ({ bypass, signature }) => signed(signature, (signer) => bypasses.restoreBypass(core.context(), bypass, signer)),
    'bypass.test': ({ bypass, text, passed, signature }) => signed(signature, (signer) => bypasses.testBypass(core.context(), bypass, text, passed, signer)),
    'bypass.verify': ({ bypass, signature }) => signed(signature, (signer) => bypasses.verifyBypass(core.context(), bypass, signer)),
    'interlock.cause': ({ interlock, text, signature }) => signed(signature, (signer) => interlockCommands.recordTripCause(core.context(), interlock, text, signer)),
    'interlock.account': ({ interlock, text, signature }) => signed(signature, (signer) => interlockCommands.accountForReset(core.context(), interlock, text, signer)),
    'action.open': ({ signature, incident, ...outline }) => signed(signature, (signer) => actions.openAction(core.context(), { ...outline, incident: incident ?? null }, signer)),
    'action.reschedule': ({ action, dueMs, reason, signature }) => signed(signature, (signer) => actions.rescheduleAction(core.context(), action, dueMs, reason, signer)),
    'action.close': ({ action, evidence, signature }) => signed(signature, (signer) => actions.closeAction(core.context(), action, evidence, signer)),
    'analysis.open': ({ incident, signature }) => signed(signature, (signer) => analyses.openAnalysis(core.context(), incident, signer)),
    'analysis.chain': ({ signature, ...input }) => signed(signature, (signer) => analyses.addChain(core.context(), input, recordOf, signer)),
    'analysis.why': ({ incident, chain, text, signature }) => signed(signature, (signer) => analyses.addWhy(core.context(), incident, chain, text, signer)),
    'analysis.root': ({ incident, chain, text, signature }) => signed(signature, (signer) => analyses.setRoot(core.context(), incident, chain, text, signer)),
    'analysis.factor': ({ signature, action, ...input }) => signed(signature, (signer) => analyses.addFactor(core.context(), { ...input, action: action ?? null }, recordOf, signer)),
    'analysis.answer': ({ signature, action, ...input }) => signed(signature, (signer) => analyses.answerCause(core.context(), { ...input, action: action ?? null }, signer)),
    'analysis.withdraw': ({ incident, entry, reason, signature }) => signed(signature, (signer) => analyses.withdrawEntry(core.context(), incident, entry, reason, signer)),
    'analysis.conclude': ({ engineer, supervisor, ...input }) => signedByTwo(['engineer', 'supervisor'], [engineer, supervisor], (first, second) => analyses.concludeAnalysis(core.context(), input, first, second)),
    'analysis.reopen': ({ incident, reason, signature }) => signed(signature, (signer) => analyses.reopenAnalysis(core.context(), incident, reason, signer)),
    'followUp.open': ({ signature, incident, ...outline }) => signed(signature, (signer) => followUps.openFollowUp(core.context(), { ...outline, incident: incident ?? null }, signer)),
    'followUp.done': ({ followUp, signature, ...evidence }) => signed(signature, (signer) => followUps.doneFollowUp(core.context(), followUp, evidence, signer)),
    'followUp.withdraw': ({ followUp, reason, signature }) => signed(signature, (signer) => followUps.withdrawFollowUp(core.context(), followUp, reason, signer)),
    'link.trust': async ({ thumbprint, signature }) => {
      const checked = await shown(signature);
      if (!checked.ok) return { outcome: 'failed', problem: checked.problem };
      if (!checked.value.roles.includes('engineer')) return failed('bad-input', `a server is trusted by an engineer; ${checked.value.user} is ${checked.value.roles.join(', ')}`);
      const trusted = await parts.dcs.trustServer(thumbprint);
      if (!trusted.ok) return failed('not-found', trusted.reason.text);
      core.record([fact('link.trusted', parts.nowMs(), checked.value.user, { thumbprint })]);
      return done({});
    },
    'people.assess': ({ zone, stage, assessment, signature }) => signed(signature, (signer) => commands.assessZone(core.context(), zone, stage, assessment, signer)),
    'people.enter': ({ signature, ...input }) => signed(signature, (signer) => people.enterZone(core.context(), input, signer)),
    'interlock.reset': async ({ interlock, signature }) => {
      const answer = await signed(signature, (signer) => commands.resetInterlock(core.context(), interlock, signer));
      if (answer.outcome === 'done' && answer.output.reset && parts.training !== null) parts.actOnSimulator('reset');
      return answer;
    },
    'procedure.return': ({ instance, signature }) => signed(signature, (signer) => procedures.approveReturn(core.context(), instance, signer)),
    ...trainingDeeds({ core, training: parts.training, books: parts.books ?? NO_BOOKS, nowMs: parts.nowMs, person, by, instructors: () => logOns.present('instructor'), isAtConsole: (user) => logOns.isAtConsole(user), isHere: (user) => logOns.isHere(user), signed }),
  };
}
