/**
 * The one place in the product that can act on something outside: writes to a simulated plant, and calls to its
 * instructor's endpoint. Everything here stands behind a proof that the other side is a simulator: its certificate's
 * application URI, its namespace, and the proof variable it serves. A real plant has none of the three.
 */
import { AttributeIds, DataType, Variant } from 'node-opcua-client';
import type { ClientSession } from 'node-opcua-client';
import { z } from 'zod';
import { openSession, serverIdentity, SIMULATOR_NAMESPACE, SIMULATOR_URI_PREFIX } from '../dcs/index.ts';
import type { OpenSession } from '../dcs/index.ts';

const INSTRUCTOR_NAMESPACE = 'urn:haven:instructor';
/** A write or call that takes longer counts as not carried out. */
const EXCHANGE_TIMEOUT_MS = 3_000;

/** What the instructor's endpoint said; `value` is not believed before it is looked at (line.ts). */
export type Told = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };
export type Done = { readonly ok: true } | { readonly ok: false; readonly reason: string };

async function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${EXCHANGE_TIMEOUT_MS} ms`)), EXCHANGE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);

/** Why the server is not believed to be a simulator; null when it is. */
export function objectionTo(identity: { applicationUri: string | null; namespaceUris: readonly string[] }, proof: unknown, plant: string): string | null {
  if (identity.applicationUri !== `${SIMULATOR_URI_PREFIX}${plant}`) return `its certificate names ${identity.applicationUri ?? 'nothing'}; a simulator's names ${SIMULATOR_URI_PREFIX}${plant}`;
  if (!identity.namespaceUris.includes(SIMULATOR_NAMESPACE)) return `it does not serve the namespace ${SIMULATOR_NAMESPACE}`;
  if (typeof proof !== 'object' || proof === null || !('simulator' in proof) || proof.simulator !== true) return 'its proof variable does not say that it is a simulator';
  return null;
}

/** What a push button of the simulated DCS does; which one it is, the proof says. */
export type Button = 'stop' | 'evacuate' | 'reset';
const buttonName = z.string().regex(/^HS-[1-9]\d{3}$/u);
const buttonsSchema = z.object({ stop: buttonName, evacuate: buttonName, reset: buttonName });
export type Buttons = z.infer<typeof buttonsSchema>;

/** The buttons that a proof names; null when it does not, and then nothing could be pressed. */
export function buttonsOf(proof: unknown): Buttons | null {
  const read = z.object({ buttons: buttonsSchema }).safeParse(proof);
  return read.success ? read.data.buttons : null;
}

/** A session to the simulated plant that has passed the proof. */
export class PlantDesk {
  readonly buttons: Buttons;
  readonly #open: OpenSession;
  readonly #plantNamespace: number;

  private constructor(open: OpenSession, plantNamespace: number, buttons: Buttons) {
    this.buttons = buttons;
    this.#open = open;
    this.#plantNamespace = plantNamespace;
  }

  static async open(request: { endpointUrl: string; pkiDir: string; plant: string; namespaceUri: string }): Promise<{ ok: true; desk: PlantDesk } | { ok: false; reason: string }> {
    const opened = await openSession({ endpointUrl: request.endpointUrl, pkiDir: request.pkiDir });
    if (!opened.ok) return { ok: false, reason: opened.reason.text };
    try {
      const identity = await within(serverIdentity(opened.value));
      const proof = await readProof(opened.value.session, identity.namespaceUris);
      const objection = objectionTo(identity, proof, request.plant);
      const plantNamespace = identity.namespaceUris.indexOf(request.namespaceUri);
      const buttons = buttonsOf(proof);
      if (objection === null && plantNamespace >= 0 && buttons !== null) return { ok: true, desk: new PlantDesk(opened.value, plantNamespace, buttons) };
      await opened.value.close();
      return { ok: false, reason: objection ?? (buttons === null ? 'its proof variable does not name the buttons that stop, evacuate and reset' : `it does not serve the plant's namespace ${request.namespaceUri}`) };
    } catch (error) {
      await opened.value.close().catch(() => undefined);
      return { ok: false, reason: reasonOf(error) };
    }
  }

  /** Presses a momentary push button of the simulated DCS and lets it go. */
  async press(button: Button): Promise<Done> {
    const name = this.buttons[button];
    const on = await this.#write(name, true);
    if (!on.ok) return on;
    return this.#write(name, false);
  }

  async #write(button: string, value: boolean): Promise<Done> {
    try {
      const status = await within(this.#open.session.write({ nodeId: `ns=${this.#plantNamespace};s=${button}`, attributeId: AttributeIds.Value, value: { value: new Variant({ dataType: DataType.Boolean, value }) } }));
      return status.isGood() ? { ok: true } : { ok: false, reason: status.toString() };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#open.close().catch(() => undefined);
  }
}

async function readProof(session: ClientSession, namespaceUris: readonly string[]): Promise<unknown> {
  const index = namespaceUris.indexOf(SIMULATOR_NAMESPACE);
  if (index < 0) return null;
  const read = await within(session.read({ nodeId: `ns=${index};s=proof`, attributeId: AttributeIds.Value }));
  try {
    return JSON.parse(String(read.value.value)) as unknown;
  } catch {
    return null;
  }
}

/** The instructor's endpoint: methods by name, answers as JSON. */
export class InstructorDesk {
  readonly #open: OpenSession;
  readonly #namespace: number;

  private constructor(open: OpenSession, namespace: number) {
    this.#open = open;
    this.#namespace = namespace;
  }

  static async open(request: { endpointUrl: string; pkiDir: string; secret: string }): Promise<{ ok: true; desk: InstructorDesk } | { ok: false; reason: string }> {
    const opened = await openSession({ endpointUrl: request.endpointUrl, pkiDir: request.pkiDir, credentials: { user: 'instructor', password: request.secret } });
    if (!opened.ok) return { ok: false, reason: opened.reason.text };
    try {
      const namespace = (await within(serverIdentity(opened.value))).namespaceUris.indexOf(INSTRUCTOR_NAMESPACE);
      if (namespace >= 0) return { ok: true, desk: new InstructorDesk(opened.value, namespace) };
      await opened.value.close();
      return { ok: false, reason: `it does not serve the namespace ${INSTRUCTOR_NAMESPACE}` };
    } catch (error) {
      await opened.value.close().catch(() => undefined);
      return { ok: false, reason: reasonOf(error) };
    }
  }

  async call(method: string, args: readonly (string | number)[] = []): Promise<Told> {
    try {
      const result = await within(this.#open.session.call({
        objectId: `ns=${this.#namespace};s=Instructor`,
        methodId: `ns=${this.#namespace};s=Instructor.${method}`,
        inputArguments: args.map((value) => new Variant({ dataType: typeof value === 'number' ? DataType.Double : DataType.String, value })),
      }));
      const answer = parseAnswer(result.outputArguments?.[0]?.value);
      return result.statusCode.isGood() ? { ok: true, value: answer } : { ok: false, reason: errorOf(answer) ?? result.statusCode.toString() };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  }

  async close(): Promise<void> {
    await this.#open.close().catch(() => undefined);
  }
}

function parseAnswer(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return null;
  }
}

function errorOf(answer: unknown): string | null {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : null;
}
