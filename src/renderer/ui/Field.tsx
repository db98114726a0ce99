/** Labelled inputs; the label is always visible text. */
import { useId } from 'react';
import type { ReactNode } from 'react';

type Common = { label: string; value: string; onChange(value: string): void; maxLength?: number; required?: boolean; testId?: string };

/** `min`, `max`: of a number; the browser says so at the field before anything is sent. */
export function TextField({ label, value, onChange, maxLength = 200, required = true, type = 'text', testId, min, max }: Common & { type?: 'text' | 'number' | 'datetime-local' | 'search'; min?: number; max?: number }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type={type} value={value} step={type === 'number' ? 'any' : type === 'datetime-local' ? 1 : undefined} maxLength={maxLength} min={min} max={max} required={required} data-testid={testId} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

export function AreaField({ label, value, onChange, maxLength = 2_000, required = true, testId }: Common) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} value={value} rows={2} maxLength={maxLength} required={required} data-testid={testId} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

export function SelectField({ label, value, onChange, children, testId, required = true }: Common & { children: ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} required={required} data-testid={testId} onChange={(event) => onChange(event.target.value)}>{children}</select>
    </div>
  );
}
