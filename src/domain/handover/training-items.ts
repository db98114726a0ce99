/** H.2: who has to train again, by person and exercise: the next shift leader does not put somebody at a post who has not shown that they can. */
import { overdueTraining, standingOf } from '../drills/competence.ts';
import type { Standing } from '../drills/competence.ts';
import type { Text } from '../../contract/text.ts';
import type { OpenThings } from './open-thing.ts';

const WORDS: Readonly<Record<Standing, Text>> = {
  valid: { zh: '有效', en: 'valid' }, due: { zh: '已到复训日期', en: 'due to train again' }, expired: { zh: '已过有效期', en: 'no longer valid' }, failed: { zh: '未合格，须再训练', en: 'not passed, to be trained again' },
};

/** The standing is part of the item: what runs out while the form is open is looked at anew. */
export const training: OpenThings = (_plant, { competence }, nowMs) => overdueTraining(competence, nowMs).map((record) => {
  const standing = standingOf(record, nowMs);
  const { id, name, title, clauses, validUntilMs, retrainByMs } = record;
  return {
    id: `${id}/${standing}`, sinceMs: retrainByMs, ...(standing === 'due' && validUntilMs !== null ? { untilMs: validUntilMs } : {}), worst: standing !== 'due',
    text: { zh: `${name}：${title.zh}（${clauses.join('、')}）${WORDS[standing].zh}`, en: `${name}: ${title.en} (${clauses.join(', ')}), ${WORDS[standing].en}` },
  };
});
