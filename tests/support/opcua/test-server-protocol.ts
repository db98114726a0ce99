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
  /** So many more Doubles, `D-0`, `D-1`, ...: a long list does not fit into argv. */
  readonly doubles?: number;
  /** Never publish more often than this, whatever the client asks for. */
  readonly minPublishingIntervalMs?: number;
  readonly limits?: { readonly maxMonitoredItemsPerCall?: number; readonly maxNodesPerRead?: number };
  readonly allowAnonymous?: boolean;
  /** Put nodes of the same names with this value into every other namespace: a client that counts indexes finds them. */
  readonly decoyValue?: number;
  readonly insecureOnly?: boolean;
  /** Refuse clients whose certificate nobody has trusted on the server. */
  readonly refuseUnknownClients?: boolean;
}

/** `value: "NaN"` stands for the number that JSON cannot say. */
export type ServerCommand =
  | { readonly cmd: 'set'; readonly id: string; readonly value: unknown; readonly status?: string }
  | { readonly cmd: 'removeNode'; readonly id: string }
  /** Changes every Double from now on, each time to the next whole number. */
  | { readonly cmd: 'storm'; readonly intervalMs: number }
  | { readonly cmd: 'skipSequence' }
  | { readonly cmd: 'dropSubscriptions' }
  | { readonly cmd: 'stats' };
