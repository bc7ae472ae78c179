type Cell = number | string;

/** A table in Markdown, numbers to the right. The columns are those of the first row. */
export function table(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const rules = columns.map((column) => (typeof rows[0]?.[column] === 'number' ? '---:' : '---'));
  const lines = [columns, rules, ...rows.map((row) => columns.map((column) => cell(row[column] ?? '')))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Blocks of text, an empty line between each two. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

function cell(content: Cell): string {
  const text =
    typeof content === 'number' ? content.toLocaleString('en-US', { maximumSignificantDigits: 12 }) : content;
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
