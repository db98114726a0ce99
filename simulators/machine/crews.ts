/** People as the instructor places and sends them, and what their arrival makes happen at the plant. Nothing forbids an entry; one beyond the limit is told. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { Words } from './definition.ts';
import { ALL_ZONES } from './field.ts';
import type { Panel } from './panel.ts';
import type { CrewNews, Errand, Mission } from './people.ts';
import { MISSION_LIMITS, ZONE_LIMIT } from './people.ts';
import type { Rig } from './rig.ts';
import { percent } from './rig.ts';
import type { Upsets } from './upsets.ts';
import { DEED_WORDS, DONE_WORDS, PROTECTION_WORDS, VALVE_WORDS } from './words.ts';

export class Crews {
  readonly #rig: Rig;
  readonly #panel: Pick<Panel, 'order'>;
  readonly #upsets: Pick<Upsets, 'observation'>;

  constructor(rig: Rig, panel: Pick<Panel, 'order'>, upsets: Pick<Upsets, 'observation'>) {
    this.#rig = rig;
    this.#panel = panel;
    this.#upsets = upsets;
  }

  place(zone: string, count: number): Checked<null> {
    const known = this.#zone(zone);
    if (!known.ok) return known;
    if (!Number.isInteger(count) || count < 0 || count > ZONE_LIMIT) return no(`人数须是 0 至 ${ZONE_LIMIT} 的整数。`, `A head count must be a whole number from 0 to ${ZONE_LIMIT}.`);
    const gone = this.#rig.people.place(zone, count, this.#rig.timeS);
    this.#rig.note('field', zone, { zh: `${zone} 人数置为 ${count}`, en: `${count} people placed in ${zone}` }, [], { field: { kind: 'people', zone, count } });
    for (const mission of gone) this.#hear({ kind: 'left', mission });
    return { ok: true, value: null };
  }

  /** Sends people out. They walk, and what they were sent to do happens when they have arrived. Nothing forbids an entry; one beyond the zone's limit is told. */
  send(errand: Errand): Checked<Mission> {
    const { people, devices, timeS } = this.#rig;
    const zone = this.#zone(errand.zone);
    if (!zone.ok) return zone;
    if (errand.action === 'observe') {
      const known = this.#upsets.observation(errand.subject);
      if (!known.ok) return known;
    } else if (!Object.hasOwn(devices, errand.subject)) return no(`本装置没有设备“${errand.subject}”。`, `This plant has no device "${errand.subject}".`);
    if (people.underway >= MISSION_LIMITS.underway) return no(`同时外出的小组不能超过 ${MISSION_LIMITS.underway} 个。`, `More than ${MISSION_LIMITS.underway} crews cannot be out at once.`);
    const mission = people.send(errand, timeS);
    this.#rig.note('field', errand.zone, { zh: `${errand.crew} 人前往 ${errand.zone}：${DEED_WORDS[errand.action].zh} ${errand.subject}，${PROTECTION_WORDS[errand.protection].zh}`, en: `${errand.crew} people go to ${errand.zone} to ${DEED_WORDS[errand.action].en} ${errand.subject}, ${PROTECTION_WORDS[errand.protection].en}` }, [], { field: didOf(errand) });
    return { ok: true, value: structuredClone(mission) };
  }

  /** Calls a crew back by radio; without radio contact it goes on with what it was sent to do. */
  recall(missionId: number): Checked<Mission> {
    const { people, timeS } = this.#rig;
    const mission = people.state.missions.find(({ id }) => id === missionId);
    if (!mission) return no(`没有第 ${missionId} 组人员。`, `There is no crew ${missionId}.`);
    if (!this.hasRadio(mission.zone)) return no(`第 ${missionId} 组没有应答：${mission.zone} 的对讲中断。`, `Crew ${missionId} does not answer: the radio of ${mission.zone} is dead.`);
    if (!people.recall(mission, timeS)) return no(`第 ${missionId} 组已在返回途中。`, `Crew ${missionId} is already on its way back.`);
    this.#rig.note('field', mission.zone, { zh: `${mission.zone} 的 ${mission.crew} 人被召回`, en: `The ${mission.crew} people of ${mission.zone} are called back` }, [], { field: { kind: 'recall', mission: missionId } });
    return { ok: true, value: structuredClone(mission) };
  }

  hasRadio(zone: string): boolean {
    const { radioLost } = this.#rig.machine.comms;
    return !radioLost.includes(ALL_ZONES) && !radioLost.includes(zone);
  }

  /** moves everybody on and does what their way makes happen */
  step(dtS: number): void {
    for (const news of this.#rig.people.step(this.#rig.timeS, dtS, (zone) => this.hasRadio(zone))) this.#hear(news);
  }

  #zone(zone: string): Checked<null> {
    const zones = Object.keys(this.#rig.definition.zones);
    return zones.includes(zone) ? { ok: true, value: null } : no(`本装置没有区域“${zone}”；有 ${zones.join('、')}。`, `This plant has no zone "${zone}"; it has ${zones.join(', ')}.`);
  }

  #hear(news: CrewNews): void {
    const { mission } = news;
    const rig = this.#rig;
    switch (news.kind) {
      case 'arrived':
        rig.note('field', mission.zone, { zh: `${mission.crew} 人到达 ${mission.zone}`, en: `${mission.crew} people have arrived in ${mission.zone}` });
        mission.report = this.#act(mission);
        return;
      case 'over-limit': rig.note('field', mission.zone, { zh: `${mission.zone} 内 ${news.count} 人，超过限员`, en: `${news.count} people in ${mission.zone}: more than may be there` }, ['4.2']); return;
      case 'air-low': rig.note('field', mission.zone, { zh: `前往 ${mission.zone} 的 ${mission.crew} 人：空气呼吸器报警，返回`, en: `The ${mission.crew} people of ${mission.zone}: the whistle of the breathing apparatus, they go back` }); return;
      case 'air-empty': rig.note('field', mission.zone, { zh: `前往 ${mission.zone} 的 ${mission.crew} 人：空气用尽，尚未返回`, en: `The ${mission.crew} people of ${mission.zone}: out of air before they are back` }, ['4.3.4']); return;
      case 'left': rig.note('field', mission.zone, { zh: `${mission.crew} 人离开 ${mission.zone}`, en: `${mission.crew} people have left ${mission.zone}` }); return;
      case 'reported': rig.note('field', mission.zone, { zh: `${mission.zone} 报告：${news.report.zh}`, en: `Report from ${mission.zone}: ${news.report.en}` }); return;
    }
  }

  /** A hand at the device does what the hand on the DCS would; a device that is stuck or has failed is driven by its wheel. What they have to report. */
  #act({ action, subject }: Mission): Words {
    if (action === 'observe') {
      const seen = this.#upsets.observation(subject);
      return seen.ok && seen.value ? { zh: `看到 ${subject}`, en: `${subject} seen` } : { zh: `没有看到 ${subject}`, en: `${subject} not seen` };
    }
    const device = this.#rig.devices[subject];
    if (!device) return { zh: `找不到 ${subject}`, en: `${subject} not found` };
    if (action === 'check') return { zh: `${subject} ${VALVE_WORDS[device.word].zh}，${percent(device.position)}`, en: `${subject} ${VALVE_WORDS[device.word].en}, ${percent(device.position)}` };
    const position = action === 'open' ? 1 : 0;
    this.#panel.order(subject, position, true);
    const { stuck, failure } = device.state;
    if (stuck || failure?.kind === 'fail-open' || failure?.kind === 'fail-close') device.state.handwheel = position;
    return { zh: `${subject} ${DONE_WORDS[action].zh}`, en: `${subject} ${DONE_WORDS[action].en}` };
  }
}

/** An errand as it was asked for: what it is done to has a name by its kind. */
function didOf({ action, subject, zone, crew, protection, walkS, staysS }: Errand): Readonly<Record<string, string | number>> {
  return { kind: 'field', action, [action === 'observe' ? 'observation' : 'device']: subject, zone, crew, protection, walkS, staysS };
}
