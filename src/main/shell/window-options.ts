/** The window and its rights, item by item of Electron's security checklist (docs/design/shell.md). Pure. */
import type { BrowserWindowConstructorOptions } from 'electron';

export interface WindowFacts {
  /** The one preload bundle; absolute. */
  preloadPath: string;
  /** Only an unpackaged program has developer tools. */
  packaged: boolean;
  /** Shown in the title bar as well as by the frame round the console. */
  training: boolean;
}

export function windowTitle(training: boolean): string {
  return training ? '退守 Haven · 培训 TRAINING' : '退守 Haven';
}

export function windowOptions(facts: WindowFacts): BrowserWindowConstructorOptions {
  return {
    title: windowTitle(facts.training),
    width: 1_600,
    height: 960,
    // The smallest size the console's layouts are made for.
    minWidth: 1_024,
    minHeight: 680,
    // Shown when painted: a white flash in a dark control room reads as an event.
    show: false,
    backgroundColor: '#e4e6e8',
    webPreferences: {
      preload: facts.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spell checker fetches its dictionaries from the internet.
      spellcheck: false,
      devTools: !facts.packaged,
      // Alarms must not wait because the window is covered: timers and repaints go on in the background.
      backgroundThrottling: false,
    },
  };
}
