/** A titled part of a screen, and what it says when there is nothing in it (hmi rule 11). */
import { useId } from 'react';
import type { ReactNode } from 'react';

export function Panel({ title, aside, children, className = '', testId }: { title: string; aside?: ReactNode; children: ReactNode; className?: string; testId?: string }) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id} data-testid={testId}>
      <h2 className="panel-title" id={id}><span>{title}</span>{aside === undefined ? null : <span className="panel-aside">{aside}</span>}</h2>
      {children}
    </section>
  );
}

export function EmptyState({ children }: { children: ReactNode }) {
  return <p className="empty-state">{children}</p>;
}

export function Clauses({ clauses }: { clauses: readonly string[] }) {
  return clauses.length === 0 ? null : <span className="clauses">{clauses.join(' · ')}</span>;
}
