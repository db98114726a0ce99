import { describe, expect, it } from 'vitest';
import { downloadUrl, noDesktopBecause } from '../../../scripts/electron-binary.ts';
import { openerFor, readPlantFacts } from '../../../scripts/start-everything.ts';
import { parseStartOptions } from '../../../scripts/start-options.ts';

const parse = (...args: string[]) => parseStartOptions(args, '/work');

describe('REQ-STR-09 what npm start takes', () => {
  it('needs nothing', () => {
    expect(parse()).toEqual({ kind: 'start', options: { browser: false, open: true, port: 8610, simulatorPort: 48404, instructorPort: 48454, plant: 'h2o2', dataDir: '/work/.haven' } });
  });

  it('takes everything it promises', () => {
    expect(parse('--browser', '--no-open', '--port', '9000', '--data', '/d', '--plant', 'nitration', '--simulator-port', '9001', '--instructor-port=9002'))
      .toEqual({ kind: 'start', options: { browser: true, open: false, port: 9000, simulatorPort: 9001, instructorPort: 9002, plant: 'nitration', dataDir: '/d' } });
    expect(parse('--help')).toEqual({ kind: 'help' });
  });

  it.each([
    [['--port', '80'], /--port wants/u], [['--port', '70000'], /--port wants/u], [['--port', '1e4'], /--port wants/u], [['--port', '8610x'], /--port wants/u],
    [['--port', '48404'], /must differ/u], [['--plant', '../x'], /--plant wants/u], [['--data', ''], /--data wants/u], [['--frobnicate'], /frobnicate/u], [['stray'], /stray/u],
  ])('refuses %j', (args, words) => {
    const result = parse(...args);
    expect(result.kind === 'wrong' ? result.message : result.kind).toMatch(words);
  });
});

describe('REQ-STR-10 Electron or browser', () => {
  it('asks where @electron/get would fetch from, mirrors included', () => {
    expect(downloadUrl({}, '45.4.1', 'linux', 'x64')).toBe('https://github.com/electron/electron/releases/download/v45.4.1/electron-v45.4.1-linux-x64.zip');
    expect(downloadUrl({ ELECTRON_MIRROR: 'https://mirror.example/electron/', ELECTRON_CUSTOM_DIR: '{{ version }}' }, '45.4.1', 'win32', 'x64')).toBe('https://mirror.example/electron/45.4.1/electron-v45.4.1-win32-x64.zip');
  });

  it('knows when no window could be shown', () => {
    expect(noDesktopBecause({}, 'linux', 1000)).toMatch(/no desktop/u);
    expect(noDesktopBecause({ DISPLAY: ':0' }, 'linux', 0)).toMatch(/root/u);
    expect(noDesktopBecause({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000)).toBeUndefined();
    expect(noDesktopBecause({}, 'win32', undefined)).toBeUndefined();
  });

  it('opens a browser only where there is a desktop', () => {
    expect(openerFor('linux', {})).toBeUndefined();
    expect(openerFor('linux', { DISPLAY: ':0' })?.command).toBe('xdg-open');
    expect(openerFor('darwin', {})?.command).toBe('open');
    expect(openerFor('win32', {})?.command).toBe('cmd');
  });
});

describe('what the simulator says of itself', () => {
  const options = (() => { const read = parse(); if (read.kind !== 'start') throw new Error('unreachable'); return read.options; })();

  it('is taken as said, and completed from the ports we asked for', () => {
    expect(readPlantFacts('{"endpoint":"opc.tcp://h:1","certificate":"/c.pem","instructorEndpoint":"opc.tcp://h:2","instructorCertificate":"/d.pem"}', options))
      .toEqual({ endpoint: 'opc.tcp://h:1', certificate: '/c.pem', instructorEndpoint: 'opc.tcp://h:2', instructorCertificate: '/d.pem' });
    for (const json of ['', '{}', 'null', '[1]', '{"endpoint":7}', '{broken']) {
      expect(readPlantFacts(json, options)).toEqual({ endpoint: 'opc.tcp://127.0.0.1:48404', certificate: undefined, instructorEndpoint: 'opc.tcp://127.0.0.1:48454', instructorCertificate: undefined });
    }
  });
});
