import { DotReporter } from 'vitest/node';

/** Keeps what the tests print until all have run. */
// oxlint-disable-next-line import/no-default-export -- Vitest asks for a reporter's class by no other name
export default class TallyReporter extends DotReporter {
  /** @type {string[]} */
  #printed = [];

  /**
   * @override
   * @param {import('vitest').UserConsoleLog} log
   */
  onUserConsoleLog({ content }) {
    this.#printed.push(content);
  }

  /**
   * @override
   * @param {Parameters<DotReporter['onTestRunEnd']>} result
   */
  onTestRunEnd(...result) {
    super.onTestRunEnd(...result);
    for (const content of this.#printed.toSorted()) console.log(content);
  }
}
