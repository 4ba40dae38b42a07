import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario';

/** What the linter would print in a container, where the editor cannot look. */
const elsewhere = "node1/elsewhere.conf:7:3: warning conf/unknown-option: A container's own file.";

export const tasksScenario: Scenario = {
  title: 'tasks',
  workspaceTrust: false,
  async prepare({ folder }) {
    const own = {
      version: '2.0.0',
      tasks: [
        {
          label: 'lint elsewhere',
          type: 'process',
          command: '/bin/echo',
          args: [elsewhere],
          problemMatcher: '$qpidha',
          group: 'build',
        },
      ],
    };
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/tasks.json'), JSON.stringify(own));
    // Otherwise a terminal is a picture.
    writeFileSync(join(folder, '.vscode/settings.json'), '{ "terminal.integrated.gpuAcceleration": "off" }');
    return async () => {};
  },
  steps: {
    'the linter runs as a task': async ({ workbench }) => {
      await workbench.openFile('node2/qpidd.conf');
      await workbench.squiggle('error').waitFor();
      await workbench.run('Tasks: Run Test Task');
      await workbench.choose('qpidha: lint');
      await workbench.terminal('2 errors in 3 files').waitFor();
      await workbench.screenshot('80-lint-task');
    },
    'and each problem stays there once, with its page and its related places': async ({ workbench }) => {
      await workbench.run('Problems: Focus on Problems View');
      await workbench.problem('Queue replication is not enabled').waitFor();
      await workbench.screenshot('81-problems-after-task');
      assert.equal(await workbench.problems(), 2);
    },
    'what a task of one’s own prints becomes problems': async ({ workbench }) => {
      await workbench.run('Tasks: Run Build Task');
      await workbench.choose('lint elsewhere');
      await workbench.terminal(elsewhere).waitFor();
      await workbench.run('Problems: Focus on Problems View');
      await workbench.problem("A container's own file.").waitFor();
      await workbench.screenshot('82-problem-matcher');
    },
  },
};
