import { element } from './element.js';
import { type Explanation, explain } from './explain.js';

const notices = element('notices', HTMLElement);

/** Shows an error in plain words at the top of the page, once however often it comes. */
export function showError(error: unknown): void {
  showNotice(explain(error));
}

/** Shows what the user has to know. */
export function showNotice(explanation: Explanation): void {
  const isShown = [...notices.children].some(({ textContent }) => textContent.includes(explanation.detail));
  if (!isShown) notices.append(noticeOf(explanation));
}

/** Takes away what was shown. */
export function clearErrors(): void {
  notices.replaceChildren();
}

function noticeOf({ title, advice, detail }: Explanation): HTMLElement {
  const notice = document.createElement('article');
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.textContent = 'Dismiss';
  dismiss.addEventListener('click', () => notice.remove());
  notice.append(paragraph('title', title), paragraph('advice', advice), paragraph('detail', detail), dismiss);
  return notice;
}

function paragraph(className: string, text: string): HTMLElement {
  const made = document.createElement('p');
  made.className = className;
  made.textContent = text;
  return made;
}
