/** What a reader might take for promised, and is not. */
export const notPromised: readonly string[] = [
  'With `durability: "relaxed"`, the default, a loss of power may lose what was acknowledged last. With `"strict"` it loses heartbeats at the most.',
  'Network file systems (NFS, SMB) with `exclusive: true` rest on their documented rules. No server of theirs was part of any run.',
  'The runs were made on Linux. Windows and macOS have not been tried.',
  'Damage to the very last record of a journal cannot be told from a record that was never finished, so it is lost without an error.',
  'A browser may delete what a site has stored, unless `requestPersistence()` was granted.',
  'In WebKit a page whose script does not return holds up its own Web Workers too: their timers, raw IndexedDB and requests stood still for the 6 seconds that a page hung, while another tab went on. Calls of such workers take as long as that, whatever `callTimeout` says.',
  'Where growth in memory and on file was measured up to 1,000,000 trials, twenty other processes wanted two processors, and a call that takes minutes has its share of them while one of milliseconds has all: the checks that failed there are of calls that go over all trials, but for two on file that are not explained: updating few trials by a query, and closing. By processor time, in memory, and once the engine was warm, deleting an experiment took 4.7, 9.2 and 12.2 µs a trial with 1,000, 10,000 and 300,000 of them, and fetching them all 31, 8.5 and 12.1 µs.',
  'Absolute times are those of the machine that is named with them, which others used at the same time. Ratios were taken side by side.',
];
