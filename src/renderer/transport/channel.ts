/**
 * The wire below the client: carries JSON text and says when it opened and closed. Two kinds: the MessagePort of the
 * desktop shell and the WebSocket of the browser host. Neither knows what the text means.
 */
export type Channel = { send(json: string): void; close(): void };
export type ChannelEvents = { onOpen(): void; onMessage(json: string): void; onClose(): void };
export type OpenChannel = (events: ChannelEvents) => Channel;

export type DesktopBridge = { connect(): Promise<MessagePort> };

export function webSocketChannel(url: string, token: string): OpenChannel {
  return (events) => {
    const socket = new WebSocket(url, ['haven', token]);
    socket.addEventListener('open', () => events.onOpen());
    socket.addEventListener('message', (event) => { if (typeof event.data === 'string') events.onMessage(event.data); });
    socket.addEventListener('close', () => events.onClose());
    return {
      send: (json) => { if (socket.readyState === WebSocket.OPEN) socket.send(json); },
      close: () => socket.close(),
    };
  };
}

export function messagePortChannel(bridge: DesktopBridge): OpenChannel {
  return (events) => {
    let port: MessagePort | null = null;
    let closed = false;
    bridge.connect().then((opened) => {
      if (closed) { opened.close(); return; }
      port = opened;
      port.addEventListener('message', (event: MessageEvent<unknown>) => { if (typeof event.data === 'string') events.onMessage(event.data); });
      port.addEventListener('close', () => events.onClose());
      port.start();
      events.onOpen();
    }, () => events.onClose());
    return {
      send: (json) => port?.postMessage(json),
      close: () => { closed = true; port?.close(); },
    };
  };
}
