/**
 * The one place in the product that can act on something outside: writes to a simulated plant, and calls to its
 * instructor's endpoint. Everything here stands behind a proof that the other side is a simulator: its certificate's
 * application URI, its namespace, and the proof variable it serves. A real plant has none of the three.
 */
import { AttributeIds, DataType, Variant } from 'node-opcua-client';
import type { ClientSession } from 'node-opcua-client';
import { z } from 'zod';
import type { Text } from '../../contract/text.ts';
import { openSession, serverIdentity, SIMULATOR_NAMESPACE, SIMULATOR_URI_PREFIX } from '../dcs/index.ts';
import type { LinkReason, OpenSession } from '../dcs/index.ts';
import { outsideReason } from '../outside-reason.ts';

const INSTRUCTOR_NAMESPACE = 'urn:haven:instructor';
/** A write or call that takes longer counts as not carried out. */
const EXCHANGE_TIMEOUT_MS = 3_000;

/** What the instructor's endpoint said; `value` is not believed before it is looked at (line.ts). */
export type Told = { readonly ok: true; readonly value: unknown } | Refused;
export type Done = { readonly ok: true } | Refused;
/** Why not; `zh`: the same in Chinese. */
export interface Refused { readonly ok: false; readonly reason: string; readonly zh?: string }

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
export function objectionTo(identity: { applicationUri: string | null; namespaceUris: readonly string[] }, proof: unknown, plant: string): Text | null {
  if (identity.applicationUri !== `${SIMULATOR_URI_PREFIX}${plant}`) return { zh: `其证书名为 ${identity.applicationUri ?? '空'}；仿真装置的证书名为 ${SIMULATOR_URI_PREFIX}${plant}`, en: `its certificate names ${identity.applicationUri ?? 'nothing'}; a simulator's names ${SIMULATOR_URI_PREFIX}${plant}` };
  if (!identity.namespaceUris.includes(SIMULATOR_NAMESPACE)) return { zh: `它没有命名空间 ${SIMULATOR_NAMESPACE}`, en: `it does not serve the namespace ${SIMULATOR_NAMESPACE}` };
  if (typeof proof !== 'object' || proof === null || !('simulator' in proof) || proof.simulator !== true) return { zh: '其自证变量没有说明它是仿真装置', en: 'its proof variable does not say that it is a simulator' };
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

  static async open(request: { endpointUrl: string; pkiDir: string; plant: string; namespaceUri: string }): Promise<{ ok: true; desk: PlantDesk } | Refused> {
    const opened = await openSession({ endpointUrl: request.endpointUrl, pkiDir: request.pkiDir });
    if (!opened.ok) return notOpened(opened.reason);
    try {
      const identity = await within(serverIdentity(opened.value));
      const proof = await readProof(opened.value.session, identity.namespaceUris);
      const objection = objectionTo(identity, proof, request.plant);
      const plantNamespace = identity.namespaceUris.indexOf(request.namespaceUri);
      const buttons = buttonsOf(proof);
      if (objection === null && plantNamespace >= 0 && buttons !== null) return { ok: true, desk: new PlantDesk(opened.value, plantNamespace, buttons) };
      await opened.value.close();
      if (objection !== null) return { ok: false, reason: objection.en, zh: objection.zh };
      return buttons === null
        ? { ok: false, reason: 'its proof variable does not name the buttons that stop, evacuate and reset', zh: '其自证变量没有给出停车、撤离和复位按钮' }
        : { ok: false, reason: `it does not serve the plant's namespace ${request.namespaceUri}`, zh: `它没有装置的命名空间 ${request.namespaceUri}` };
    } catch (error) {
      await opened.value.close().catch(() => undefined);
      return broken(error);
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
      return status.isGood() ? { ok: true } : { ok: false, reason: status.toString(), zh: `仿真装置没有照办：${outsideReason(status.toString()).zh}` };
    } catch (error) {
      return broken(error);
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

  static async open(request: { endpointUrl: string; pkiDir: string; secret: string }): Promise<{ ok: true; desk: InstructorDesk } | Refused> {
    const opened = await openSession({ endpointUrl: request.endpointUrl, pkiDir: request.pkiDir, credentials: { user: 'instructor', password: request.secret } });
    if (!opened.ok) return notOpened(opened.reason);
    try {
      const namespace = (await within(serverIdentity(opened.value))).namespaceUris.indexOf(INSTRUCTOR_NAMESPACE);
      if (namespace >= 0) return { ok: true, desk: new InstructorDesk(opened.value, namespace) };
      await opened.value.close();
      return { ok: false, reason: `it does not serve the namespace ${INSTRUCTOR_NAMESPACE}`, zh: `它没有命名空间 ${INSTRUCTOR_NAMESPACE}` };
    } catch (error) {
      await opened.value.close().catch(() => undefined);
      return broken(error);
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
      return result.statusCode.isGood() ? { ok: true, value: answer } : refusalOf(answer, result.statusCode.toString());
    } catch (error) {
      return broken(error);
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

/** A sentence and the same in Chinese; a simulator that gives none has its status code told. */
function refusalOf(answer: unknown, status: string): Refused {
  const read = z.object({ error: z.string(), zh: z.string().optional() }).safeParse(answer);
  if (!read.success) return { ok: false, reason: status, zh: `仿真装置没有照办：${outsideReason(status).zh}` };
  const { error, zh } = read.data;
  return { ok: false, reason: error, ...(zh === undefined ? {} : { zh }) };
}

/** An exchange that failed, with what the connection said. */
const broken = (error: unknown): Refused => ({ ok: false, reason: reasonOf(error), zh: `与仿真装置的通信失败：${outsideReason(error).zh}` });

const notOpened = ({ code, text }: LinkReason): Refused => ({ ok: false, reason: text, zh: `连接没有建立（${code}）` });
