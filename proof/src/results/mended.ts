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
];
