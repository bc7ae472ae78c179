/**
 * Calls `listener` when the page comes back: into view, out of a freeze, out of the back-forward cache. One return may
 * call it several times. The function returned ends that. Outside a page there is nothing to come back from.
 */
export function onPageReturn(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const ended = new AbortController();
  const { signal } = ended;
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') listener();
  };
  document.addEventListener('visibilitychange', whenVisible, { signal });
  document.addEventListener('resume', () => listener(), { signal });
  window.addEventListener('pageshow', () => listener(), { signal });
  return () => ended.abort();
}
