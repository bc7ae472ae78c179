import type { Command } from 'commander';

/**
 * Has a command take the experiment as the first of its arguments, as Orion's `db rm` and `db set` do, or by `-n`, as all other
 * commands here do. Its action is called with the name first in either case.
 *
 * @param others what the arguments after it are.
 */
export function nameFirst(command: Command, others: Readonly<Record<string, string>> = {}): Command {
  const all = { name: 'the experiment, also as -n <name>', ...others };
  const names = Object.keys(all);
  for (const [name, description] of Object.entries(all)) command.argument(`[${name}]`, description);
  // All of them are needed: which one is missing shows when it is known whether there is a `-n`.
  command.usage(`[options] ${names.map((name) => `<${name}>`).join(' ')}`);
  command.option('-n, --name <name>', 'the experiment, in place of the first argument');
  return command.hook('preAction', ({ args, processedArgs }) => {
    const { name } = command.opts<{ name?: string }>();
    const given = name === undefined ? args : [name, ...args];
    const missing = names[given.length];
    if (missing !== undefined) command.error(`error: missing required argument '${missing}'`);
    if (given.length > names.length)
      command.error(`error: too many arguments: '${command.name()}' takes ${names.join(', ')}`);
    processedArgs.splice(0, names.length, ...given);
  });
}
