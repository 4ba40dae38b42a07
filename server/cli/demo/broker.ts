import { startEmbeddedBroker } from '../../embedded-broker/embedded-broker';
import { settingsFromConf } from '../../embedded-broker/settings-from-conf';
import { parseConf } from '../../qpidd-conf/model';
import { confRules } from '../../qpidd-conf/rules';
import { readChecked } from '../checked-file';
import { exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';

/** `qpidha broker --config FILE`: runs until it is interrupted. What qpidd would refuse, it refuses. */
export async function brokerCommand(
  options: { readonly config: string; readonly port?: number },
  terminal: Terminal,
): Promise<number> {
  const settings = settingsFromConf(readChecked(options.config, parseConf, confRules, terminal));
  const broker = await startEmbeddedBroker({ settings, port: options.port ?? settings.port }).catch(
    (error) => {
      throw new UsageError(
        `port ${options.port ?? settings.port} cannot be used: ${error.message}`,
        'Try --port 0.',
      );
    },
  );
  const high = { off: 'HA off', 'stand-alone': 'queue replication on', cluster: 'cluster member' }[
    settings.ha
  ];
  terminal.out(`Embedded broker on 127.0.0.1:${broker.port}, ${high}. Ctrl-C ends it.\n`);
  await new Promise<void>((ended) => {
    process.once('SIGINT', ended);
    process.once('SIGTERM', ended);
  });
  await broker.stop();
  return exitCode.ok;
}
