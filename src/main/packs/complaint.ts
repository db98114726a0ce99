/** How the checks speak: what is wrong, at which node, and whether the file can still be used. */
import type { Finding } from './finding.ts';
import type { Item } from './draft.ts';
import type { Path, YamlSource } from './yaml-source.ts';

export interface Complaint {
  readonly finding: Finding;
  readonly source: YamlSource;
  /** The whole file is left out: a half-loaded file would silently lack a safeguard. */
  readonly unloads: boolean;
}

/** A sentence; with `because`, the file whose own errors are the reason. */
export interface Wrong { readonly message: string; readonly because?: string }

export interface Report {
  error(item: Item<unknown>, path: Path, wrong: string | Wrong): void;
  /** An error that leaves the file in use, because leaving it out would be the more dangerous thing. */
  errorKeepingFile(item: Item<unknown>, path: Path, wrong: string | Wrong): void;
  warning(item: Item<unknown>, path: Path, wrong: string): void;
}

export function collectComplaints(): { readonly report: Report; readonly complaints: Complaint[] } {
  const complaints: Complaint[] = [];
  const add = (item: Item<unknown>, path: Path, wrong: string | Wrong, severity: Finding['severity'], unloads: boolean): void => {
    const { source, path: at } = whereOf(item, path);
    complaints.push({ finding: { file: source.file, ...source.place(at), severity, ...forTag(item, typeof wrong === 'string' ? { message: wrong } : wrong) }, source, unloads });
  };
  return {
    complaints,
    report: {
      error: (item, path, wrong) => add(item, path, wrong, 'error', true),
      errorKeepingFile: (item, path, wrong) => add(item, path, wrong, 'error', false),
      warning: (item, path, wrong) => add(item, path, wrong, 'warning', false),
    },
  };
}

/** The key of an override that a part of a condition came from. */
const OVERRIDE_KEYS: Readonly<Record<string, string>> = { deadband: 'deadband', window: 'window', longerThan: 'window', onDelay: 'onDelay', offDelay: 'offDelay', timeToAct: 'timeToAct' };

function whereOf(item: Item<unknown>, path: Path): { readonly source: YamlSource; readonly path: Path } {
  if (item.override === undefined) return { source: item.source, path: [...item.path, ...path] };
  return { source: item.override.source, path: [...item.override.path, OVERRIDE_KEYS[String(path.at(-1))] ?? 'limit'] };
}

/** A finding of a template names the tag it was expanded for: the next tag may be in order. */
function forTag(item: Item<unknown>, wrong: Wrong): Wrong {
  return item.madeFor === undefined ? wrong : { ...wrong, message: `for tag ${item.madeFor}: ${wrong.message}` };
}
