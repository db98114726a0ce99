/** What stands open in the scenes, at a hand-over of the shift. */
import type { HandoverSection } from '../../../src/contract/view.ts';
import type { Refusal } from '../../../src/contract/refusal.ts';
import { text } from './words.ts';

export function handover(now: number, open: boolean): HandoverSection {
  const item = (kind: HandoverSection['items'][number]['kind'], id: string, zh: string, en: string, minutesAgo: number | null, more: { worst?: boolean; untilMs?: number } = {}): HandoverSection['items'][number] => ({
    id: `${kind}/${id}`, kind, text: text(zh, en), sinceMs: minutesAgo === null ? null : now - minutesAgo * 60_000, untilMs: more.untilMs ?? null, worst: more.worst ?? false,
  });
  return {
    items: !open ? [] : [
      item('incident', 'INC-2026-014', '事件 INC-2026-014 未结束：萃取塔温度异常升高', 'Incident INC-2026-014 is open: extraction tower temperature abnormally high', 1),
      item('prohibition', 'A4-2/p1', '禁令正被违反（4.2.1）：未停车前不得进现场', 'Prohibition being broken (4.2.1): nobody enters before the stop', 1, { worst: true }),
      item('procedure', 'A4-2/1/retreating', '萃取塔超温 · 全系统停车：退守中；当前步骤 s2：停止氢化、氧化进料，并确认阀门已关到位', 'Extraction tower over-temperature · full stop: retreating; present step s2: stop the feeds to hydrogenation and oxidation and check that the valves are closed', 1),
      item('person', 'extraction/E-31', '萃取净化区：赵强，巡检', 'Extraction: Zhao Qiang, inspection', 25, { worst: true }),
      item('person', 'oxidation/unknown', '氧化区：人数未知', 'Oxidation: number of people not known', null, { worst: true }),
      item('post', 'watch/zhang', 'DCS 盯守：张操作', 'DCS watch: Zhang', 50),
      item('interlock', 'I-4200/bypassed', '联锁 I-4200 氧化塔液位低低：旁路', 'Interlock I-4200, oxidation tower level low-low: bypassed', 35, { worst: true }),
      item('bypass', 'B-0007/requested', 'I-4200 旁路 B-0007，已申请：氧化塔液位变送器 LI-4204B 更换', 'Bypass B-0007 of I-4200, asked for: replacement of level transmitter LI-4204B', 40, { worst: true, untilMs: now + 90 * 60_000 }),
      item('shelved', 'AL-filter', '搁置：过滤器压差高（张操作：滤芯下午更换）', 'Shelved: filter differential pressure high (Zhang: cartridge is replaced in the afternoon)', 18, { untilMs: now + 40 * 60_000 }),
      item('outOfService', 'AL-analyser', '停用：分析仪故障，作业票 WP-2026-118（李工：分析仪返厂）', 'Out of service: analyser fault, work permit WP-2026-118 (Li: sent to the maker)', 1_440),
      item('training', 'CR-7/due', '张操作：磷酸加入中断（A4.7）已到复训日期', 'Zhang: loss of phosphoric acid dosing (A4.7), due to train again', 2_880, { untilMs: now + 28 * 86_400_000 }),
    ],
    shift: { user: 'zhang', name: '张操作', sinceMs: now - 7 * 3_600_000, from: { user: 'wang', name: '王班长' } },
    past: [{ atMs: now - 7 * 3_600_000, from: { user: 'wang', name: '王班长' }, to: { user: 'zhang', name: '张操作' }, notes: 'P-4109B 振动偏大，白班处理', count: 2, items: [text('联锁 I-4210 旁路，已审批', 'Interlock I-4210 bypassed, approved'), text('停用：分析仪故障', 'Out of service: analyser fault')] }],
  };
}

export const REFUSED_POST: Refusal = {
  operation: 'post.watch', direction: 'intervene', what: text('担任DCS 盯守', 'Taking the post of DCS watch'),
  obstacles: [{ rule: 'G-POST-HELD', clause: '4.5.1', fact: text('DCS 盯守已由 张操作 担任；须由双方签字交接', '张操作 holds the post of DCS watch; both sign to hand it over'), whoCanChange: ['supervisor', 'operator'] }],
  meanwhile: [text('紧急停车、撤离、继续退守', 'emergency stop, evacuate, go on retreating')],
};
