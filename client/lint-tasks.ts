/** `qpidha lint` as tasks of a folder: from the palette, from tasks.json, and before a launch. */
import {
  type Disposable,
  type ExtensionContext,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  type TaskProvider,
  TaskScope,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';

const taskType = 'qpidha';

/** As `taskDefinitions` of package.json has it. */
interface LintTaskDefinition extends TaskDefinition {
  readonly type: typeof taskType;
  readonly task: keyof typeof argumentsOf;
  /** Further words for the command line: `--fail-on`, `warning`, `east`. */
  readonly args?: readonly string[];
}

/** In the text format, whatever the surroundings make of the default: a person reads it. */
const argumentsOf = {
  lint: ['lint', '--format', 'text'],
  fix: ['lint', '--format', 'text', '--fix'],
  watch: ['lint', '--format', 'text', '--watch'],
} as const;

export function registerLintTasks(context: ExtensionContext): Disposable {
  const commandLine = context.asAbsolutePath('dist/cli/qpidha.js');
  const provider: TaskProvider = {
    provideTasks: () =>
      (workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .flatMap((folder) =>
          Object.keys(argumentsOf).map((task) =>
            taskOf(commandLine, { type: taskType, task } as LintTaskDefinition, folder),
          ),
        ),
    resolveTask: ({ definition, scope }) =>
      isLintTask(definition) ? taskOf(commandLine, definition, scope ?? TaskScope.Workspace) : undefined,
  };
  return tasks.registerTaskProvider(taskType, provider);
}

function isLintTask(definition: TaskDefinition): definition is LintTaskDefinition {
  return typeof definition.task === 'string' && definition.task in argumentsOf;
}

function taskOf(commandLine: string, definition: LintTaskDefinition, scope: Task['scope'] & {}): Task {
  const words = [commandLine, ...argumentsOf[definition.task], ...(definition.args ?? [])];
  // The editor's own Node: nothing needs to be installed.
  const execution = new ProcessExecution(process.execPath, words, {
    ...(isFolder(scope) && { cwd: scope.uri.fsPath }),
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  // No problem matcher: the language server shows the same problems already, with their places and fixes.
  const task = new Task(definition, scope, definition.task, taskType, execution, []);
  task.isBackground = definition.task === 'watch';
  if (definition.task === 'lint') task.group = TaskGroup.Test;
  return task;
}

function isFolder(scope: WorkspaceFolder | TaskScope): scope is WorkspaceFolder {
  return typeof scope === 'object';
}
