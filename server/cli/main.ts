#!/usr/bin/env node
import { CommanderError } from 'commander';
import { BrokerError } from '../amqp/broker-error';
import { exitCode, UsageError } from './exit-code';
import { endOnBrokenOutput } from './io-error';
import { createProgram } from './program';
import { processTerminal } from './terminal';

endOnBrokenOutput();
const terminal = processTerminal();

try {
  await createProgram(terminal).parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof UsageError) {
    terminal.say(`qpidha: ${error.message}\n`);
    if (error.advice !== undefined) terminal.say(`${error.advice}\n`);
    return exitCode.usage;
  }
  if (error instanceof BrokerError) {
    // What concerns no single broker bears our own name.
    terminal.say(error.broker === 'qpidha' ? `${error.message}\n` : `qpidha: ${error.message}\n`);
    return exitCode.findings;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  terminal.say(
    `qpidha: internal error: ${message}\nThis is a fault of qpidha, not of your files. Please report it.\n`,
  );
  if (process.env.QPIDHA_DEBUG !== undefined) terminal.say(`${stack}\n`);
  return exitCode.internal;
}
