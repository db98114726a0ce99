/** Rules about people: who commands and watches, who may go in, with what, seen by whom. */
import { one } from './rule.ts';
import type { GateRule } from './rule.ts';

export const PEOPLE_RULES: readonly GateRule[] = [
  {
    id: 'G-COMMANDER', clause: '4.5.1', directions: ['intervene', 'return'], whoCanChange: ['supervisor'],
    looksAt: { zh: '是否有指定的指挥人员', en: 'a commander named' },
    stands: (f) => one(f.abnormal && f.commander === null, '尚无指定的指挥人员', 'No commander has been named'),
  },
  {
    id: 'G-ONE-COMMANDER', clause: '4.5.1', directions: ['intervene'], whoCanChange: ['supervisor'],
    looksAt: { zh: '命令是否由指挥人员一人发出', en: 'orders come from the one commander' },
    stands: (f) => one(f.abnormal && f.isOrder && f.commander !== null && f.signer !== null && f.signer.user !== f.commander.user, `只有指挥人员 ${f.commander?.name ?? ''} 可以下令；须先当面交接指挥`, `Orders come from ${f.commander?.name ?? ''} alone; hand the command over first`),
  },
  {
    id: 'G-POST-HELD', clause: '4.5.1', directions: ['intervene'], whoCanChange: ['supervisor', 'operator'],
    looksAt: { zh: '岗位是否已有人', en: 'the post held by somebody' },
    stands: (f) => { const post = f.post; return post === null || post.heldBy === null ? [] : one(true, `${post.title.zh}已由 ${post.heldBy} 担任；须由双方签字交接`, `${post.heldBy} holds the post of ${post.title.en}; both sign to hand it over`); },
  },
  {
    id: 'G-TWO-POSTS', clause: '4.5.2', directions: ['intervene'], whoCanChange: ['supervisor', 'operator'],
    looksAt: { zh: '一人是否兼任指挥与盯守', en: 'one person for command and watch' },
    stands: (f) => one(f.post?.holdsOther === true, '指挥与盯守 DCS 须是两个人', 'Command and DCS watch are two people'),
  },
  {
    id: 'G-WATCH', clause: '4.5.2', directions: ['intervene', 'return'], whoCanChange: ['operator', 'supervisor'],
    looksAt: { zh: '是否有专人盯守 DCS', en: 'somebody named to watch the DCS' },
    stands: (f) => one(f.abnormal && f.watch === null, '尚无专人盯守 DCS', 'Nobody has been named to watch the DCS'),
  },
  {
    id: 'G-UNCLEAR', clause: '4.2.1', directions: ['intervene'], whoCanChange: ['supervisor', 'engineer'],
    looksAt: { zh: '现场情况是否评估过', en: 'the situation on the spot assessed' },
    stands: (f) => one(f.entry?.stage === 'unclear', `现场情况不明，未经风险评估：${f.entry?.zone.zh ?? ''}任何人不得进入`, `Situation unclear and not assessed: nobody enters ${f.entry?.zone.en ?? ''}`),
  },
  {
    id: 'G-PEOPLE-LIMIT', clause: '4.2.3', directions: ['intervene'], whoCanChange: ['supervisor'],
    looksAt: { zh: '进入后的人数与上限', en: 'people after the entry, against the limit' },
    stands: (f) => {
      if (f.entry === null || f.entry.limit === null) return [];
      const { countAfter, limit } = f.entry;
      return one(countAfter === null || countAfter > limit, `进入后人数${countAfter ?? '未知'}，上限 ${limit}`, `${countAfter ?? 'An unknown number of'} people after this entry; the limit is ${limit}`);
    },
  },
  {
    id: 'G-PEOPLE', clause: '4.2.3', directions: ['return'], whoCanChange: ['supervisor'],
    looksAt: { zh: '各区人数与上限', en: 'people in each zone, against the limit' },
    stands: (f) => f.zones.filter((z) => z.state !== 'within').map((z) => ({
      subject: z.id,
      fact: z.state === 'unknown' ? { zh: `${z.title.zh}人数未知`, en: `Number of people in ${z.title.en} not known` } : { zh: `${z.title.zh} ${z.count ?? '?'} 人，上限 ${z.limit ?? '?'}`, en: `${z.count ?? '?'} people in ${z.title.en}; the limit is ${z.limit ?? '?'}` },
    })),
  },
  {
    id: 'G-TASK', clause: '4.2.2', directions: ['intervene'], whoCanChange: ['supervisor'],
    looksAt: { zh: '是否有明确任务', en: 'a task of their own' },
    stands: (f) => one(f.entry?.hasTask === false, '没有明确任务的人员不得进入', 'Nobody enters without a task of their own'),
  },
  {
    id: 'G-SAME-PART', clause: '4.2.3', directions: ['intervene'], whoCanChange: ['supervisor'],
    looksAt: { zh: '同一部位是否已有作业', en: 'another job at the same part' },
    stands: (f) => { const same = f.entry?.samePart ?? null; return same === null ? [] : one(true, `${same.part} 已有 ${same.name} 在作业，同一部位不得同时进行两项作业`, `${same.name} is already at work at ${same.part}; no two jobs at one part`); },
  },
  {
    id: 'G-PROTECTION', clause: '4.3.4', directions: ['intervene'], whoCanChange: ['supervisor', 'operator'],
    looksAt: { zh: '防护装备是否逐项确认', en: 'protective equipment confirmed item by item' },
    stands: (f) => (f.entry?.protectionMissing ?? []).map((item) => ({ fact: { zh: `防护装备未确认：${item.zh}`, en: `Protective equipment not confirmed: ${item.en}` } })),
  },
  {
    id: 'G-GAS-DETECTOR', clause: '4.2.1', directions: ['intervene'], whoCanChange: ['supervisor', 'operator'],
    looksAt: { zh: '是否携带气体检测仪', en: 'a gas detector carried' },
    stands: (f) => one(f.entry?.hasGasDetector === false, '没有携带气体检测仪（编号）', 'No gas detector is carried (by its number)'),
  },
  {
    id: 'G-ROLL-CALL', clause: '4.2.1', directions: ['return'], whoCanChange: ['operator', 'supervisor'],
    looksAt: { zh: '撤离清点是否完成', en: 'the evacuation roll-call complete' },
    stands: (f) => f.notCleared.map((zone) => ({ fact: { zh: `撤离清点未完成：${zone.zh}未由两个来源证实无人`, en: `Evacuation roll-call not complete: ${zone.en} is not shown empty by two sources` } })),
  },
  {
    id: 'G-VIDEO', clause: 'V.1', directions: ['intervene'], whoCanChange: ['engineer', 'supervisor'],
    looksAt: { zh: '作业区域是否在视频监视下', en: 'the zone of the work seen by a camera' },
    stands: (f) => f.unseen.map(({ zone, why }) => ({ fact: { zh: `${zone.zh}不在视频监视下：${why.zh}`, en: `No camera shows ${zone.en}: ${why.en}` } })),
  },
  {
    id: 'G-WITNESS', clause: 'V.2', directions: ['intervene'], whoCanChange: ['operator', 'supervisor'],
    looksAt: { zh: '关键步骤是否对视频亮牌并由盯守人确认', en: 'a key step shown to the camera and acknowledged by the watching post' },
    stands: (f) => one(f.witness === 'missing' || f.witness === 'not-the-watch', f.witness === 'missing' ? '关键步骤须在视频下亮牌，由盯守人员本人签字确认' : '确认人不是当前盯守人员', f.witness === 'missing' ? 'A key step is shown to the camera and acknowledged by the watching post, by name' : 'The person who acknowledges does not hold the watch'),
  },
  {
    id: 'G-OUTAGE', clause: 'V.3', directions: ['sustain'], whoCanChange: ['supervisor'],
    looksAt: { zh: '视频停用超过 2 小时是否上报', en: 'a camera outage beyond two hours reported' },
    stands: (f) => one(f.outageUnreported, '视频停用超过 2 小时须上报集团调度中心并登记回执号', 'A camera outage of more than 2 h is reported to the group dispatch centre, with the number of its receipt'),
  },
];
