/** Corrective actions of the fake station: one overdue and moved already, one open, one closed with its evidence. */
import type { ActionView } from '../../../src/contract/actions.ts';
import type { View } from '../../../src/contract/view.ts';
import { text } from './words.ts';

const DAY = 86_400_000;

export function action(now: number, id: string, changes: Partial<ActionView>): ActionView {
  return {
    id, incident: 'INC-2026-013', measure: '更换萃取塔温度变送器 TI-4302，并核对联锁定值', responsible: '赵强', funding: '安全费用 2026-07，3.2 万元', dueMs: now + 10 * DAY, contingency: '更换前每小时现场测温一次，超过 55 ℃ 即停车',
    procedures: [{ id: 'A4-2', title: text('萃取塔超温 · 全系统停车', 'Extraction tower over-temperature · full stop') }], openedBy: 'wang', openedMs: now - 20 * DAY, overdue: false, movable: true, extended: [], closed: null, ...changes,
  };
}

export function actions(now: number, some: boolean): View['actions'] {
  if (!some) return { open: [], closed: [], overdue: 0 };
  return {
    open: [
      action(now, 'CA-2', { dueMs: now - 2 * DAY, overdue: true, movable: false, extended: [{ fromMs: now - 9 * DAY, toMs: now - 2 * DAY, reason: '备件未到货', by: 'li', atMs: now - 10 * DAY }] }),
      action(now, 'CA-3', { incident: null, measure: '修订氧化液酸度分析频次', responsible: '李工', funding: '不需资金', contingency: '异常时按现行频次加倍取样', procedures: [] }),
    ],
    closed: [action(now, 'CA-1', { measure: '清理围堰排水沟', movable: false, dueMs: now - 12 * DAY, closed: { by: 'li', atMs: now - 13 * DAY, evidence: '现场照片 P-118，验收单 Y-40' } })],
    overdue: 1,
  };
}
