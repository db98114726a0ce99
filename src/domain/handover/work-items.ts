/** What is being worked on, and what nobody sees: permits that are open, blinds and locks that stand on the spot, cameras that show nothing. */
import type { CameraPart } from '../people/zone-tags.ts';
import { isInForce } from '../people/outages.ts';
import { PERMIT_KINDS, permitState } from '../permits/work-permits.ts';
import { isInPlace } from '../proof/register.ts';
import type { Text } from '../../contract/text.ts';
import type { OpenThings } from './open-thing.ts';

const PERMIT_WORDS: Readonly<Record<'not-yet' | 'valid' | 'expired', Text>> = { 'not-yet': { zh: '未生效', en: 'not yet valid' }, 'valid': { zh: '有效', en: 'valid' }, 'expired': { zh: '已过期，未关闭', en: 'run out, not closed' } };

/** A permit that ran out and was never closed: nobody has said that the work ended. */
export const permits: OpenThings = (plant, state, nowMs) => [
  ...state.permits.flatMap((permit) => {
    const now = permitState(permit, nowMs);
    if (now === 'closed') return [];
    const { title } = PERMIT_KINDS[permit.kind];
    const zone = plant.pack.zones.find(({ id }) => id === permit.zone)?.title ?? { zh: permit.zone, en: permit.zone };
    return [{
      id: `${permit.number}/${now}`, sinceMs: permit.issuedMs, untilMs: permit.untilMs, worst: now === 'expired',
      text: { zh: `${title.zh} ${permit.number}（${PERMIT_WORDS[now].zh}），${zone.zh}，${permit.holder}：${permit.scope}`, en: `${title.en} ${permit.number} (${PERMIT_WORDS[now].en}), ${zone.en}, ${permit.holder}: ${permit.scope}` },
    }];
  }),
  ...state.evidence.filter(isInPlace).map(({ instance, proof, kind, number, atMs, by }) => ({
    id: `${instance}/${proof}/${number ?? ''}`.slice(0, 200), sinceMs: atMs,
    text: kind === 'blind' ? { zh: `盲板 ${number ?? ''} 在位，${by} 登记`, en: `Blind ${number ?? ''} in place, recorded by ${by}` } : { zh: `锁 ${number ?? ''} 在位，${by} 登记`, en: `Lock ${number ?? ''} in place, recorded by ${by}` },
  })),
];

const PART_WORDS: Readonly<Record<CameraPart, Text>> = { signal: { zh: '信号', en: 'signal' }, picture: { zh: '画面', en: 'picture' }, aim: { zh: '朝向', en: 'aim' }, power: { zh: '供电', en: 'power' } };

/** V.1: a camera that shows nothing; its approved outage, where there is one, says until when. */
export const cameras: OpenThings = (plant, state, nowMs) => plant.pack.zones.flatMap((zone) => zone.cameras).flatMap(({ id, title }) => {
  const record = state.cameras[id];
  const outage = state.outages.find((each) => each.camera === id && isInForce(each, nowMs));
  const now = record?.state ?? 'unknown';
  if (now === 'seen' && outage === undefined) return [];
  const parts = record?.parts ?? [];
  const words: Text = now === 'seen' ? { zh: '已批准停用', en: 'outage approved' } : { zh: `${now === 'lost' ? '丧失' : '未知'}${parts.length === 0 ? '' : `：${parts.map((part) => PART_WORDS[part].zh).join('、')}`}`, en: `${now === 'lost' ? 'lost' : 'not known'}${parts.length === 0 ? '' : `: ${parts.map((part) => PART_WORDS[part].en).join(', ')}`}` };
  return [{ id: `${id}/${now}${outage === undefined ? '' : `/${outage.id}`}`.slice(0, 200), sinceMs: record?.sinceMs ?? null, worst: outage === undefined, ...(outage === undefined ? {} : { untilMs: outage.untilMs }), text: { zh: `视频 ${title.zh} ${words.zh}${outage === undefined ? '，无停用审批' : `，${outage.by} 批准：${outage.reason}`}`, en: `Camera ${title.en}: ${words.en}${outage === undefined ? ', no outage approved' : `, approved by ${outage.by}: ${outage.reason}`}` } }];
});
