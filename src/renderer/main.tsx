// zod probes `eval` unless told not to, and the CSP forbids it; this import must stay the first.
import './app/jitless.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startConsole } from './app/session.ts';
import { startLanguages } from './app/i18n.ts';
import { TokenPage } from './app/TokenPage.tsx';
import './app/tokens.css';
import './app/base.css';
import './app/frame.css';
import './app/widgets.css';
import './app/print.css';

const root = createRoot(document.getElementById('root') ?? document.body);
const started = await startConsole();
await startLanguages(started?.preferences.get('language') ?? 'zh');
root.render(<StrictMode>{started === null ? <TokenPage /> : <App console={started} />}</StrictMode>);
