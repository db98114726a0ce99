/** REQ-INS-18: whatever the simulator tells in words, an instructor's no, an event, a crew's report, a goal, a run ahead, it tells in both languages (docs/design/instructor.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MALFUNCTION_KINDS } from '../../simulators/kernel/sensor.ts';
import { ACTUATOR_FAILURES } from '../../simulators/kernel/actuator.ts';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { FIELD_DEEDS, PROTECTIONS } from '../../simulators/machine/people.ts';
import { eventWords } from '../../simulators/machine/words.ts';
import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import { PLANTS } from '../../simulators/plants/index.ts';
import { METHODS } from '../../simulators/server/methods.ts';
import { SimulationSession } from '../../simulators/server/session.ts';

const CHINESE = /[\u4e00-\u9fff]/u;
/** terms of the machine that no sentence for people shows raw */
const RAW = new RegExp(`(?:^|[ ：，])(?:${[...MALFUNCTION_KINDS, ...ACTUATOR_FAILURES, ...PROTECTIONS, ...FIELD_DEEDS, 'travelling', 'fault', 'beats', 'stands', 'seen', 'tripped'].join('|')})(?:$|[ ，。])`, 'u');
const session = new SimulationSession(H2O2, 3, 1, () => 1_000_000);
afterAll(() => session.close());
type Answer = { ok: true; value: Record<string, unknown> } | { ok: false; message: string; zh?: string };
const ask = (name: string, ...args: (string | number)[]): Answer => METHODS.find((method) => method.name === name)!.run(session, args) as Answer;
function told(answer: Answer): Record<string, unknown> {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

const LONG = 'x'.repeat(1_001);
const NOS: readonly (readonly [string, ...(string | number)[]])[] = [
  ['SetSpeed', 51], ['Step', 601], ['RunToAlarm', '{"limits":7}'], ['RunToAlarm', '{"limits":[{"tag":"TI-9"}]}'], ['RunToAlarm', '{"limits":[{"tag":"TI-4203"}]}'], ['RunToAlarm', '{"withinS":0}'], ['RunToAlarm', '{"fast":1}'], ['RunTo', '{}'], ['RunTo', '{"fast":1}'], ['RunTo', '7'], ['RunTo', '{'],
  ['Begin', 'nowhere', 1], ['Begin', 'normal', 1.5], ['Snapshot', ''], ['Restore', 'none'], ['Forget', 'none'], ['Backtrack', '{}'], ['Backtrack', '{"toS":-5}'], ['RenameBranch', 99, 'x'], ['RenameBranch', 1, LONG], ['Note', ''],
  ['Overlay', '7'], ['Overlay', '{"branches":[]}'], ['Overlay', '{"branches":[1],"tags":[]}'], ['Overlay', '{"branches":[1],"tags":["X"]}'], ['Overlay', '{"branches":[9],"tags":["TI-4203"]}'], ['Overlay', '{"branches":[1],"tags":["TI-4203"],"points":1}'], ['Overlay', '{"branches":[1],"tags":["TI-4203"],"fromS":"a"}'],
  ['Inject', 'F9', '{}'], ['Inject', 'F4-02', '[]'], ['Inject', 'F4-02', '{"severity":3}'], ['Inject', 'F4-02', '{"when":""}'], ['Inject', 'F4-02', '{"colour":1}'], ['Inject', 'F4-02', '{"repeats":2}'], ['Inject', 'F4-02', '{"repeatS":2}'], ['Inject', 'F4-02', `{"when":"${'('.repeat(200)}"}`],
  ...['TI-4203', '70 < TI-4203', 't > 3 & x', 'XV-4101 > 3', 'TI-9 > 1', 'TI-4203 > a', '(t > 1', 't > 1 t', 'HS-4001 and', 'HS-4001 = 1', 'XV-4101 = ajar', 'and'].map((when) => ['Inject', 'F4-02', JSON.stringify({ when })] as const),
  ['Clear', 'F9'], ['SetTag', 'X', '1'], ['SetTag', 'TI-4203', 'true'], ['SetTag', 'XV-4101', '9'], ['SetTag', 'PC-4100', '999'], ['SetTag', 'TI-4203', '"a"'], ['Comms', '7'], ['Comms', '{"x":1}'], ['Comms', '{"radioLost":["X"]}'], ['Comms', '{"dcs":"x"}'], ['Comms', '{"heartbeat":"x"}'], ['Observe', '', 'true'], ['Observe', 'NONE', ''], ['Observe', 'X', '7'], ['Laboratory', 'X'],
  ['Order', 'XV-9', '1'], ['Order', 'XV-4101', '2'], ['Order', 'XV-4101', '"a"'], ['Command', 'HS-9', 'true'], ['Command', 'HS-4001', 'x'], ['Ahead', '7'], ['Ahead', '{"endS":0}'], ['Ahead', '{"endS":9,"tags":7}'], ['Ahead', '{"endS":9,"tags":["X"]}'], ['Ahead', '{"endS":9,"tags":[],"modes":[]}'], ['Ahead', '{"endS":9,"tags":[],"modes":[{}]}'], ['Ahead', '{"endS":9,"tags":[],"modes":[{"id":"a","title":7}]}'], ['Ahead', '{"endS":9,"tags":[],"modes":[{"id":"a","acts":7}]}'], ['Ahead', '{"endS":9,"tags":[],"modes":[{"id":"a","acts":[{}]}]}'], ['Ahead', '{"endS":9,"tags":[],"modes":[{"id":"a"},{"id":"a"}]}'], ['Ahead', '{"node":99,"endS":9,"tags":[],"modes":[{"id":"a"}]}'], ['AheadResult', 99], ['AheadCancel', 99], ['Events', -1], ['Truth', -2],
  ...['7', '{}', '{"kind":"people","zone":"X","count":1}', '{"kind":"people","zone":"PC-4100","count":-1}', '{"kind":"stick","device":"X"}', '{"kind":"sensor","tag":"X","malfunction":null}', '{"kind":"sensor","tag":"TI-4203","malfunction":"x"}', '{"kind":"sensor","tag":"TI-4203","malfunction":"bias","size":1e9}', '{"kind":"sensor","tag":"TI-4203","malfunction":"delayed","size":-1}', '{"kind":"actuator","device":"X","failure":null}', '{"kind":"actuator","device":"XV-4101","failure":"x"}', '{"kind":"actuator","device":"XV-4101","failure":"slow","size":-1}', '{"kind":"recall"}', '{"kind":"recall","mission":9}', '{"kind":"field"}', '{"kind":"field","action":"open"}', '{"kind":"field","action":"observe"}', '{"kind":"field","action":"open","device":"X"}', '{"kind":"field","action":"open","device":"X","zone":"PC-4100"}', '{"kind":"field","action":"open","device":"XV-4101","zone":"X"}', '{"kind":"field","action":"open","device":"XV-4101","zone":"PC-4100","crew":0}', '{"kind":"field","action":"open","device":"XV-4101","zone":"PC-4100","walkS":-1}', '{"kind":"field","action":"open","device":"XV-4101","zone":"PC-4100","protection":"x"}', '{"kind":"field","action":"observe","observation":"X","zone":"PC-4100"}'].map((action) => ['FieldAction', action] as const),
];

describe('REQ-INS-18 in both languages', () => {
  test.each(NOS.map(([method, ...args]) => ({ method, args })))('$method $args: a no that can be read in Chinese as well', ({ method, args }) => {
    const answer = ask(method, ...args);
    if (answer.ok) throw new Error('it was done');
    expect(answer.message).toMatch(/^[^\u4e00-\u9fff]{8,}$/u);
    expect(answer.zh).toMatch(CHINESE);
  });

  test('nowhere in the machine and its server is a no written in one language', () => {
    const places = ['machine', 'server', 'kernel'].flatMap((folder) => {
      const dir = join(import.meta.dirname, '../../simulators', folder);
      return readdirSync(dir).filter((name) => name !== 'options.ts' && name !== 'integrator.ts').flatMap((name) => (readFileSync(join(dir, name), 'utf8').match(/ok: false, message: [`'"][^\n]*/gu) ?? []).map((line) => `${folder}/${name}: ${line}`));
    });
    expect(places).toEqual([]);
  });

  test('whatever is done and happens: each event in both languages, and no term of the machine raw in the Chinese', () => {
    told(ask('Observe', 'SMOKE-4200', 'false'));
    for (const malfunction of MALFUNCTION_KINDS) told(ask('FieldAction', JSON.stringify({ kind: 'sensor', tag: 'TI-4203', malfunction, size: 60 })));
    for (const failure of ACTUATOR_FAILURES) told(ask('FieldAction', JSON.stringify({ kind: 'actuator', device: 'XV-4206', failure, size: 1 })));
    for (const protection of PROTECTIONS) told(ask('FieldAction', JSON.stringify({ kind: 'field', action: 'check', device: 'XV-4101', zone: 'PC-4100', crew: 2, protection, walkS: 1, staysS: 4 })));
    for (const action of FIELD_DEEDS) told(ask('FieldAction', JSON.stringify({ kind: 'field', action, device: 'XV-4301', observation: 'SMOKE-4200', zone: 'PC-4300', walkS: 1, staysS: 2 })));

    for (const [method, ...args] of [['Observe', 'SMOKE-4200', 'true'], ['Observe', 'SMOKE-4200', '"model"'], ['SetTag', 'TI-4202', '61'], ['SetTag', 'XV-4105', '3'], ['SetTag', 'CAM-4100-SIG', 'false'], ['Order', 'XV-4205', '0.5'], ['Order', 'XV-4205', 'null'], ['Comms', '{"radioLost":["all"],"dcs":"still","heartbeat":"stands"}'], ['Comms', '{"radioLost":[],"dcs":"bad"}'],
      ['FieldAction', '{"kind":"people","zone":"PC-4200","count":3}'], ['FieldAction', '{"kind":"stick","device":"XV-4101"}'], ['FieldAction', '{"kind":"unstick","device":"XV-4101"}'], ['FieldAction', '{"kind":"sensor","tag":"TI-4203","malfunction":null}'], ['FieldAction', '{"kind":"actuator","device":"XV-4206","failure":null}'], ['Laboratory', Object.keys(H2O2.laboratory)[0] ?? ''],
      ['Snapshot', '甲'], ['Inject', 'F4-02F', '{"durationS":5}'], ['Step', 12], ['SetTag', 'TI-4201', '61'], ['Step', 5], ['Restore', '甲'], ['Backtrack', '{"backS":0}'], ['Begin', 'normal', 4], ['Step', 40], ['Backtrack', '{"backS":5}'], ['ClearAll'], ['Command', 'HS-4001', 'true']] as const) told(ask(method, ...args));
    told(ask('RunTo', '{"forS":1}'));
    session.tick(2_000, () => 0);
    const { events } = told(ask('Events', 0)) as { events: { kind: string; text: { zh: string; en: string } }[] };
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['fault-began', 'fault-ended', 'deception', 'field', 'order', 'command', 'trip', 'instructor', 'branch']));
    for (const { text } of events) {
      expect(text.zh, JSON.stringify(text)).toMatch(CHINESE);
      expect(text.zh, JSON.stringify(text)).not.toMatch(RAW);
      expect(text.en.replace('甲', ''), JSON.stringify(text)).not.toMatch(CHINESE);
    }
    const reports = events.filter(({ text }) => text.en.startsWith('Report from')).map(({ text }) => text);
    expect(reports).toEqual(expect.arrayContaining([{ zh: expect.stringMatching(/^PC-4100 报告：XV-4101 [开关]/u) as unknown, en: expect.stringMatching(/^Report from PC-4100: XV-4101 (?:open|closed)/u) as unknown }, { zh: 'PC-4300 报告：没有看到 SMOKE-4200', en: 'Report from PC-4300: SMOKE-4200 not seen' }]));
    expect(told(ask('Status'))['reached']).toEqual({ zh: expect.stringMatching(/^[\d.]+ 秒$/u) as unknown, en: expect.stringMatching(/^[\d.]+ s$/u) as unknown });
  });

  test('each event of a model that changes a plant has its words', () => {
    const names = Object.values(PLANTS).flatMap(({ events }) => events.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(eventWords(name).zh, name).toMatch(CHINESE);
  });

  test('a model that has ended says so in both', () => {
    const plant = new PlantMachine(H2O2, 1);
    plant.failure = { ok: false, kind: 'step-limit', tS: 7, message: 'The solver took 9 steps and stands at 7 s.' };
    expect(plant.step(1)).toEqual({ ok: false, message: 'The solver took 9 steps and stands at 7 s.', zh: expect.stringMatching(CHINESE) as unknown });
  });
});
