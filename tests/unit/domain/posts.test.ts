/** The two posts: one each, by name, from hand to hand by both; and orders from the one commander alone (docs/design/authority.md). */
import { describe, expect, it } from 'vitest';
import { POSTS } from '../../../src/domain/authority/posts.ts';
import type { PostName } from '../../../src/domain/authority/posts.ts';
import * as commands from '../../../src/domain/station/commands.ts';
import { reauthorise, startProcedure } from '../../../src/domain/station/procedure-commands.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { enterZone } from '../../../src/domain/station/people-commands.ts';
import { Bench, equipped, PEOPLE, rulesOf } from './bench.ts';

const { operator, supervisor, engineer, both } = PEOPLE;
const supervisor2: Signer = { user: 'ma.jun', name: '马军', roles: ['supervisor'] };
const instructor: Signer = { user: 'zhou.li', name: '周力', roles: ['instructor'] };
const EVERYBODY: readonly Signer[] = [operator, supervisor, supervisor2, engineer, both, instructor];
const ENTITLED: Readonly<Record<PostName, (signer: Signer) => boolean>> = {
  commander: ({ roles }) => roles.includes('supervisor'),
  watch: ({ roles }) => roles.some((role) => role !== 'instructor' && role !== 'investigator'),
};

function upset(): Bench {
  const bench = Bench.calm();
  bench.set({ 'TI-4202': 60 });
  return bench;
}
const take = (bench: Bench, post: PostName, signer: Signer) => bench.do((c) => commands.takePost(c, post, signer));
const enter = (bench: Bench, signer: Signer) => bench.do((c) => enterZone(c, equipped(bench, 'Z-4200', 'x'), signer));

describe('REQ-POST-01 4.5.1 4.5.2 a vacant post is taken by an entitled person', () => {
  it('by the roles of the matrix and nobody else; whoever has it already asks for nothing', () => {
    for (const post of POSTS) for (const signer of EVERYBODY) {
      const bench = upset();
      const decision = take(bench, post, signer);
      expect([post, signer.user, decision.outcome === 'refused' ? rulesOf(decision) : decision.outcome]).toEqual([post, signer.user, ENTITLED[post](signer) ? 'done' : ['G-ROLE']]);
      if (decision.outcome === 'done') expect(take(bench, post, signer)).toMatchObject({ outcome: 'done', facts: [] });
    }
  });

  it('one that is held is taken by nobody: the holder keeps it, and the refusal names who has it', () => {
    for (const post of POSTS) for (const first of EVERYBODY) for (const second of EVERYBODY) {
      if (!ENTITLED[post](first) || first === second) continue;
      const bench = upset();
      take(bench, post, first);
      const refused = take(bench, post, second);
      expect(rulesOf(refused)).toContain('G-POST-HELD');
      expect(refused.outcome === 'refused' && refused.refusal.obstacles[0]?.fact.zh.includes(first.name)).toBe(true);
      expect(bench.state[post]?.user).toBe(first.user);
    }
  });

  it('nobody holds both', () => {
    const bench = upset();
    take(bench, 'commander', both);
    expect(rulesOf(take(bench, 'watch', both))).toEqual(['G-TWO-POSTS']);
    take(bench, 'watch', operator);
    expect(rulesOf(bench.do((c) => commands.handOverPost(c, 'watch', operator, both)))).toEqual(['G-TWO-POSTS']);
  });
});

describe('REQ-POST-02 4.5.1 a post that is held goes over by both signatures', () => {
  it('from its holder to an entitled other person: every pair of people', () => {
    for (const post of POSTS) for (const from of EVERYBODY) for (const to of EVERYBODY) {
      const bench = upset();
      const holder = post === 'commander' ? supervisor : operator;
      take(bench, post, holder);
      const decision = bench.do((c) => commands.handOverPost(c, post, from, to));
      const rules = [...(from.user === holder.user ? [] : ['G-POST-HELD']), ...(ENTITLED[post](to) ? [] : ['G-ROLE']), ...(from.user === to.user ? ['G-TWO-PERSONS'] : [])];
      expect([post, from.user, to.user, decision.outcome === 'refused' ? rulesOf(decision) : []]).toEqual([post, from.user, to.user, rules]);
      expect(bench.state[post]?.user).toBe(rules.length === 0 ? to.user : holder.user);
    }
  });

  it('the record says who gave it to whom; a vacant post is not handed over', () => {
    const bench = upset();
    expect(bench.do((c) => commands.handOverPost(c, 'commander', supervisor, supervisor2))).toMatchObject({ outcome: 'failed', code: 'bad-input' });
    take(bench, 'commander', supervisor);
    bench.nowMs += 5_000;
    bench.do((c) => commands.handOverPost(c, 'commander', supervisor, supervisor2));
    const [record] = bench.factsOf('post.taken').slice(-1) as [Fact];
    expect(record).toMatchObject({ by: 'ma.jun', data: { post: 'commander', user: 'ma.jun', from: { user: 'wang.wei', name: '王伟' } } });
    expect([recordText(record, bench.plant).zh, bench.state.commander]).toEqual(['王伟 把指挥交给 马军（双方签字）', { user: 'ma.jun', name: '马军', sinceMs: record.atMs }]);
  });
});

describe('REQ-POST-03 a holder who cannot be reached is relieved by two others', () => {
  it('neither of them the absent one, two different people, both entitled: every pair', () => {
    for (const to of EVERYBODY) for (const second of EVERYBODY) {
      const bench = upset();
      take(bench, 'commander', supervisor);
      const decision = bench.do((c) => commands.relievePost(c, 'commander', 'does not answer the radio', to, second));
      const isRight = ENTITLED.commander(to) && to !== supervisor && second !== supervisor && second !== to && second !== instructor;
      expect([to.user, second.user, decision.outcome]).toEqual([to.user, second.user, isRight ? 'done' : 'refused']);
      expect(bench.state.commander?.user).toBe(isRight ? to.user : 'wang.wei');
    }
  });

  it('the reason and both names stand in the journal; a vacant post has nobody to relieve', () => {
    const bench = upset();
    expect(bench.do((c) => commands.relievePost(c, 'watch', 'gone', operator, engineer)).outcome).toBe('failed');
    take(bench, 'watch', operator);
    bench.do((c) => commands.relievePost(c, 'watch', 'gone', engineer, supervisor));
    const [record] = bench.factsOf('post.taken').slice(-1) as [Fact];
    expect(record.data).toEqual({ post: 'watch', user: 'zhao.min', name: '赵敏', from: { user: 'li.na', name: '李娜' }, relieved: true, second: { user: 'wang.wei', name: '王伟' }, reason: 'gone' });
    expect(recordText(record, bench.plant).en).toBe('赵敏 takes over as DCS watch from 李娜, who could not be reached; with 王伟: gone');
  });

  it('a refusal is journaled with who signed', () => {
    const bench = upset();
    take(bench, 'commander', supervisor);
    bench.do((c) => commands.relievePost(c, 'commander', 'r', supervisor2, instructor));
    expect(bench.factsOf('refused').at(-1)).toMatchObject({ by: 'zhou.li', data: { operation: 'post.relieve', direction: 'intervene' } });
  });
});

describe('REQ-POST-04 4.5.1 orders come from the one commander', () => {
  it('a second supervisor orders nobody in, judges no zone, re-authorises nothing; the commander does', () => {
    const bench = upset();
    take(bench, 'commander', supervisor);
    take(bench, 'watch', operator);
    const judge = (signer: Signer) => bench.do((c) => commands.assessZone(c, 'Z-4200', 'reconnaissance', 'clear', signer));
    expect(rulesOf(judge(supervisor2))).toEqual(['G-ONE-COMMANDER']);
    expect(judge(supervisor).outcome).toBe('done');
    expect(rulesOf(enter(bench, supervisor2))).toEqual(['G-ONE-COMMANDER']);
    expect(enter(bench, supervisor).outcome).toBe('done');
    const { instance } = bench.run('P-A4.2');
    bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
    expect(rulesOf(bench.do((c) => reauthorise(c, instance, supervisor2)))).toEqual(['G-ONE-COMMANDER']);
    expect(rulesOf(bench.do((c) => reauthorise(c, instance, operator)))).toEqual(['G-ONE-COMMANDER', 'G-ROLE']);
    expect(bench.do((c) => reauthorise(c, instance, supervisor)).outcome).toBe('done');
  });

  it('after the hand-over they are the new one\'s; lowering a limit is anybody\'s, always', () => {
    const bench = upset();
    take(bench, 'commander', supervisor);
    take(bench, 'watch', operator);
    bench.do((c) => commands.handOverPost(c, 'commander', supervisor, supervisor2));
    const judge = (signer: Signer, stage: 'unclear' | 'handling') => bench.do((c) => commands.assessZone(c, 'Z-4200', stage, 'clear', signer)).outcome;
    expect([judge(supervisor, 'handling'), judge(supervisor2, 'handling'), judge(operator, 'unclear')]).toEqual(['refused', 'done', 'done']);
  });

  it('without a commander the re-authorisation needs none: it opens nothing by itself', () => {
    const bench = upset();
    bench.commit(commands.holdAll({ plant: bench.plant, state: bench.state, nowMs: bench.nowMs }));
    expect(bench.do((c) => reauthorise(c, bench.run('P-A4.2').instance, supervisor)).outcome).toBe('done');
    expect(rulesOf(enter(bench, supervisor))).toContain('G-COMMANDER');
  });
});

describe('REQ-POST-05 3.4 nothing on the way to safety asks for a post', () => {
  it.each(['nobody', 'both held', 'handed over', 'relieved'])('with the posts %s, begin to retreat, stop and evacuate all the same', (situation) => {
    const bench = upset();
    if (situation !== 'nobody') { take(bench, 'commander', supervisor); take(bench, 'watch', operator); }
    if (situation === 'handed over') bench.do((c) => commands.handOverPost(c, 'commander', supervisor, supervisor2));
    if (situation === 'relieved') bench.do((c) => commands.relievePost(c, 'watch', 'r', engineer, supervisor));
    expect([bench.do((c) => startProcedure(c, bench.run('P-A4.2').instance, 'post')).outcome, bench.do((c) => commands.stop(c, 'post', 'people')).outcome, bench.do((c) => commands.evacuate(c, 'post', 'people')).outcome]).toEqual(['done', 'done', 'done']);
  });

  it('the posts are vacant again when the incident is closed; a record from before hand-overs folds as it did', () => {
    const bench = upset();
    take(bench, 'commander', supervisor);
    bench.commit([fact('incident.closed', bench.nowMs, null, { incident: bench.state.incident?.id ?? '' })]);
    expect([bench.state.commander, bench.state.watch]).toEqual([null, null]);
    const old = evolveAll(EMPTY_STATE, [fact('post.taken', 5, 'a', { post: 'watch', user: 'a', name: 'A' })], bench.plant.machines);
    expect([old.watch, old.shift, old.handOvers]).toEqual([{ user: 'a', name: 'A', sinceMs: 5 }, null, []]);
  });
});
