import { createReadStream } from 'node:fs';
import { CommandError } from './exit-codes.js';

/**
 * The lines of a file, without their ends, however many and however long.
 *
 * @param file `-` is standard input.
 * @throws CommandError if the file cannot be read.
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  let unended: string[] = [];
  try {
    for await (const chunk of input.setEncoding('utf8') as AsyncIterable<string>) {
      const [first = '', ...lines] = chunk.split('\n');
      unended.push(first);
      for (const line of lines) {
        yield withoutReturn(unended.join(''));
        unended = [line];
      }
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new CommandError('notFound', `'${file}' cannot be read: ${cause.message}`, { cause });
  }
  const last = unended.join('');
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
