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
    const place = item.source.place([...item.path, ...path]);
    complaints.push({ finding: { file: item.source.file, ...place, severity, ...forTag(item, typeof wrong === 'string' ? { message: wrong } : wrong) }, source: item.source, unloads });
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

/** A finding of a template names the tag it was expanded for: the next tag may be in order. */
function forTag(item: Item<unknown>, wrong: Wrong): Wrong {
  return item.madeFor === undefined ? wrong : { ...wrong, message: `for tag ${item.madeFor}: ${wrong.message}` };
}
