import type { Command } from 'commander';

/** From where a setting has its value. */
export type Source = 'flag' | 'environment' | 'file' | 'default';

const sources: Readonly<Record<string, Source>> = { cli: 'flag', env: 'environment', config: 'file' };
const strength: readonly Source[] = ['default', 'file', 'environment', 'flag'];

export function sourceOf(command: Command, attribute: string): Source {
  return sources[command.getOptionValueSource(attribute) ?? ''] ?? 'default';
}

/** How much the source of a value weighs: a flag most, a default nothing. */
export function weightOf(command: Command, attribute: string): number {
  return strength.indexOf(sourceOf(command, attribute));
}
