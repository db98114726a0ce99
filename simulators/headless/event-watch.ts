/** What happens on a plant that nobody writes down there: faults beginning and ending, trips, margins lost. Looked at about once a second of plant time. */
import { envelope } from '../kernel/fault-envelope.ts';
import type { Words } from '../machine/definition.ts';
import type { PlantMachine } from '../machine/machine.ts';
import type { LaterAction } from '../scenarios/schema.ts';
import type { PlantEventSeen } from './protocol.ts';

export class EventWatch {
  readonly #plant: PlantMachine;
  #faults = new Set<string>();
  #tripped: ReadonlySet<string>;
  #lost: ReadonlySet<string>;
  #news: PlantEventSeen[] = [];

  constructor(plant: PlantMachine) {
    this.#plant = plant;
    this.#tripped = new Set(plant.tripped());
    this.#lost = lostOf(plant);
  }

  /** The exercise begins: what came before is no news of it. */
  begin(): void {
    this.#news = [];
    this.look();
  }

  tell(kind: string, subject: string, { zh, en }: Words, clauses: readonly string[] = []): void {
    this.#news.push({ atS: this.#plant.readings().timeS, kind, subject, zh, en, clauses });
  }

  /** What the scenario itself did. */
  told(action: LaterAction): void {
    switch (action.kind) {
      case 'command': return this.tell('command', action.name, { zh: `${action.name} ${action.value ? '接通' : '断开'}`, en: `${action.name} ${action.value ? 'on' : 'off'}` });
      case 'order': return this.tell('order', action.device, { zh: `${action.device} 被操作`, en: `${action.device} operated` });
      case 'sensor': return this.tell('deception', action.tag, { zh: `${action.tag} 失真`, en: `${action.tag} no longer tells the truth` });
      case 'stick': case 'unstick': return this.tell('instructor', action.device, { zh: `${action.device} ${action.kind === 'stick' ? '卡住' : '恢复'}`, en: `${action.device} ${action.kind === 'stick' ? 'stuck' : 'free'}` });
      case 'people': return this.tell('field', action.zone, { zh: `${action.zone} ${action.count} 人`, en: `${action.count} in ${action.zone}` });
      case 'inject': case 'clear': return;
    }
  }

  look(): void {
    const plant = this.#plant;
    const definitions = plant.definition.faults;
    const active = new Set(plant.faults.filter((fault) => fault.phase === 'begun' && envelope(fault.options, plant.timeS - fault.sinceS) > 0).map(({ id }) => id));
    for (const id of active) if (!this.#faults.has(id)) this.#fault('fault-began', id, definitions.find((each) => each.id === id));
    for (const id of this.#faults) if (!active.has(id)) this.#fault('fault-ended', id, definitions.find((each) => each.id === id));
    this.#faults = active;
    const tripped = new Set(plant.tripped());
    for (const id of tripped) if (!this.#tripped.has(id)) this.tell('trip', id, { zh: `联锁 ${id} 动作`, en: `${id} tripped` });
    this.#tripped = tripped;
    const lost = lostOf(plant);
    for (const { id, zh, en, clauses } of plant.definition.margins) if (lost.has(id) && !this.#lost.has(id)) this.tell('margin-lost', id, { zh: `裕度丧失：${zh}`, en: `Margin lost: ${en}` }, clauses);
    this.#lost = lost;
  }

  take(): readonly PlantEventSeen[] {
    const news = this.#news;
    this.#news = [];
    return news;
  }

  #fault(kind: string, id: string, definition: { readonly zh: string; readonly en: string; readonly clause: string } | undefined): void {
    this.tell(kind, id, { zh: definition?.zh ?? id, en: definition?.en ?? id }, definition === undefined ? [] : [clauseOf(definition.clause)]);
  }
}

/** `A4-2(1)` of research/simulators.md is A4.2(1) of the rules. */
const clauseOf = (clause: string): string => clause.replace('-', '.');
const lostOf = (plant: PlantMachine): ReadonlySet<string> => new Set(plant.margins().filter(({ isLost }) => isLost).map(({ id }) => id));
