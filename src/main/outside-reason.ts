/**
 * What the operating system, the network, the database or an OPC UA server gave as its reason, in both languages. The commonest by their code; the words themselves
 * stay behind, because whoever repairs it needs them, and where no sentence is known they are all there is.
 */
import type { Text } from '../contract/text.ts';

const WORDS_MAX = 300;

const REASONS: Readonly<Record<string, Text>> = {
  // Files and folders (errno).
  ENOENT: { zh: '没有这个文件或文件夹', en: 'there is no such file or folder' },
  EACCES: { zh: '当前账户没有权限', en: 'this account is not allowed to' },
  EPERM: { zh: '系统不允许', en: 'the system does not allow it' },
  EROFS: { zh: '磁盘只读', en: 'the disk is read-only' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EDQUOT: { zh: '磁盘配额已用完', en: 'the quota of the disk is used up' },
  EIO: { zh: '磁盘读写出错', en: 'the disk failed to read or write' },
  EBUSY: { zh: '正被其他程序使用', en: 'another program is using it' },
  EEXIST: { zh: '已经存在', en: 'it is there already' },
  EISDIR: { zh: '这是文件夹，不是文件', en: 'it is a folder and not a file' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is no folder' },
  ENOTEMPTY: { zh: '文件夹不是空的', en: 'the folder is not empty' },
  EMFILE: { zh: '打开的文件过多', en: 'too many files are open' },
  ENAMETOOLONG: { zh: '名称过长', en: 'the name is too long' },
  // Network.
  EADDRINUSE: { zh: '端口已被占用', en: 'the port is in use' },
  EADDRNOTAVAIL: { zh: '本机没有这个地址', en: 'this machine has no such address' },
  ECONNREFUSED: { zh: '连接被拒绝：服务器未运行或端口不对', en: 'the connection was refused: the server is not running, or it is another port' },
  ECONNRESET: { zh: '对方断开了连接', en: 'the other side broke the connection off' },
  EPIPE: { zh: '对方已关闭连接', en: 'the other side has closed the connection' },
  ETIMEDOUT: { zh: '连接超时', en: 'the connection timed out' },
  ENOTFOUND: { zh: '找不到服务器地址', en: 'the address of the server is not found' },
  EHOSTUNREACH: { zh: '到不了该主机', en: 'the host cannot be reached' },
  ENETUNREACH: { zh: '到不了该网络', en: 'the network cannot be reached' },
  // OPC UA (part 4, 7.34).
  BadUserAccessDenied: { zh: '服务器不准此账户这样做', en: 'the server does not let this account do it' },
  BadIdentityTokenRejected: { zh: '服务器拒绝了账号或密码', en: 'the server rejected account or password' },
  BadNodeIdUnknown: { zh: '服务器上没有这个点', en: 'the server has no such node' },
  BadNotWritable: { zh: '这个点不可写', en: 'this node cannot be written' },
  BadOutOfRange: { zh: '值超出范围', en: 'the value is out of range' },
  BadTypeMismatch: { zh: '值的类型不对', en: 'the value is of another type' },
  BadInvalidArgument: { zh: '参数不对', en: 'an argument is wrong' },
  BadTimeout: { zh: '服务器没有按时应答', en: 'the server did not answer in time' },
  BadSessionIdInvalid: { zh: '会话已失效', en: 'the session is no longer valid' },
  BadSessionClosed: { zh: '会话已关闭', en: 'the session is closed' },
  BadConnectionClosed: { zh: '连接已关闭', en: 'the connection is closed' },
  BadSecurityChecksFailed: { zh: '服务器拒绝了本站证书', en: "the server rejected this station's certificate" },
  BadServerHalted: { zh: '服务器已停', en: 'the server has halted' },
  BadTooManySessions: { zh: '服务器会话已满', en: 'the server has no session left' },
};
const CODE = /\b(?:E[A-Z]{3,}|Bad[A-Z][A-Za-z]+)\b/u;

/** What was thrown, or a status as OPC UA prints it (`BadTimeout (0x800a0000)`). */
export function outsideReason(cause: unknown): Text {
  const words = (cause instanceof Error ? cause.message : String(cause)).slice(0, WORDS_MAX);
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : (CODE.exec(words)?.[0] ?? '');
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return known === undefined ? { zh: words, en: words } : { zh: `${known.zh}（${words}）`, en: `${known.en} (${words})` };
}
