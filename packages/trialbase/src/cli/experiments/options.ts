import { Option } from 'commander';
import { whole } from '../configuration/values.js';

/** Which experiment a command is about. */
export interface ExperimentOptions {
  readonly name?: string;
  readonly version?: number;
}

export function versionOption(otherwise: string = 'the latest'): Option {
  return new Option(
    '-v, --version <number>',
    `the version of the experiment (default: ${otherwise})`,
  ).argParser(whole(1));
}
