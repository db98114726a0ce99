/** Log on, go on, log off, change the secret: what the commands about the console's own person do. Nothing here concerns the plant. */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Users } from '../users/users.ts';
import type { ConsoleSession } from './console-session.ts';
import type { Answer } from './dispatcher.ts';
import type { LogOns } from './log-ons.ts';
import type { SignatureDesk } from './signature-desk.ts';

export interface SessionParts {
  readonly logOns: LogOns;
  readonly desk: SignatureDesk;
  readonly users: Pick<Users, 'check' | 'changeSecret'>;
  /** Kept even when the journal cannot be written: who is at the console changes nothing in the plant. */
  readonly record: (facts: readonly Fact[]) => void;
  readonly nowMs: () => number;
}

type SessionCommand = 'session.logOn' | 'session.resume' | 'session.logOff' | 'session.changeSecret';
type SessionDeeds = { readonly [N in SessionCommand]: (input: CommandInput<N>) => Answer<CommandOutput<N>> | Promise<Answer<CommandOutput<N>>> };

const ENDED: Answer<never> = { outcome: 'failed', problem: { code: 'log-on-ended', message: 'this log-on has ended; log on again' } };

export function sessionHandlers({ logOns, desk, users, record, nowMs }: SessionParts, session: ConsoleSession): SessionDeeds {
  return {
    'session.logOn': async (signature) => {
      const shown = await desk.show(session, signature, (user, secret) => users.check(user, secret, logOns.countedAt(session, user)));
      if (!shown.ok) return { outcome: 'failed', problem: shown.problem };
      const ticket = logOns.begin(session, shown.value);
      return ticket === null ? ENDED : { outcome: 'done', output: { ticket } };
    },
    'session.resume': ({ ticket }) => (logOns.resume(session, ticket) ? { outcome: 'done', output: {} } : ENDED),
    'session.logOff': () => {
      logOns.end(session);
      return { outcome: 'done', output: {} };
    },
    'session.changeSecret': async ({ newSecret, ...signature }) => {
      const changed = await desk.show(session, signature, (user, secret) => users.changeSecret(user, secret, newSecret, logOns.countedAt(session, user)));
      if (!changed.ok) return { outcome: 'failed', problem: changed.problem };
      record([fact('secret.changed', nowMs(), changed.value.user, { user: changed.value.user })]);
      logOns.tick(); // Log-ons by the old secret end now.
      return { outcome: 'done', output: {} };
    },
  };
}
