import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes how each test ended to the file that `TRIALBASE_OUTCOMES` names, as pairs of a project and an outcome. Vitest and
 * Playwright both take it. What did not run to its end has failed; so has a file of tests that could not be loaded.
 */
// oxlint-disable-next-line import/no-default-export -- they ask for a reporter's class by no other name
export default class OutcomeReporter {
  /** @type {import('@playwright/test/reporter').Suite | undefined} */
  #suite;

  /** @param {readonly import('vitest/node').TestModule[]} modules of Vitest */
  onTestRunEnd(modules) {
    write(modules.flatMap(outcomesOf));
  }

  /**
   * @param {unknown} _config
   * @param {import('@playwright/test/reporter').Suite} suite of Playwright
   */
  onBegin(_config, suite) {
    this.#suite = suite;
  }

  onEnd() {
    const outcomes = { expected: 'passed', skipped: 'skipped', unexpected: 'failed', flaky: 'failed' };
    const tests = this.#suite?.allTests() ?? [];
    write(tests.map((test) => [test.parent.project()?.name, outcomes[test.outcome()]]));
  }
}

/** @param {import('vitest/node').TestModule} module */
function outcomesOf(module) {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  if (module.state() === 'failed' && !states.includes('failed')) states.push('failed');
  return states.map((state) => [module.project.name, state === 'pending' ? 'failed' : state]);
}

/** @param {unknown} outcomes */
function write(outcomes) {
  const file = String(process.env['TRIALBASE_OUTCOMES']);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(outcomes));
}
