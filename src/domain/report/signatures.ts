/** Every signature that was given: by whom, as what, to what. A deed of two has two. */
import type { IncidentReport } from '../../contract/report.ts';
import type { Role } from '../../contract/refusal.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import type { Fact, FactType } from '../station/facts.ts';
import { clipText } from './step.ts';
import type { Section, Setting, Step } from './step.ts';

type Signature = IncidentReport['signatures'][number];
interface Signer { readonly user: string; readonly as: Role | null }

const SIGNATURES_MAX = 5_000;

/** Facts that nobody can bring about without signing. */
const SIGNED: readonly FactType[] = [
  'bypass.requested', 'bypass.assessed', 'bypass.approved', 'bypass.rejected', 'bypass.accepted', 'bypass.walked', 'bypass.extension-requested', 'bypass.restored', 'bypass.tested', 'bypass.verified', 'bypass.withdrawn',
  'permit.issued', 'permit.closed', 'lab.entered', 'people.staged', 'people.entered', 'roll-call.signed', 'post.taken', 'shift.handed-over', 'interlock.reset-approved', 'interlock.cause', 'interlock.accounted',
  'alarm.cause', 'alarm.confirmed-on-site', 'alarm.out-of-service', 'alarm.in-service', 'camera.outage', 'action.opened', 'action.rescheduled', 'action.closed',
];

function signersOf(fact: Fact): readonly Signer[] {
  if (fact.by === null) return [];
  const one = (user: string, as: Role | null = fact.role ?? null): Signer => ({ user, as });
  switch (fact.type) {
    case 'procedure.moved': return signersOfMove(fact.data.event);
    case 'interlock.reset-approved': return [one(fact.by, fact.data.role)];
    case 'post.taken': return [fact.data.user, fact.data.from?.user, fact.data.second?.user].flatMap((user) => (user === undefined || (fact.data.relieved === true && user === fact.data.from?.user) ? [] : [one(user)]));
    case 'shift.handed-over': return [one(fact.data.from.user), one(fact.data.to.user)];
    default: return SIGNED.includes(fact.type) ? [one(fact.by)] : [];
  }
}

function signersOfMove(event: CourseEvent): readonly Signer[] {
  switch (event.type) {
    case 'SIGNED': return [{ user: event.by, as: event.role }, ...(event.witness === undefined ? [] : [{ user: event.witness, as: null }])];
    case 'APPROVED': return [{ user: event.by, as: event.role }];
    case 'STEP_SKIPPED': case 'CAUSE': case 'PERMITTED': case 'ASSESSED': case 'OWNED': case 'REAUTHORISED': case 'REMOVED': return [{ user: event.by, as: null }];
    // Against what the tags show nobody chooses without a signature.
    case 'CHOSEN': return event.seen !== null && event.seen !== event.option && event.by !== 'deadline' ? [{ user: event.by, as: null }] : [];
    default: return [];
  }
}

export class Signatures implements Section<Signature[]> {
  readonly #setting: Setting;
  readonly #rows: Signature[] = [];

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see({ n, fact }: Step): void {
    for (const { user, as } of signersOf(fact)) {
      const by = this.#setting.directory.ofUser(user);
      if (by !== null && this.#rows.length < SIGNATURES_MAX) this.#rows.push({ n, atMs: fact.atMs, by, as, what: clipText(this.#setting.tell(fact)) });
    }
  }

  end(): Signature[] {
    return this.#rows;
  }
}
