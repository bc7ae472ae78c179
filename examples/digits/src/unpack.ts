/** How every gzipped file begins. */
const [MAGIC, SECOND] = [0x1f, 0x8b];

/**
 * The text of a gzipped file. Some servers declare such a file as a compressed one, and the browser has unpacked it on
 * the way: then it is the text already.
 */
export async function unpack(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = new Blob([file]).stream();
  const isGzipped = file[0] === MAGIC && file[1] === SECOND;
  return new Response(isGzipped ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes).text();
}
