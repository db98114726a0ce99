/**
 * What the shell is told from outside: `npm start` and whoever installs the program set HAVEN_* variables
 * (docs/design/shell.md). Everything has a default that works without a plant; nonsense is refused in words.
 */
import { join, resolve } from 'node:path';

export interface StationSettings {
  dataDir: string;
  plant: string;
  training: boolean;
  rulesDir: string;
  proceduresDir: string;
  /** Drills of this plant, for training. */
  scenariosDir: string;
  /** OPC UA endpoint of the plant, or of its simulator. Without it the station uses what Set-up has stored. */
  endpoint?: string;
  /** Present together, and only in training: what proves a simulator to be one, and the line to its instructor's desk. */
  simulatorCertificate?: string;
  instructorEndpoint?: string;
  instructorCertificate?: string;
  instructorSecret?: string;
}

export interface ShellSettings {
  station: StationSettings;
  /** Chromium's profile, kept beside the station's data so that two data folders never share a read model. */
  profileDir: string | undefined;
  /** Quit when whoever started us is gone: its end of our standard input closes. */
  exitWithParent: boolean;
}

export type SettingsResult = { ok: true; settings: ShellSettings } | { ok: false; problem: { message: string } };

export interface ProgramFolders {
  /** Where the operating system wants the data of this program. */
  userData: string;
  /** Where rules/ and procedures/ lie: the resources of the package, or the checkout. */
  packs: string;
  /** Where the drills lie, a folder per plant. */
  scenarios: string;
}

const VALUE_MAX_LENGTH = 1_024;

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONAL = {
  endpoint: 'HAVEN_ENDPOINT',
  simulatorCertificate: 'HAVEN_SIMULATOR_CERTIFICATE',
  instructorEndpoint: 'HAVEN_INSTRUCTOR_ENDPOINT',
  instructorCertificate: 'HAVEN_INSTRUCTOR_CERTIFICATE',
  instructorSecret: 'HAVEN_INSTRUCTOR_SECRET',
} as const;

function problemWith(environment: Environment): string | undefined {
  const tooLong = Object.entries(environment).find(([name, value]) => name.startsWith('HAVEN_') && (value?.length ?? 0) > VALUE_MAX_LENGTH);
  if (tooLong !== undefined) return `${tooLong[0]} is longer than ${VALUE_MAX_LENGTH} characters`;
  const plant = environment['HAVEN_PLANT'];
  if (plant !== undefined && !/^[a-z][a-z0-9-]{0,39}$/u.test(plant)) return `HAVEN_PLANT is "${plant}"; expected an id such as h2o2`;
  for (const name of ['HAVEN_ENDPOINT', 'HAVEN_INSTRUCTOR_ENDPOINT']) {
    const value = environment[name];
    if (value !== undefined && URL.parse(value)?.protocol !== 'opc.tcp:') return `${name} is "${value}"; expected opc.tcp://host:port`;
  }
  for (const name of ['HAVEN_TRAINING', 'HAVEN_EXIT_WITH_PARENT']) {
    const value = environment[name];
    if (value !== undefined && value !== '0' && value !== '1') return `${name} is "${value}"; expected 1 or 0`;
  }
  // A simulator's facts in operation would be a line that can write to whatever answers there.
  if (environment['HAVEN_TRAINING'] !== '1') {
    const stray = ['HAVEN_SIMULATOR_CERTIFICATE', 'HAVEN_INSTRUCTOR_ENDPOINT', 'HAVEN_INSTRUCTOR_CERTIFICATE', 'HAVEN_INSTRUCTOR_SECRET'].find((name) => environment[name] !== undefined);
    if (stray !== undefined) return `${stray} is set without HAVEN_TRAINING=1; a simulator belongs to training only`;
  }
  return undefined;
}

/** `environment` is not changed here; the caller removes the secret from its own once it is read. */
export function readSettings(environment: Environment, folders: ProgramFolders): SettingsResult {
  // An empty variable is what shells leave behind when they mean "not set".
  const given: Environment = Object.fromEntries(Object.entries(environment).filter(([name, value]) => name.startsWith('HAVEN_') && value !== ''));
  const message = problemWith(given);
  if (message !== undefined) return { ok: false, problem: { message } };
  const data = given['HAVEN_DATA'];
  const plant = given['HAVEN_PLANT'] ?? 'h2o2';
  const station: StationSettings = {
    dataDir: data === undefined ? join(folders.userData, 'station') : resolve(data),
    plant,
    training: given['HAVEN_TRAINING'] === '1',
    rulesDir: join(folders.packs, 'rules'),
    proceduresDir: join(folders.packs, 'procedures'),
    scenariosDir: join(folders.scenarios, plant),
  };
  for (const [field, name] of Object.entries(OPTIONAL) as [keyof typeof OPTIONAL, string][]) {
    const value = given[name];
    if (value !== undefined) station[field] = value;
  }
  return {
    ok: true,
    settings: {
      station,
      profileDir: data === undefined ? undefined : join(resolve(data), 'console-profile'),
      exitWithParent: given['HAVEN_EXIT_WITH_PARENT'] === '1',
    },
  };
}
