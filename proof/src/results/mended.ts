/** A fault that an attack or a measurement found, and what became of it. */
interface Mended {
  /** What went wrong, for whom. */
  readonly fault: string;
  /** What found it: a command, or a test. */
  readonly foundBy: string;
  /** What was changed. */
  readonly remedy: string;
}

/** The faults found so far, the latest last. */
export const mended: readonly Mended[] = [
  {
    fault:
      'Opening a file store failed with a CorruptStoreError, rarely, while others sealed it often: a generation that was removed between listing and opening came into being again, empty.',
    foundBy: 'the conformance suite on file, with generations of a few kilobytes',
    remedy: 'A generation is opened only where it exists.',
  },
  {
    fault:
      'A snapshot that one process was writing while another’s took its place could read documents that were changing.',
    foundBy: 'review of the runs above',
    remedy: 'Such a snapshot is given up.',
  },
  {
    fault: 'A writer that had lost a race against a damaged record could count in its place.',
    foundBy: '`packages/file/test/torn-tails.test.ts`',
    remedy: 'A record that builds on the end of a bad line is damage, too.',
  },
  {
    fault:
      'A trial took 1,865 bytes in the process that had registered it: its lists kept the room that they had been given while they were copied.',
    foundBy: '`npm run growth -- memory`',
    remedy: 'Lists are kept without that room: 1,650 bytes a trial.',
  },
  {
    fault:
      'In Firefox and WebKit every call of a page hung for good while another tab was stuck in the middle of a write.',
    foundBy: '`npm run chaos -- browser`, tabs that hang',
    remedy:
      'A call that waits for others longer than `callTimeout` is refused with a typed error, and nothing of it is stored.',
  },
  {
    fault:
      'A page that was frozen, or left, in the middle of a write kept all other tabs waiting until it came back.',
    foundBy: '`npm run chaos -- browser`, tabs that are frozen',
    remedy: 'The page gives such a write up, and does it again when it is back.',
  },
  {
    fault:
      'A page did not repeat a call that Chromium had ended with a `TimeoutError`, of which nothing was stored.',
    foundBy: '`npm run chaos -- browser`',
    remedy: 'It is repeated once, as with every connection that was dropped.',
  },
  {
    fault: 'An invalid `Date` as a heartbeat or an end time made a file store unreadable for good.',
    foundBy: '`npm run fuzz -- storage`, hostile input',
    remedy: 'Times are checked, and copied, before anything is written.',
  },
  {
    fault:
      'A flipped line break before the last record of a journal lost two acknowledged records without an error.',
    foundBy: '`npm run fuzz -- journal`',
    remedy: 'It is told as damage.',
  },
  {
    fault:
      'A snapshot of very large documents could not be written, so that a store was sealed and never went on.',
    foundBy: 'review of hostile input',
    remedy: 'The lines of a snapshot are bounded.',
  },
  {
    fault: 'A pattern such as `(a+)+$` in a query could take longer than anybody lives.',
    foundBy: 'hostile input of the conformance suites',
    remedy: 'Patterns are matched in time that grows with the text; what cannot be is refused.',
  },
  {
    fault: 'A reader took a journal that was just sealed and replaced for a store that was removed.',
    foundBy: '`packages/trialbase/test/processes.test.ts` on a very busy machine',
    remedy: 'It looks for the next generation first.',
  },
  {
    fault:
      'A process that went on late while it wrote a generation could draw a write of another’s into a file that is then removed.',
    foundBy: 'review for the attacks on files',
    remedy: 'The write is refused and done again where it counts.',
  },
  {
    fault:
      'After a sync of a directory had failed, strict writes were acknowledged in a generation whose name might be lost.',
    foundBy: 'review for the attacks on files; `packages/file/test/failing-disk.test.ts`',
    remedy: 'They fail until the sync has succeeded.',
  },
  {
    fault: 'A lock file stayed taken as long as its process lived when the disk failed at its release.',
    foundBy: 'review for the attacks on files; `packages/file/test/failing-disk.test.ts`',
    remedy:
      'It shows no more signs of life then, so that others take over; and a finished call is not turned into an error.',
  },
  {
    fault:
      'Who waited for the algorithm lock of a file store was not woken when it was given back, and had it only when it looked, up to 100 ms later.',
    foundBy: '`npm run chaos -- lock`, which took too long to end',
    remedy:
      'The holder keeps the file open under the name that the others watch: the next of eight has the lock in a third of the time on a busy machine.',
  },
  {
    fault:
      'The count of disk calls made to fail held torn names: the log of it was written by calls that were made to fail themselves.',
    foundBy: 'review of the report of `npm run chaos -- file`',
    remedy: 'The attack writes its log by the real calls, and only whole lines count.',
  },
  {
    fault:
      'A change of which the writer’s tab or worker ended just when it was stored was shown to nobody who watched, until the same trial changed again.',
    foundBy: 'review of the attack on tabs',
    remedy: 'In IndexedDB a write is told before it is stored: who looks then waits for it.',
  },
  {
    fault:
      'The attack on tabs took a tab that had been frozen for one that is silent for good, and its last look for an actor that hangs: Chromium closes the sockets of a frozen tab.',
    foundBy: 'the short form of `npm run chaos -- browser` on a busy machine',
    remedy: 'The line to a tab is mended, and what was not heard is told again.',
  },
  {
    fault:
      'While a journal was written anew, every write waited until all documents were written: 24 and 28 seconds with 100,000 trials on a machine of two processors that 14 other processes wanted.',
    foundBy: '`npm run growth -- sealing`',
    remedy: 'The documents are written while everybody goes on, and writes wait for a sync at the end.',
  },
  {
    fault:
      'A write whose text a string can hold, though not its bytes (270 million umlauts), was acknowledged on file, and the store could not be opened again.',
    foundBy: 'hostile input: writes as large as they can be; `packages/file/test/large-writes.test.ts`',
    remedy: 'A write of more than 500 MB is refused before anything changes.',
  },
  {
    fault:
      'A document that several writes had made larger than a line of the journal could not be written anew: a store could stay sealed.',
    foundBy: 'review of large writes; `packages/file/test/large-writes.test.ts`',
    remedy: 'It is written field by field.',
  },
  {
    fault: 'A journal with a line of a gigabyte ended in an untyped error, after two gigabytes of memory.',
    foundBy: 'hostile input; `packages/file/test/large-writes.test.ts`',
    remedy: 'A line that is longer than any that is written is told as damage, and is not kept in memory.',
  },
  {
    fault:
      'Checks of growth failed on a busy machine, two of them without an explanation: they went by the clock, held cold calls against warm ones, and closed a storage just after a large store had been read again.',
    foundBy: '`npm run growth -- file`, up to 1,000,000 trials',
    remedy:
      'They go by what processors spend, and hold alike against alike: 81 checks at 1,000,000 trials hold. Nothing in the stores had to be mended.',
  },
  {
    fault: 'Opening a store whose journal is a symbolic link that leads nowhere never came to an end.',
    foundBy: 'hostile input by hand; `packages/file/test/bad-input.test.ts`',
    remedy: 'It is refused with the name of the link.',
  },
  {
    fault:
      'The checker of histories blamed a reservation for a trial that a killed worker had reserved without an answer, where the experiment was deleted before anybody saw it.',
    foundBy: '`npm run chaos -- file`, with experiments that are deleted',
    remedy:
      'Where an experiment was deleted, a reservation without an answer may have taken any of its trials.',
  },
  {
    fault:
      'In WebKit `releaseAlgorithmLock`, or whoever waited for the lock, failed with an untyped AbortError where another thief stole the lock at the same moment, before it was used.',
    foundBy: '`npm run chaos -- browser`, with experiments that are deleted',
    remedy: 'A lock that is stolen before it is used is asked for again.',
  },
  {
    fault:
      'The attack on tabs took actors for hanging whose tab the driver of WebKit had not come to reload yet, and those that were refused again and again by calls that are not recorded.',
    foundBy: '`npm run chaos -- browser`, in WebKit on a busy machine',
    remedy: 'A tab counts as stopped while it is reloaded, and actors tell of each refusal.',
  },
  {
    fault:
      'The last look of the attack on tabs had one attempt to open the store, which WebKit keeps waiting while a deletion is kept waiting by the workers of a page that was left.',
    foundBy: '`npm run chaos -- browser`, in WebKit',
    remedy:
      'It tries again; and where a deletion has no end, what comes after it is not judged, and the report says so.',
  },
  {
    fault:
      'Through Dexie a change of a document of more than a gigabyte was acknowledged, and not stored: Dexie keeps a request that fails from ending its transaction, and nobody waited for it.',
    foundBy: 'hostile input: enormous documents, with the refusals of the engines played back',
    remedy: 'Such a request ends the transaction, and the call with the reason.',
  },
  {
    fault:
      'In Firefox a write of which one request failed, as for want of room, could be stored in part: it goes on with a transaction that was told to commit before a request failed.',
    foundBy: 'the same, with requests that fail later than they are made',
    remedy:
      'No transaction through idb is told to commit before all its requests are answered, which costs a write 2 to 7 percent.',
  },
  {
    fault:
      'A document that is too large for the browser’s IndexedDB, more than 1,042 MB in Firefox and about as much in Chromium, ended in an error that advised to open the storage again.',
    foundBy: 'hostile input: enormous documents in three engines',
    remedy: 'It is told as a document that is too large, at once, and nothing is stored.',
  },
  {
    fault:
      'A name of 130 million characters was not refused, and in Chromium the call ended after `callTimeout` with an error that blamed another tab.',
    foundBy: 'hostile input: enormous keys',
    remedy: 'A key has a million characters at most, in every store.',
  },
  {
    fault:
      'The comparison of sorts with mingo excused four of five: any object, or any array of several types, anywhere in a document.',
    foundBy: 'review of `npm run fuzz -- shaping`',
    remedy:
      'It goes by the two values that decide, and updates that mingo makes otherwise are held against what MongoDB makes of them.',
  },
];
