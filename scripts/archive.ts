/** Just enough of two archive formats: writes a stored zip, lists and reads an Electron asar. */
import { crc32 } from 'node:zlib';

export interface ZipEntry { name: string; data: Buffer; executable: boolean }

/** Folder entries and compression are not needed by anything that reads these. */
export function storedZip(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, executable } of entries) {
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(0x0021, 8); // 1 January 1980: the same bytes every time
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    local.push(Buffer.from('PK\u0003\u0004', 'latin1'), common, path, data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((((executable ? 0o100755 : 0o100644) << 16) >>> 0), 6);
    tail.writeUInt32LE(offset, 10);
    // 0x0314: made on Unix, so that the mode counts.
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1'), common, tail, path);
    offset += 4 + common.length + path.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

interface AsarNode { files?: Record<string, AsarNode>; offset?: string; size?: number }

/** Path -> contents of every packed file. Unpacked files and links are left out. */
export function readAsar(archive: Buffer): Map<string, Buffer> {
  const headerSize = archive.readUInt32LE(4);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as AsarNode;
  const files = new Map<string, Buffer>();
  const visit = (node: AsarNode, path: string): void => {
    for (const [name, child] of Object.entries(node.files ?? {})) visit(child, `${path}/${name}`);
    if (node.offset === undefined || node.size === undefined) return;
    const start = 8 + headerSize + Number(node.offset);
    files.set(path, archive.subarray(start, start + node.size));
  };
  visit(header, '');
  return files;
}
