/** People, cameras and fences of the scenes; in an upset an evacuation's roll-call runs. */
import type { CameraView, ZoneView } from '../../../src/contract/people-view.ts';
import { CAMERA_PARTS } from '../../../src/contract/people-view.ts';
import type { PeopleSection } from '../../../src/contract/view.ts';
import { REFUSED_ENTRY } from './refusals.ts';
import { isThree, reading, text } from './words.ts';
import type { Scene } from './words.ts';

const EQUIPMENT = [
  { id: 'helmet', title: text('安全帽', 'Safety helmet') }, { id: 'suit-acid', title: text('耐酸碱防护服', 'Suit against acids and alkalis') },
  { id: 'face-shield', title: text('防护面屏', 'Face shield') }, { id: 'gloves-chemical', title: text('防化手套', 'Chemical-resistant gloves') }, { id: 'radio', title: text('防爆对讲机', 'Explosion-proof radio') },
];
const WAYS_OUT = [text('西侧楼梯到地面', 'West stairs to the ground'), text('逆风或侧风离开，到上风向集合点', 'Leave against or across the wind to the upwind assembly point')];
const TAG = { power: 'PWR', signal: 'SIG', picture: 'PIC', aim: 'AIM' } as const;

function camera(number: string, zh: string, en: string, now: number, lost: CameraView['parts'][number]['part'] | null = null, isUnknown = false): CameraView {
  const id = `CAM-${number}`;
  return {
    id, title: text(`${zh}摄像头`, `Camera of the ${en.toLowerCase()}`), state: isUnknown ? 'unknown' : lost === null ? 'seen' : 'lost', outages: [],
    parts: CAMERA_PARTS.map((part) => ({ part, state: isUnknown ? 'unknown' : part === lost ? 'lost' : 'good', reading: { tag: `${id}-${TAG[part]}`, value: part !== lost, quality: isUnknown ? 'stale' : 'good', sourceMs: now - 800 } })),
  };
}

export function people(now: number, scene: Scene): PeopleSection {
  const upset = scene === 'upset' || scene === 'stale' || isThree(scene);
  const stale = scene === 'stale';
  const zone = (id: string, zh: string, en: string, number: string, n: number, changes: Partial<ZoneView> = {}): ZoneView => ({
    id, title: text(zh, en), reading: reading(`PC-${number}`, n, '1', now - 900), entries: [], count: n, byTag: n, byNames: changes.entries?.length ?? 0, differsSinceMs: null, limit: upset ? 0 : 6, stage: 'normal', state: 'within', enter: { allowed: true },
    protection: EQUIPMENT, protectionDemanded: upset, isSeen: true, cameras: [camera(number, zh, en, now)],
    fence: { state: 'whole', reading: { tag: `FEN-${number}`, value: false, quality: 'good', sourceMs: now - 700 } }, waysOut: WAYS_OUT,
    rollCall: upset ? { cleared: true, positioning: 'zero', signedIn: 0, signed: [{ name: '王班长', atMs: now - 40_000 }] } : null, ...changes,
  });
  const entries: ZoneView['entries'] = [
    { id: 'E-31', name: '赵强', task: '巡检', part: '萃取塔二层平台', gasDetector: 'GD-07', atMs: now - 1_500_000, protection: EQUIPMENT.map(({ title }) => title) },
    { id: 'E-32', name: '孙磊', task: '取样', part: '取样口 S-4307', gasDetector: '', atMs: now - 1_300_000, protection: EQUIPMENT.slice(0, 2).map(({ title }) => title) },
  ];
  const zones = [
    zone('hydrogenation', '氢化区', 'Hydrogenation', '4100', 0, scene === 'bypassed' ? { isSeen: false, cameras: [{ ...camera('4100', '氢化区', 'Hydrogenation', now, 'power'), outages: [{ id: 'CO-1', reason: '更换镜头', fromMs: now - 600_000, untilMs: now + 3_000_000, report: '', by: '王班长', inForce: true }] }] } : {}),
    zone('oxidation', '氧化区', 'Oxidation', '4200', upset ? 0 : 1),
    zone('extraction', '萃取净化区', 'Extraction', '4300', 2, {
      entries: upset ? entries.slice(1) : entries,
      ...(upset ? {
        stage: 'unclear', state: 'exceeded', enter: { allowed: false, refusal: REFUSED_ENTRY }, differsSinceMs: now - 75_000, isSeen: false, cameras: [camera('4300', '萃取净化区', 'Extraction', now, 'picture')],
        fence: { state: 'broken' as const, reading: { tag: 'FEN-4300', value: true, quality: 'good' as const, sourceMs: now - 20_000 } }, rollCall: { cleared: false, positioning: 'occupied', signedIn: 1, signed: [] },
      } : {}),
    }),
    zone('tanks', '双氧水罐区', 'Tank farm', '4800', 0, stale ? {
      count: null, byTag: null, state: 'unknown', reading: reading('PC-4800', 0, '1', now - 40_000, 'stale'), isSeen: false, cameras: [camera('4800', '双氧水罐区', 'Tank farm', now, null, true)],
      fence: { state: 'unknown', reading: { tag: 'FEN-4800', value: false, quality: 'stale', sourceMs: now - 40_000 } }, rollCall: { cleared: false, positioning: 'unknown', signedIn: 0, signed: [{ name: '王班长', atMs: now - 40_000 }] },
    } : {}),
  ];
  const open = zones.filter(({ rollCall }) => rollCall?.cleared === false).map(({ id, title }) => ({ zone: id, title }));
  return {
    zones,
    rollCall: upset ? { openedMs: now - 120_000, endedMs: null, of: zones.length, cleared: zones.length - open.length, open } : null,
    commander: upset ? { user: 'wang', name: '王班长', sinceMs: now - 50_000 } : null,
    watch: { user: 'zhang', name: '张操作', sinceMs: now - 3_000_000 },
  };
}
