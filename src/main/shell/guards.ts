/** Puts the decisions of origin.ts in front of everything a page can try. Nothing here decides by itself. */
import { app, session, shell } from 'electron';
import type { WebContents } from 'electron';
import { mayLoad, mayNavigate, mayNavigateFrame, openOutside } from './origin.ts';

function guardContents(contents: WebContents): void {
  const stopStrangers = (event: { preventDefault(): void; url: string }): void => {
    if (!mayNavigate(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stopStrangers);
  contents.on('will-frame-navigate', (event) => { if (!mayNavigateFrame(event.url, event.isMainFrame)) event.preventDefault(); });
  contents.on('will-redirect', stopStrangers);
  contents.on('will-attach-webview', (event) => { event.preventDefault(); });
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, (allowed) => { void shell.openExternal(allowed); });
    return { action: 'deny' };
  });
}

/** Before the first page exists: every page made later is guarded, whoever makes it. */
export function guardEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => { guardContents(contents); });
}

/** After `ready`: the session denies every permission and every load from elsewhere. */
export function guardSession(): void {
  const ours = session.defaultSession;
  ours.setPermissionRequestHandler((_contents, _permission, callback) => { callback(false); });
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
  ours.setDisplayMediaRequestHandler((_request, callback) => { callback(null); });
  ours.webRequest.onBeforeRequest((details, callback) => { callback({ cancel: !mayLoad(details.url, app.isPackaged) }); });
}
