/** One headless plant behind its protocol: no files, no process, no clock but the plant's own. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { buttonId, bypassKeyOf } from '../machine/commands.ts';
import type { Button } from '../machine/commands.ts';
import type { Expression } from '../machine/expression.ts';
import { checkedExpression, holds } from '../machine/expression.ts';
import type { Words } from '../machine/definition.ts';
import { PlantMachine } from '../machine/machine.ts';
import { MALFUNCTION_WORDS } from '../machine/words.ts';
import type { MalfunctionKind } from '../kernel/sensor.ts';
import { PLANTS, designsOf, plantOf } from '../plants/index.ts';
import { applyAction, applyScenario, Later } from '../scenarios/apply.ts';
import type { Scenario } from '../scenarios/schema.ts';
import type { Answer, Described, PlantEventSeen, Reply, Request, Shown, TruthNow } from './protocol.ts';
import { EventWatch } from './event-watch.ts';

/** How often what happens later and what is lost is looked at, s. */
const LOOK_S = 1;

interface Live {
  readonly plant: PlantMachine;
  readonly events: EventWatch;
  readonly shown: Map<string, string>;
  readonly seen: Map<string, boolean>;
  later: Later | null;
  watches: readonly { readonly name: string; readonly expression: Expression }[];
  isOn: boolean;
}

const no = (message: string): Reply => ({ ok: false, message });

/** Lags and analysers settle before anyone looks, s. */
const SETTLE_S = 120;

export class HeadlessSession {
  #live: Live | null = null;

  handle(request: Request): Reply {
    if (request.do === 'begin') return this.#begin(request);
    const live = this.#live;
    if (live === null) return no('No plant has begun; ask "begin" first.');
    if (request.do === 'exercise') return this.#exercise(live, request.scenario, request.watch);
    if (request.do === 'lab') {
      const sample = live.plant.laboratory(request.id);
      return sample.ok ? answer(live, { lab: sample.value }) : no(sample.message);
    }
    if (request.do === 'step') {
      const moved = step(live, request.seconds);
      return moved.ok ? answer(live, request.truth ? { truth: truthOf(live.plant) } : {}) : no(moved.message);
    }
    const done = deed(live, request);
    return done.ok ? answer(live) : no(done.message);
  }

  #begin({ plant: id, design, seed, start, settleS, states }: Extract<Request, { do: 'begin' }>): Reply {
    const name = design === undefined ? id : `${id}/${design}`;
    const definition = plantOf(id, design);
    if (definition === undefined) return no(`There is no simulator of ${name}; there is one of ${[...Object.keys(PLANTS), ...designsOf(id).map((each) => `${id}/${each}`)].join(', ')}.`);
    const plant = new PlantMachine(definition, seed);
    const begun = plant.begin(start, states);
    if (!begun.ok) return begun;
    const settled = plant.step(settleS ?? (start === 'normal' ? SETTLE_S : 0));
    if (!settled.ok) return settled;
    const live: Live = { plant, events: new EventWatch(plant), shown: new Map(), seen: new Map(), later: null, watches: [], isOn: false };
    this.#live = live;
    return answer(live, { described: described(plant), truth: truthOf(plant) });
  }

  #exercise(live: Live, scenario: Scenario, watch: Readonly<Record<string, string>>): Reply {
    const { plant } = live;
    if (scenario.plant !== plant.definition.id) return no(`The exercise is of ${scenario.plant}; this plant is ${plant.definition.id}.`);
    const watches: { name: string; expression: Expression }[] = [];
    for (const [name, text] of Object.entries(watch)) {
      const read = checkedExpression(text, (of) => plant.meaningOf(of));
      if (!read.ok) return no(`"${text}" is not understood. ${read.message}`);
      watches.push({ name, expression: read.value });
    }
    const later = Later.of(plant, scenario.then);
    if (!later.ok) return later;
    const applied = applyScenario(plant, scenario);
    if (!applied.ok) return applied;
    Object.assign(live, { later: later.value, watches, isOn: true });
    live.events.begin();
    return answer(live);
  }
}

function step(live: Live, seconds: number): Checked<null> {
  for (let leftS = seconds; leftS > 0; leftS -= LOOK_S) {
    const moved = live.plant.step(Math.min(LOOK_S, leftS));
    if (!moved.ok) return moved;
    const later = live.later?.look();
    if (later?.ok === false) return later;
    for (const action of later?.ok === true ? later.value : []) live.events.told(action);
    live.events.look();
  }
  return { ok: true, value: null };
}

type Deed = Exclude<Request, { do: 'begin' | 'exercise' | 'step' | 'lab' }>;

function deed(live: Live, request: Deed): Checked<unknown> {
  const { plant, events } = live;
  const said = (kind: 'order' | 'command' | 'field' | 'deception' | 'instructor', subject: string, en: string, zh: string, done: Checked<unknown>): Checked<unknown> => {
    if (done.ok) events.tell(kind, subject, { zh, en });
    return done;
  };
  switch (request.do) {
    case 'order': return said('order', request.device, `${request.device} ordered to ${positionText(request.position)}`, `${request.device} ${request.position === null ? '交回自动' : `给定 ${positionText(request.position)}`}`, plant.order(request.device, request.position));
    case 'press': return said('command', request.button, `${request.button} pressed`, `按下 ${request.button}`, press(plant, request.button));
    case 'command': return said('command', request.name, `${request.name} ${request.value ? 'on' : 'off'}`, `${request.name} ${request.value ? '接通' : '断开'}`, plant.command(request.name, request.value));
    case 'key': return said('command', request.interlock, `bypass key of ${request.interlock} ${request.on ? 'on' : 'off'}`, `${request.interlock} 旁路钥匙${request.on ? '接通' : '断开'}`, plant.command(bypassKeyOf(request.interlock), request.on));
    case 'people': return said('field', request.zone, `${request.count} in ${request.zone}`, `${request.zone} ${request.count} 人`, plant.placePeople(request.zone, request.count));
    case 'sensor': return said('deception', request.tag, `${request.tag}: ${malfunctionWords(request.malfunction).en}`, `${request.tag}：${malfunctionWords(request.malfunction).zh}`, applyAction(plant, { kind: 'sensor', tag: request.tag, malfunction: request.malfunction, size: request.size }));
    case 'stick': return said('instructor', request.device, `${request.device} ${request.stuck ? 'stuck' : 'free'}`, `${request.device} ${request.stuck ? '卡住' : '恢复'}`, plant.setStuck(request.device, request.stuck));
    case 'inject': {
      const { do: _do, ...fault } = request;
      return applyAction(plant, { kind: 'inject', ...fault });
    }
    case 'clear': return plant.clear(request.id);
    case 'end': return { ok: true, value: null };
  }
}

const malfunctionWords = (kind: MalfunctionKind | null): Words => (kind === null ? { zh: '恢复', en: 'healed' } : MALFUNCTION_WORDS[kind]);
const positionText = (position: number | null): string => (position === null ? 'auto' : `${Math.round(position * 100)} %`);

/** A press that the plant refuses (a reset while something demands) is an answer of the plant, not a mistake of whoever asks. */
function press(plant: PlantMachine, button: string): Checked<unknown> {
  const definition = plant.commands.find(({ id }) => id === button);
  if (definition === undefined) return plant.command(button, true);
  // a switch that stays where it is put: each press turns it
  if (definition.kind === 'level') return plant.command(button, !plant.commandState(button));
  plant.command(button, true);
  return plant.command(button, false);
}

function answer(live: Live, more: Partial<Answer> = {}): Answer {
  const { plant, shown, seen } = live;
  const changed: Shown[] = [];
  for (const tag of plant.definition.tags) {
    const { value: raw, good } = plant.tag(tag.id);
    const value = tag.kind === 'discrete' ? (tag.states[Number(raw)] ?? '') : raw;
    const key = `${String(value)}${good ? '' : ' !'}`;
    if (shown.get(tag.id) === key) continue;
    shown.set(tag.id, key);
    changed.push(good ? [tag.id, value] : [tag.id, Number.isNaN(value) ? 0 : value, 0]);
  }
  const news: [string, boolean][] = [];
  for (const id of Object.keys(plant.definition.observations)) {
    const now = plant.observation(id);
    if (!now.ok || seen.get(id) === now.value) continue;
    seen.set(id, now.value);
    news.push([id, now.value]);
  }
  const readings = plant.readings();
  const events: readonly PlantEventSeen[] = live.events.take();
  return { ok: true, timeS: plant.timeS, atS: live.isOn ? readings.timeS : null, changed, seen: news, holds: live.watches.filter(({ expression }) => holds(expression, readings)).map(({ name }) => name), events, ...more };
}

const DIGITS = 6;
/** Enough for any trend, and a third of the bytes. */
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

function truthOf(plant: PlantMachine): TruthNow {
  const truth: Record<string, number> = {};
  for (const [id, { truth: of }] of Object.entries(plant.definition.measurements)) {
    const value = of(plant.x, plant.inputs, { ...plant.memory });
    if (Number.isFinite(value)) truth[id] = rounded(value);
  }
  const margins = plant.margins();
  return {
    truth, margins: Object.fromEntries(margins.filter(({ value }) => Number.isFinite(value)).map(({ id, value }) => [id, rounded(value)])),
    lost: margins.filter(({ isLost }) => isLost).map(({ id }) => id), people: { ...plant.people.state.counts },
  };
}

function described({ definition }: PlantMachine): Described {
  const button = (name: Button): string => buttonId(definition.digit, name);
  return {
    tags: definition.tags.map((tag) => ({ id: tag.id, kind: tag.kind, unit: 'unit' in tag ? tag.unit : '', zh: tag.zh, en: tag.en })),
    devices: Object.keys(definition.devices), buttons: { stop: button('stop'), evacuate: button('evacuate'), reset: button('reset'), forcedReset: button('forcedReset'), restart: button('restart') }, zones: Object.keys(definition.zones), functions: Object.keys(definition.functions), observations: Object.keys(definition.observations),
    laboratory: Object.entries(definition.laboratory).map(([id, { turnaroundS }]) => ({ id, turnaroundS })), faults: definition.faults.map(({ id, clause }) => ({ id, clause })),
    margins: definition.margins.map(({ id, zh, en, unit, clauses, side, lostAt }) => ({ id, zh, en, unit, clauses, side, lostAt })),
  };
}
