/** Why the link is not as it should be, in both languages. The adapter gives a code and an English sentence with details; the Chinese one follows from the code. */
import type { Text } from '../../contract/text.ts';
import type { LinkState } from '../dcs/index.ts';
import { outsideReason } from '../outside-reason.ts';

const BY_CODE: Readonly<Record<string, string>> = {
  BadCertificateUntrusted: '服务器证书未知，须由人核对指纹后信任',
  BadCertificateTimeInvalid: '服务器证书不在有效期内，须在服务器上更新',
  BadCertificateUriInvalid: '服务器自称的身份与证书不符',
  BadUserAccessDenied: '服务器拒绝了账号或密码',
  BadIdentityTokenRejected: '服务器拒绝了账号或密码',
  BadSecurityChecksFailed: '服务器拒绝了本站证书：须在服务器上信任本站',
  CertificateStore: '本站证书库无法使用',
  ConnectionLost: '与服务器的连接已断',
  ConnectionClosed: '与服务器的连接已关闭',
  IsSimulator: '该服务器是仿真装置：生产模式绝不听仿真装置的数据',
  IsNotSimulator: '该服务器不是仿真装置：训练模式只听仿真装置的数据',
  LineTooSlow: '线路太慢，无法核对时钟',
  NamespaceChanged: '服务器的命名空间已重新编号，连接正在重建',
  NoData: '已连接但没有数据，连接正在重建',
  NoSecureEndpoint: '服务器不提供签名加密的端点',
  ReadAllFailed: '服务器恢复后未应答读取',
  ServerTooSlow: '服务器发布太慢',
  SessionClosed: '服务器关闭了会话',
  SessionSilent: '服务器不再应答会话',
  Silent: '连接还在，但没有任何数据：服务器已冻结',
  Stopped: '站点已停止监视',
  SubscriptionSilent: '服务器有应答，但订阅无数据，正在重建',
  SubscriptionTerminated: '订阅已终止',
  SubscriptionError: '订阅出错',
};

/** What every part of the program says of it, else that it has no sentence. */
function unnamed(code: string): string {
  const { zh } = outsideReason(code);
  return zh === code ? `连接异常（${code}）` : zh;
}

/** The reason as the screen shows it; codes without a sentence of their own are named. */
export function linkReason(reason: LinkState['reason']): Text | null {
  if (reason === undefined) return null;
  const zh = BY_CODE[reason.code] ?? (reason.code.startsWith('BadCertificate') ? `服务器证书被拒绝（${reason.code}）` : unnamed(reason.code));
  return { zh, en: reason.text.slice(0, 2_000) };
}
