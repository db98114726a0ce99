/**
 * Builds the one console: token, channel, client, model, stores. The token arrives once in the address's fragment, is
 * kept for this tab only and taken out of the address at once. Who a person is, is the station's business, not ours.
 */
import type { DesktopBridge, OpenChannel } from '../transport/channel.ts';
import { messagePortChannel, webSocketChannel } from '../transport/channel.ts';
import { StationClient } from '../transport/client.ts';
import type { Console } from '../store/console-context.ts';
import { Drafts } from '../store/drafts.ts';
import { Incidents } from '../store/incidents.ts';
import { keepMirror, recallSections } from '../store/mirror.ts';
import { ConsoleModel } from '../store/model.ts';
import { Preferences } from '../store/preferences.ts';
import { Trends } from '../store/trends.ts';

declare global {
  interface Window { haven?: DesktopBridge }
}

const TOKEN_KEY = 'haven-token';

export function tokenFromFragment(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/u, '')).get('token');
  return token === null || token === '' ? null : token;
}

function readToken(): string | null {
  const fresh = tokenFromFragment(location.hash);
  if (fresh !== null) {
    sessionStorage.setItem(TOKEN_KEY, fresh);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return fresh ?? sessionStorage.getItem(TOKEN_KEY);
}

function chooseChannel(): OpenChannel | null {
  if (window.haven !== undefined) return messagePortChannel(window.haven);
  const token = readToken();
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return token === null ? null : webSocketChannel(`${scheme}://${location.host}/ws`, token);
}

export async function startConsole(): Promise<Console | null> {
  const openChannel = chooseChannel();
  if (openChannel === null) return null;
  const model = new ConsoleModel();
  const client = new StationClient(openChannel, {
    onSnapshot: (snapshot) => model.applySnapshot(snapshot),
    onPush: (push) => model.applyPush(push),
    onConnected: (connected) => model.setConnected(connected),
  });
  const preferences = new Preferences();
  const drafts = new Drafts();
  const trends = new Trends(model, client);
  const incidents = new Incidents(model, client);
  client.start();
  await Promise.all([preferences.load(), drafts.load()]);
  model.recall(await recallSections());
  keepMirror(model);
  return { model, client, trends, preferences, drafts, incidents };
}
