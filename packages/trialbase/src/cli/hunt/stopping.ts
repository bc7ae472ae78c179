import { type MedianStoppingOptions, medianStopping, type StoppingRule } from '@trialbase/client';
import { CommandError } from '../exit-codes.js';
import { parseNamed } from './named.js';

interface KnownRule {
  readonly settings: readonly (keyof MedianStoppingOptions)[];
  readonly create: (settings: MedianStoppingOptions) => StoppingRule;
}

const known: Readonly<Record<string, KnownRule>> = {
  median: { settings: ['warmupSteps', 'minTrials'], create: medianStopping },
};

/**
 * The stopping rule that `--stopping` names.
 *
 * @throws CommandError if there is no such rule, or it has no such setting.
 * @throws InvalidConfigurationError if a setting makes no sense.
 */
export function parseStopping(text: string): StoppingRule {
  const { name, settings } = parseNamed(text, '--stopping');
  const rule = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!rule)
    throw new CommandError(
      'misused',
      `There is no stopping rule '${name}': there is ${Object.keys(known).join(', ')}`,
    );
  const unknown = Object.keys(settings).find((one) => !(rule.settings as readonly string[]).includes(one));
  if (unknown !== undefined)
    throw new CommandError(
      'misused',
      `The stopping rule '${name}' has no setting '${unknown}'; it has ${rule.settings.join(', ')}`,
    );
  return rule.create(settings);
}
