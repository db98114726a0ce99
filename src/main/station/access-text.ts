/** Words for a refused access. The codes come from several parts and grow, so one without words is shown as it is. */
import type { Text } from '../../contract/text.ts';
import type { FactMap } from '../../domain/station/facts.ts';

const WORDS: Readonly<Record<string, Text>> = {
  'wrong-secret': { zh: '口令错误', en: 'wrong secret' },
  'unknown-account': { zh: '没有该账户', en: 'no such account' },
  'locked-out': { zh: '口令错误次数过多，已锁定', en: 'locked out after too many wrong secrets' },
  'must-change': { zh: '须先更改口令', en: 'the secret must be changed first' },
  'account-disabled': { zh: '账户已停用', en: 'the account is disabled' },
  'log-on-ended': { zh: '登录凭据无效', en: 'the ticket of the log-on is not valid' },
  'bad-signature': { zh: '账户文件无法使用', en: 'the accounts cannot be used' },
  'bad-envelope': { zh: '报文不合格式', en: 'message of no known form' },
  'unknown-command': { zh: '没有该指令', en: 'no such command' },
  'bad-input': { zh: '输入不合要求', en: 'input not as the command takes it' },
  'not-found': { zh: '对象不存在', en: 'of something that is not there' },
  'not-in-this-mode': { zh: '本模式没有该指令', en: 'not in this mode' },
  'other': { zh: '其他', en: 'other reasons' },
  'flood': { zh: '请求过快', en: 'requests too fast' },
  'busy': { zh: '核对中的签名过多', en: 'too many signatures at once' },
};

export function accessText({ command, code, user, count }: FactMap['access.refused']): Text {
  const { zh, en } = WORDS[code] ?? { zh: code, en: code };
  return {
    zh: `拒绝访问${command === null ? '' : ` ${command}`}${user === undefined ? '' : `（${user}）`}：${zh}${count === 1 ? '' : `，共 ${count} 次`}`,
    en: `Access refused${command === null ? '' : ` to ${command}`}${user === undefined ? '' : ` (${user})`}: ${en}${count === 1 ? '' : `, ${count} times`}`,
  };
}
