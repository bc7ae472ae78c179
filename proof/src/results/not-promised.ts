/** What a reader might take for promised, and is not. */
export const notPromised: readonly string[] = [
  'With `durability: "relaxed"`, the default, a loss of power may lose what was acknowledged last. With `"strict"` it loses heartbeats at the most.',
  'Network file systems (NFS, SMB) with `exclusive: true` rest on their documented rules. No server of theirs was part of any run.',
  'The runs were made on Linux. Windows and macOS have not been tried.',
  'Damage to the very last record of a journal cannot be told from a record that was never finished, so it is lost without an error.',
  'A browser may delete what a site has stored, unless `requestPersistence()` was granted.',
  'In WebKit a page whose script does not return holds up its own Web Workers too: their timers, raw IndexedDB and requests stood still for the 6 seconds that a page hung, while another tab went on. Calls of such workers take as long as that, whatever `callTimeout` says.',
  'Whether calls grow in memory and on file is judged by what processors spend, of which collecting garbage and compiling are a part: it tells a cost that grows with the trials, not one that grows by half.',
  'Absolute times are those of the machine that is named with them, which others used at the same time. Ratios were taken side by side.',
];
