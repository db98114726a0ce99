/** Work permits and evidence of the fake station: one permit that holds, one that has run out, one closed; a gas test, blinds in and out, a lock. */
import type { View } from '../../../src/contract/view.ts';
import { GASES } from '../../../src/contract/evidence.ts';
import { WORK_PERMIT_KINDS } from '../../../src/contract/work-permits.ts';
import type { EvidenceRecordView, WorkPermitView } from '../../../src/contract/work.ts';
import { PERMIT_KINDS } from '../../../src/domain/permits/work-permits.ts';
import { GAS_LIMITS } from '../../../src/domain/proof/gas-test.ts';
import { text } from './words.ts';

const MINUTE = 60_000;

export function work(now: number, isHandling: boolean): View['work'] {
  const permit = (number: string, kind: WorkPermitView['kind'], changes: Partial<WorkPermitView>): WorkPermitView => ({
    number, kind, title: PERMIT_KINDS[kind].title, scope: '更换萃取塔底滤网', zone: { id: 'extraction', title: text('萃取净化区', 'Extraction') }, holder: '赵强', approver: { user: 'wang', name: '王班长' }, issuedMs: now - 200 * MINUTE, fromMs: now - 190 * MINUTE, untilMs: now + 50 * MINUTE,
    state: 'valid', isolation: [{ by: 'blind', number: 'B-12' }, { by: 'vents-open', number: 'V-4307' }], closed: null, carries: [], ...changes,
  });
  const record = (id: string, kind: string, changes: Partial<EvidenceRecordView>): EvidenceRecordView => ({
    instance: 'A4-4/1', procedure: text('停车检修', 'Repair after a stop'), step: { id: 'h1', text: text('加盲板', 'Set the blinds') }, proof: { id, text: text('盲板已加装', 'Blinds in place') }, kind, number: null, evidence: {}, by: 'zhang', atMs: now - 90 * MINUTE, witness: null, untilMs: null, inPlace: null, removed: null, ...changes,
  });
  return {
    permits: !isHandling ? [] : [
      permit('WP-0412', 'line-opening', { carries: [{ instance: 'A4-4/1', procedure: text('停车检修', 'Repair after a stop'), step: text('拆滤网', 'Take the strainer out') }] }),
      permit('WP-0409', 'blinding', { state: 'expired', untilMs: now - 5 * MINUTE }),
      permit('WP-0398', 'hot-work', { state: 'closed', untilMs: now - 20 * MINUTE, isolation: [], closed: { by: 'wang', atMs: now - 60 * MINUTE, reason: '作业完成' } }),
    ],
    kinds: WORK_PERMIT_KINDS.map((kind) => ({ kind, ...PERMIT_KINDS[kind] })),
    gases: GASES.map((gas) => ({ gas, unit: GAS_LIMITS[gas].unit, low: GAS_LIMITS[gas].low, high: GAS_LIMITS[gas].high })),
    issue: { allowed: true },
    evidence: !isHandling ? [] : [
      record('h-gas', 'portable-test', { step: { id: 'h2', text: text('气体检测', 'Gas test') }, proof: { id: 'h-gas', text: text('便携仪测氧', 'Oxygen by portable test') }, evidence: { instrument: 'GD-07', points: [{ place: '人孔上部', values: [{ gas: 'O2', value: 20.8 }, { gas: 'LEL', value: 1 }] }, { place: '人孔下部', values: [{ gas: 'O2', value: 20.6 }, { gas: 'LEL', value: 2 }] }], sampledMs: now - 12 * MINUTE, validForMs: 30 * MINUTE }, untilMs: now + 18 * MINUTE, atMs: now - 11 * MINUTE }),
      record('h-blind', 'blind', { number: 'B-12', evidence: { numbers: ['B-12', 'B-13'], place: 'E-4303 入口' }, inPlace: true, witness: 'li' }),
      record('h-blind', 'blind', { number: 'B-13', evidence: { numbers: ['B-12', 'B-13'], place: 'E-4303 入口' }, inPlace: false, removed: { by: 'zhang', atMs: now - 3 * MINUTE } }),
      record('h-lock', 'lock-and-tag', { proof: { id: 'h-lock', text: text('开关柜上锁挂牌', 'Switch locked and tagged') }, number: 'L-31', evidence: { lock: 'L-31', tag: 'T-88', place: 'MCC-2' }, inPlace: true }),
    ],
  };
}
