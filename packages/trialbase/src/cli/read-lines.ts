import { createReadStream } from 'node:fs';
import { CommandError } from './exit-codes.js';

/**
 * The lines of a file, as often as they are asked for, without their ends, however many and however long. Those of standard
 * input, which comes but once, are kept.
 *
 * @param file `-` is standard input.
 * @throws CommandError if the file cannot be read.
 */
export async function repeatableLines(file: string): Promise<() => AsyncIterable<string>> {
  if (file !== '-') return () => readLines(file);
  const lines: string[] = [];
  for await (const line of readLines(file)) lines.push(line);
  return () => inTurn(lines);
}

/** What is there already, for who waits for it. */
export async function* inTurn<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}

async function* readLines(file: string): AsyncGenerator<string> {
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
