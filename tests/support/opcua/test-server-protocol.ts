/** What a test tells the test server, and how. Types only: importing them starts nothing. */

export interface ServerTag {
  readonly id: string;
  readonly type: 'Double' | 'Int32' | 'UInt32' | 'Int64' | 'UInt64' | 'Boolean' | 'String';
  readonly value: unknown;
  readonly states?: readonly string[];
  readonly range?: readonly [number, number];
}

export interface ServerConfig {
  readonly port: number;
  readonly pkiDir: string;
  /** In this order, so their indexes follow from it. */
  readonly namespaces: readonly string[];
  /** The one of them that holds the tags. */
  readonly plantUri: string;
  readonly tags: readonly ServerTag[];
  readonly limits?: { readonly maxMonitoredItemsPerCall?: number; readonly maxNodesPerRead?: number };
  readonly allowAnonymous?: boolean;
  readonly insecureOnly?: boolean;
}

/** `value: "NaN"` stands for the number that JSON cannot say. */
export type ServerCommand =
  | { readonly cmd: 'set'; readonly id: string; readonly value: unknown; readonly status?: string }
  | { readonly cmd: 'removeNode'; readonly id: string }
  | { readonly cmd: 'skipSequence' }
  | { readonly cmd: 'dropSubscriptions' }
  | { readonly cmd: 'stats' };
