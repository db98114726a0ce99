/** The menu as data, Chinese or English. Nothing in it acts on the plant: it is the window's, not the operator's. */
import type { MenuItemConstructorOptions } from 'electron';

export type Language = 'zh' | 'en';

const WORDS = {
  app: { zh: '退守', en: 'Haven' },
  quit: { zh: '退出（停止监视）', en: 'Quit (stops watching)' },
  edit: { zh: '编辑', en: 'Edit' },
  undo: { zh: '撤销', en: 'Undo' },
  redo: { zh: '重做', en: 'Redo' },
  cut: { zh: '剪切', en: 'Cut' },
  copy: { zh: '复制', en: 'Copy' },
  paste: { zh: '粘贴', en: 'Paste' },
  selectAll: { zh: '全选', en: 'Select all' },
  view: { zh: '显示', en: 'View' },
  reload: { zh: '重新载入界面（监视不停）', en: 'Reload the console (watching goes on)' },
  actualSize: { zh: '实际大小', en: 'Actual size' },
  larger: { zh: '放大', en: 'Larger' },
  smaller: { zh: '缩小', en: 'Smaller' },
  fullScreen: { zh: '全屏', en: 'Full screen' },
  devTools: { zh: '开发者工具', en: 'Developer tools' },
  about: { zh: '关于退守', en: 'About Haven' },
} as const satisfies Record<string, Record<Language, string>>;

/** Chinese unless the system plainly asks for something else. */
export function menuLanguage(preferred: readonly string[]): Language {
  const first = preferred[0];
  return first === undefined || /^zh\b/iu.test(first) ? 'zh' : 'en';
}

export interface MenuFacts {
  language: Language;
  packaged: boolean;
}

export interface MenuActions {
  quit(): void;
  reload(): void;
}

export function menuTemplate(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  const word = (key: keyof typeof WORDS): string => WORDS[key][facts.language];
  return [
    {
      label: word('app'),
      submenu: [
        { label: word('about'), role: 'about' },
        { type: 'separator' },
        { label: word('quit'), accelerator: 'CommandOrControl+Q', click: () => { actions.quit(); } },
      ],
    },
    {
      label: word('edit'),
      submenu: [
        { label: word('undo'), role: 'undo' },
        { label: word('redo'), role: 'redo' },
        { type: 'separator' },
        { label: word('cut'), role: 'cut' },
        { label: word('copy'), role: 'copy' },
        { label: word('paste'), role: 'paste' },
        { label: word('selectAll'), role: 'selectAll' },
      ],
    },
    {
      label: word('view'),
      submenu: [
        { label: word('reload'), click: () => { actions.reload(); } },
        { type: 'separator' },
        { label: word('actualSize'), role: 'resetZoom' },
        { label: word('larger'), role: 'zoomIn' },
        { label: word('smaller'), role: 'zoomOut' },
        { label: word('fullScreen'), role: 'togglefullscreen' },
        ...(facts.packaged ? [] : [{ type: 'separator' } as const, { label: word('devTools'), role: 'toggleDevTools' } as const]),
      ],
    },
  ];
}
