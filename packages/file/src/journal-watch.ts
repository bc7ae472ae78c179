import { DirectoryChanges } from './directory-changes.js';

/**
 * Looks whenever the journal in a directory may have grown: when the file system says so and, as not all of them do, every
 * so often besides. Keeps the process alive. Starts with a look, as what came before is not reported.
 *
 * @returns what ends it.
 */
export function watchJournal(directory: string, look: () => void): () => void {
  const end = new AbortController();
  void lookAtEachChange(new DirectoryChanges(directory, 'journal-'), look, end.signal);
  return () => end.abort();
}

async function lookAtEachChange(
  changes: DirectoryChanges,
  look: () => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await changes.next(signal);
      look();
    }
  } catch (error) {
    if (error !== signal.reason) throw error;
  } finally {
    changes.close();
  }
}
