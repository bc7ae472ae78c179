/** What an attempt fails with. */
export function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'no error',
    (error: unknown) => error,
  );
}
