import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import type { LiveOptions } from './live';
import type { TargetOptions } from './targets';
import type { Terminal } from './terminal';

interface LintOptions {
  readonly format: 'text' | 'json';
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  readonly fix?: true;
}

type LiveCommandOptions = TargetOptions & LiveOptions;

/** The commands and their options; what a command does is loaded when it is called. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('qpidha')
    .description(
      'High availability for the Apache Qpid C++ broker: lint, start, watch and stop queue replication.',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('Type "qpidha help" for the commands and their options.')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.say })
    .addHelpText('after', exitCodes);
  addLint(program, terminal);
  addEffective(program, terminal);
  addLive(program, terminal);
  addLocal(program, terminal);
  addSeedCommands(program, terminal);
  return program;
}

const exitCodes = `
Exit codes: 0 all is well; 1 findings, or a replication that was refused, failed or is not in step;
2 the command line is wrong; 3 a fault of qpidha itself.`;

function addLint(program: Command, terminal: Terminal): void {
  program
    .command('lint')
    .summary('check qpidd.conf files and replica manifests')
    .description(
      'Checks qpidd.conf files and replica manifests, each alone and together. Talks to no broker.',
    )
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--format <format>', 'how to print the findings').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings at or above it')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--fix', 'apply the fixes that are certain')
    .action(async (paths: string[], options: LintOptions) => {
      const { lintCommand } = await import('./lint');
      process.exitCode = await lintCommand({
        paths,
        format: options.format,
        failOn: options.failOn,
        fix: options.fix === true,
        color: terminal.outColors.isColorSupported,
        cwd: terminal.cwd,
        stdout: terminal.out,
        stderr: terminal.say,
      });
    });
}

function addEffective(program: Command, terminal: Terminal): void {
  program
    .command('effective')
    .summary('show what a broker would really run with, and where each value comes from')
    .description(
      'Shows the settings of a broker that reads a qpidd.conf, and where each comes from: the command line beats the\n' +
        'environment, which beats the file, which beats the default. Give the arguments of qpidd after "--".',
    )
    .argument('<file>', 'the qpidd.conf')
    .argument('[args...]', 'after "--": the arguments of qpidd; otherwise those of a systemd unit')
    .option(
      '--env <file>',
      'an EnvironmentFile or a systemd unit; "-" is the environment of this command; repeatable',
      collect,
      [],
    )
    .option('--json', 'print one JSON document', false)
    .action(async (file: string, args: string[], options: { env: string[]; json: boolean }) => {
      const { effectiveCommand } = await import('./effective');
      process.exitCode = effectiveCommand(file, args, options, terminal);
    });
}

function addLive(program: Command, terminal: Terminal): void {
  live(program.command('start'), {
    summary: 'start replicating a queue, new or existing',
    queue: 'the queue',
    origin: 'the broker that has the original queue',
    replica: 'the broker that shall have the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ replicationsFrom }, { startCommand }] = await Promise.all([
      import('./targets'),
      import('./start'),
    ]);
    process.exitCode = await startCommand(replicationsFrom(queues, options, terminal), options, terminal);
  });
  live(program.command('stop'), {
    summary: 'stop replicating a queue; the replica keeps its messages',
    queue: 'the queue',
    origin: 'the broker that has the original queue, to see both ends',
    replica: 'the broker that has the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ stopTargetsFrom }, { stopCommand }] = await Promise.all([import('./targets'), import('./stop')]);
    process.exitCode = await stopCommand(stopTargetsFrom(queues, options, terminal), options, terminal);
  });
  live(program.command('status'), {
    summary: 'show replications as seen on both brokers',
    queue: 'the queue; without it, all that the replica broker replicates',
    origin: 'the broker that has the original queue',
    replica: 'the broker that has the replica',
  }).action(async (queues: string[], options: LiveCommandOptions) => {
    const [{ statusTargetsFrom }, { statusCommand }] = await Promise.all([
      import('./targets'),
      import('./status'),
    ]);
    process.exitCode = await statusCommand(statusTargetsFrom(queues, options, terminal), options, terminal);
  });
}

interface LiveTexts {
  readonly summary: string;
  readonly queue: string;
  readonly origin: string;
  readonly replica: string;
}

/** What the commands that look at a replication, or change it, have in common. */
function live(command: Command, { summary, queue, origin, replica }: LiveTexts): Command {
  command
    .summary(summary)
    .description(
      `${summary[0]?.toUpperCase()}${summary.slice(1)}. Name it by addresses, or take it from a manifest. ${logins}`,
    )
    .argument('[queues...]', 'with --manifest: only these queues')
    .option('--queue <name>', queue)
    .option('--origin <address>', origin)
    .option('--replica <address>', replica)
    .option('--manifest <file>', 'a replica manifest, instead of the three')
    .option('--json', 'print one JSON document on stdout', false);
  return connecting(command);
}

const logins =
  'Logins come from QPIDHA_<BROKER>_USERNAME and QPIDHA_<BROKER>_PASSWORD, ' +
  'else from QPIDHA_USERNAME and QPIDHA_PASSWORD, or are asked for.';

function connecting(command: Command): Command {
  return command
    .option('--timeout <seconds>', 'for each request, and for a replication to come into step', seconds, 30)
    .option('--allow-plain-text', 'send passwords unencrypted to brokers on other machines', false);
}

function addLocal(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .summary('from a broken configuration to a replicated queue, on two embedded brokers')
    .description(
      'Lints and mends an example, then replicates a queue between two embedded brokers. Needs no set-up.',
    )
    .action(async () => {
      const { demoCommand } = await import('./demo');
      process.exitCode = await demoCommand(terminal);
    });
  program
    .command('broker')
    .summary('run an embedded broker in the foreground')
    .description(
      'Runs an embedded broker with the settings of a qpidd.conf, until Ctrl-C. For practice and tests.',
    )
    .requiredOption('--config <file>', 'the qpidd.conf')
    .option(
      '--port <number>',
      'listen there instead of at the port of the file; 0 takes a free one',
      portNumber,
    )
    .action(async (options: { config: string; port?: number }) => {
      const { brokerCommand } = await import('./broker');
      process.exitCode = await brokerCommand(options, terminal);
    });
  program
    .command('lsp')
    .summary('run the language server')
    .description('Runs the language server, for any editor that speaks LSP.')
    .option('--stdio', 'speak on stdin and stdout (the default)')
    .action(async () => {
      const { serveOnStdio } = await import('../lsp/stdio');
      await serveOnStdio();
    });
}

/** The commands of the broker's own tools, letter for letter with our name in front. */
function addSeedCommands(program: Command, terminal: Terminal): void {
  connecting(program.command('replicate'))
    .summary('as "qpid-ha replicate": start replicating into an existing queue')
    .description(
      'Starts replicating into an existing, empty queue. The arguments are those of "qpid-ha replicate".',
    )
    .argument('<origin>', 'address of the broker that has the original queue')
    .argument('<queue>', 'the queue')
    .option('-b, --broker <address>', 'the replica broker', 'localhost:5672')
    .action(async (origin: string, queue: string, options: { broker: string } & LiveOptions) => {
      const { replicateCommand } = await import('./replicate');
      process.exitCode = await replicateCommand(origin, queue, options, terminal);
    });
  connecting(program.command('add'))
    .summary('as "qpid-config add queue": create a queue, or start a new replica')
    .description('Creates a queue. The arguments are those of "qpid-config add queue".')
    .argument('<type>', '"queue"')
    .argument('<name>', 'the queue')
    .option('-b, --broker <address>', 'the broker', 'localhost:5672')
    .option('--start-replica <address>', 'replicate the queue of that name from this broker')
    .option('--durable', 'the queue outlives a restart of its broker')
    .option(
      '--argument <name=value>',
      'a queue argument, such as qpid.max_count=1000; repeatable',
      collect,
      [],
    )
    .action(async (type: string, name: string, options) => {
      const { addQueueCommand } = await import('./add-queue');
      process.exitCode = await addQueueCommand(type, name, options, terminal);
    });
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0.1 && value <= 86_400)) {
    throw new InvalidArgumentError('It must be a number of seconds from 0.1 to 86400.');
  }
  return value;
}

function portNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65535) {
    throw new InvalidArgumentError('It must be a port number from 0 to 65535.');
  }
  return value;
}
