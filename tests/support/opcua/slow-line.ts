/** A line to a server that can begin to hold everything back. Bytes keep their order; none is lost. */
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { freePort } from './server-process.ts';

/** A TCP relay on loopback. */
export interface SlowLine {
  readonly port: number;
  /** From now on everything the server says arrives this much later. */
  delay(delayMs: number): void;
  /** When the last byte was handed to the client, on the monotonic clock. */
  lastDeliveryMs(): number;
  close(): void;
}

/** Opens a relay to a server on loopback. */
export async function openSlowLine(serverPort: number): Promise<SlowLine> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let delayMs = 0;
  let lastDeliveryMs = 0;
  const relay = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server);
    server.on('data', (chunk: Buffer) => {
      const deliver = (): void => {
        lastDeliveryMs = performance.now();
        if (!client.destroyed) client.write(chunk);
      };
      if (delayMs === 0) deliver();
      else setTimeout(deliver, delayMs);
    });
  });
  await new Promise<void>((resolve) => relay.listen(port, '127.0.0.1', resolve));
  return {
    port,
    delay: (ms) => (delayMs = ms),
    lastDeliveryMs: () => lastDeliveryMs,
    close: () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
    },
  };
}
