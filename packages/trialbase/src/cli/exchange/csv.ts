/** A line of CSV (RFC 4180). Texts that a spreadsheet would take for formulas are data here, and stay as they are. */
export function csvLine(cells: readonly (string | undefined)[]): string {
  return `${cells.map((cell = '') => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
