/** Rules about who signs. They ask only where something is being done: a button's standing verdict has no signer. */
import { one, roleList } from './rule.ts';
import type { GateRule } from './rule.ts';

export const AUTHORITY_RULES: readonly GateRule[] = [
  {
    id: 'G-LOG-ON', clause: '3.4', directions: ['sustain', 'return'], whoCanChange: ['operator', 'supervisor', 'engineer'],
    looksAt: { zh: '是否有人登录或签字负责', en: 'somebody logged on, or signing' },
    stands: (f) => one(!f.identified, '本控制台无人登录或已锁定，须登录或签字', 'Nobody is logged on at this console, or it is locked; log on or sign'),
  },
  {
    id: 'G-AUTHORITY', clause: '3.4', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['engineer'],
    looksAt: { zh: '常设授权表是否有效', en: 'the standing authority matrix, and that it is valid now' },
    stands: (f) => one(f.signerRoles === null, '常设授权表中没有此刻有效的授权', 'The standing authority matrix grants this to nobody at this time'),
  },
  {
    id: 'G-ROLE', clause: '3.4', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['supervisor', 'engineer'],
    looksAt: { zh: '签字人的角色', en: 'the role of who signs' },
    stands: (f) => {
      const roles = f.signerRoles ?? [];
      const words = roleList(roles);
      const { signer, signerPeople } = f;
      if (signer !== null && signerPeople !== null && !signerPeople.includes(signer.user)) return one(true, `常设授权表只授权给：${signerPeople.join('、')}`, `The standing authority matrix grants this to ${signerPeople.join(', ')} alone`);
      return one(signer !== null && roles.length > 0 && !roles.some((role) => signer.roles.includes(role)), `签字人不是${words.zh}`, `The person who signs is not ${words.en}`);
    },
  },
  {
    id: 'G-TWO-PERSONS', clause: '3.3', directions: ['sustain', 'intervene', 'return'], whoCanChange: ['supervisor', 'engineer'],
    looksAt: { zh: '须由不同人签字的各部分', en: 'parts that different people must sign' },
    stands: (f) => f.mustDifferFrom.filter(({ user }) => user === f.signer?.user).map(({ part }) => ({ fact: { zh: `须由另一人签字：本人已${part.zh}`, en: `Another person must sign: this one has already ${part.en}` } })),
  },
];
