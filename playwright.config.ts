/** Playwright runs what needs several real tabs, in ./e2e: tabs that race, are closed, crash or freeze. None is written yet. */
export default { testDir: './e2e' };
