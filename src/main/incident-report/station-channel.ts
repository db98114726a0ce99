/** How a process that works for a station speaks with it: as a forked process of Node, or as a utility process of Electron. */
export interface StationChannel<In, Out> {
  post(message: Out): void;
  hear(listener: (message: In) => void): void;
  end(): void;
}
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export function stationChannel<In, Out>(): StationChannel<In, Out> {
  const port = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
  if (port !== undefined) return { post: (message) => port.postMessage(message), hear: (listener) => port.on('message', ({ data }) => listener(data as In)), end: () => process.exit(0) };
  return {
    post: (message) => process.send?.(message),
    hear: (listener) => { process.on('message', (message) => listener(message as In)); },
    end: () => { if (process.connected) process.disconnect(); },
  };
}
