/** Ends a test run with what was left out, loudly, and with one line that counts. */
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** Set where everything needed is there (`.ci/run`): then nothing may be skipped. */
const REQUIRE_ALL = process.env.REQUIRE_ALL === '1';

const isFailedHook = (suite: TestModule | TestSuite): boolean => suite.errors().length > 0;

const nameOf = (test: TestCase): string => {
  const result = test.result();
  const note = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
  return `${test.fullName}${note}`;
};

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const count = (state: ReturnType<TestCase['result']>['state']) =>
      tests.filter((test) => test.result().state === state).length;
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const failed = count('failed') + count('pending') + suites.filter(isFailedHook).length + unhandled.length;

    if (skipped.length > 0) {
      console.log(`\n!!! ${skipped.length} SKIPPED${REQUIRE_ALL ? ', and here nothing may be' : ''}:`);
      for (const test of skipped) console.log(`!!!   ${nameOf(test)}`);
      if (REQUIRE_ALL) process.exitCode = 1;
      else console.log('!!! On Debian, .ci/run installs what they need.');
    }
    console.log('');
    console.log(
      `${count('passed')} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    );
  }
}
