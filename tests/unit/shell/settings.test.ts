import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/main/shell/settings.ts';

const folders = { userData: '/home/op/.config/haven', packs: '/opt/haven/resources', scenarios: '/opt/haven/resources/scenarios' };
const read = (environment: Record<string, string>) => readSettings(environment, folders);

describe('REQ-SHL-10 what the shell is told from outside', () => {
  it('needs nothing: data where the system wants it, operation, the packs of the package', () => {
    expect(read({ PATH: '/bin', HAVEN_ENDPOINT: '' })).toEqual({
      ok: true,
      settings: {
        station: { dataDir: '/home/op/.config/haven/station', plant: 'h2o2', training: false, rulesDir: '/opt/haven/resources/rules', proceduresDir: '/opt/haven/resources/procedures', scenariosDir: '/opt/haven/resources/scenarios/h2o2' },
        profileDir: undefined,
        exitWithParent: false,
      },
    });
  });

  it('takes everything npm start says', () => {
    const result = read({
      HAVEN_DATA: '/data', HAVEN_PLANT: 'h2o2', HAVEN_TRAINING: '1', HAVEN_ENDPOINT: 'opc.tcp://127.0.0.1:48404', HAVEN_SIMULATOR_CERTIFICATE: '/data/sim.pem',
      HAVEN_INSTRUCTOR_ENDPOINT: 'opc.tcp://127.0.0.1:48454', HAVEN_INSTRUCTOR_CERTIFICATE: '/data/desk.pem', HAVEN_INSTRUCTOR_SECRET: 's3cret', HAVEN_EXIT_WITH_PARENT: '1',
    });
    expect(result).toMatchObject({ ok: true, settings: {
      profileDir: '/data/console-profile', exitWithParent: true,
      station: { dataDir: '/data', training: true, endpoint: 'opc.tcp://127.0.0.1:48404', simulatorCertificate: '/data/sim.pem', instructorEndpoint: 'opc.tcp://127.0.0.1:48454', instructorCertificate: '/data/desk.pem', instructorSecret: 's3cret' },
    } });
  });

  it.each([
    [{ HAVEN_PLANT: '../etc' }, /HAVEN_PLANT/u],
    [{ HAVEN_ENDPOINT: 'http://127.0.0.1' }, /opc\.tcp/u],
    [{ HAVEN_ENDPOINT: 'nonsense' }, /HAVEN_ENDPOINT/u],
    [{ HAVEN_TRAINING: 'yes' }, /expected 1 or 0/u],
    [{ HAVEN_DATA: 'x'.repeat(2_000) }, /longer than/u],
    [{ HAVEN_INSTRUCTOR_SECRET: 'x' }, /belongs to training/u],
    [{ HAVEN_TRAINING: '0', HAVEN_INSTRUCTOR_ENDPOINT: 'opc.tcp://127.0.0.1:1' }, /belongs to training/u],
  ])('refuses %j in words', (environment, words) => {
    const result = read(environment as unknown as Record<string, string>);
    expect(result.ok ? '' : result.problem.message).toMatch(words);
  });
});
