import { columns, type Row, textOf } from './columns.js';
import { count } from './describe-state.js';
import { element, setText } from './element.js';
import { type Order, sortRows } from './sort-rows.js';

/** The rows that are in the document. All others are reached by turning pages: a long search costs no more than a short one. */
const PAGE = 20;

const table = element('table', HTMLTableElement);
const body = table.tBodies[0] as HTMLTableSectionElement;
const pages = element('pages', HTMLElement);
const range = element('rows', HTMLElement);

/** The table of trials: sorted by the column whose header is pressed, one page of it at a time. */
export class TrialTable {
  readonly #headers = columns.map((column) => {
    const header = document.createElement('th');
    const button = document.createElement('button');
    header.scope = 'col';
    header.classList.toggle('number', column.isNumber);
    button.textContent = column.title;
    button.addEventListener('click', () => this.#sortBy(column));
    header.append(button);
    return header;
  });
  #order: Order = { column: columns[0] as (typeof columns)[number], ascending: false };
  #rows: readonly Row[] = [];
  #total = 0;
  #page = 0;

  constructor() {
    table.tHead?.rows[0]?.append(...this.#headers);
    pages.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLButtonElement) this.#turn(target.value);
    });
    this.#draw();
  }

  /** Shows these rows, of `total` that there are. */
  show(rows: readonly Row[], total: number): void {
    this.#rows = rows;
    this.#total = total;
    this.#draw();
  }

  /** Goes back to the first page, as the rows are about to be others. */
  rewind(): void {
    this.#page = 0;
  }

  #sortBy(column: Order['column']): void {
    const ascending = this.#order.column === column ? !this.#order.ascending : true;
    this.#order = { column, ascending };
    this.#page = 0;
    this.#draw();
  }

  #turn(to: string): void {
    const targets: Record<string, number> = {
      first: 0,
      previous: this.#page - 1,
      next: this.#page + 1,
      last: this.#last,
    };
    this.#page = targets[to] ?? this.#page;
    this.#draw();
  }

  get #last(): number {
    return Math.max(0, Math.ceil(this.#rows.length / PAGE) - 1);
  }

  #describe(first: number, shown: number): string {
    if (shown === 0) return this.#total === 0 ? 'No trials yet' : `None of ${count(this.#total)} trials`;
    const rows = `Rows ${count(first + 1)} to ${count(first + shown)} of ${count(this.#rows.length)}`;
    return this.#rows.length === this.#total ? rows : `${rows} (${count(this.#total)} trials in all)`;
  }

  #draw(): void {
    this.#page = Math.min(Math.max(0, this.#page), this.#last);
    const first = this.#page * PAGE;
    const shown = sortRows(this.#rows, this.#order).slice(first, first + PAGE);
    this.#headers.forEach((header, i) => {
      const isSorted = columns[i] === this.#order.column;
      header.ariaSort = isSorted ? (this.#order.ascending ? 'ascending' : 'descending') : null;
    });
    fit(shown.length);
    shown.forEach((row, i) => fill(body.rows[i] as HTMLTableRowElement, row));
    setText(range, this.#describe(first, shown.length));
    for (const button of pages.querySelectorAll('button')) {
      const isForward = button.value === 'next' || button.value === 'last';
      button.disabled = this.#page === (isForward ? this.#last : 0);
    }
  }
}

/** Rows are used again, so that what is selected in them stays so while figures change. */
function fit(length: number): void {
  while (body.rows.length > length) body.deleteRow(-1);
  while (body.rows.length < length) {
    const row = body.insertRow();
    for (const { isNumber } of columns) row.insertCell().classList.toggle('number', isNumber);
  }
}

function fill(line: HTMLTableRowElement, row: Row): void {
  line.dataset['status'] = row.trial.status;
  columns.forEach((column, i) => setText(line.cells[i] as HTMLTableCellElement, textOf(column, row)));
}
