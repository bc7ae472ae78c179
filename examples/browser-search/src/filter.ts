import type { Query } from 'trialbase';
import { element, setText } from './element.js';
import { explain } from './explain.js';
import { parseExtended } from './extended-json.js';

const field = element('filter', HTMLInputElement);
const error = element('filter-error', HTMLElement);

/**
 * Calls `use` with the query in the field, `undefined` where it is empty, whenever it has changed and is JSON. What is wrong
 * with it, `use` throws; it is said below the field.
 */
export function onFilter(use: (query: Query | undefined) => void): void {
  const read = (): void => {
    try {
      use(readQuery(field.value));
      say('');
    } catch (reason) {
      say(reason instanceof SyntaxError ? `This is no JSON: ${reason.message}` : explain(reason).detail);
    }
  };
  field.addEventListener('input', read);
  for (const example of document.querySelectorAll<HTMLButtonElement>('button.example')) {
    example.addEventListener('click', () => {
      field.value = example.value;
      read();
    });
  }
}

function readQuery(text: string): Query | undefined {
  return text.trim() === '' ? undefined : (parseExtended(text) as Query);
}

function say(text: string): void {
  field.ariaInvalid = String(text !== '');
  setText(error, text);
}
