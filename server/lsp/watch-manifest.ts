import type { Manifest } from '../manifest/model';
import { nodeFileSystem } from '../project/node-file-system';
import type { Accepted } from '../replication/dangers';
import {
  type DesiredReplication,
  declaredBrokers,
  desiredReplications,
} from '../replication/planning/desired';
import { watch } from '../replication/watch';
import { type Reading, rereading, type Wanted } from '../replication/watching/reread';
import type { WatchEvent } from '../replication/watching/watch-event';
import { adviceIn } from '../replication/words/command';
import { documentFromBytes } from '../text/document';
import { acceptedBy, askFirst } from './dangers';
import { serveLive } from './engine';
import {
  watchManifest as method,
  type ReplicationResult,
  type WatchEventParams,
  type WatchParams,
  watchEvent,
} from './requests';
import type { Feature, Session } from './session';
import { manifestAt, manifestIn } from './targets';

const defaultInterval = 2;

/** Tells by notifications until the request is cancelled, and heals only where the request says so. */
export const watchManifest: Feature = {
  register(session) {
    serveLive<WatchParams, ReplicationResult>(session, method, 'Watch', (params) => {
      const { uri, heal, interval = defaultInterval } = params;
      const found = manifestAt(session, uri);
      if (!found.ok) return found;
      const accepted = acceptedBy('watch', params);
      if (heal === 'rebuild' && !accepted.has('replaced-content')) {
        return {
          ok: false,
          result: askFirst('replaced-content', 'The watch is about to rebuild replicas that hold messages'),
        };
      }
      let wanted = wantedBy(found.manifest);
      const reread = rereading(
        () => savedText(uri),
        () => {
          const reading = readSaved(uri);
          if (reading.ok) wanted = reading.wanted;
          return reading;
        },
      );
      const options = {
        ...wanted,
        reread,
        interval: interval * 1000,
        ...healing(heal, accepted),
        onEvent: (event: WatchEvent) => void tell(session, uri, wanted.desired, event),
      };
      const work = async (context: Parameters<typeof watch>[1]): Promise<ReplicationResult> => {
        await watch(options, context);
        return { severity: 'info', message: 'The watch has ended.', details: [] };
      };
      return { ok: true, logins: new Map(), work };
    });
  },
};

function wantedBy(manifest: Manifest): Wanted {
  return { desired: desiredReplications(manifest), brokers: declaredBrokers(manifest) };
}

/** An edit counts once it is saved: nothing is healed by what somebody is just typing. */
function savedText(uri: string): string | undefined {
  const content = nodeFileSystem.read(uri);
  return content.kind === 'bytes' ? Buffer.from(content.bytes).toString('latin1') : undefined;
}

function readSaved(uri: string): Reading {
  const content = nodeFileSystem.read(uri);
  const source = content.kind === 'bytes' ? documentFromBytes(uri, content.bytes) : undefined;
  const found = manifestIn(source);
  if (found.ok) return { ok: true, wanted: wantedBy(found.manifest) };
  const { message, details, next } = found.result;
  return { ok: false, reason: details.length === 0 ? message : details.join('; '), next };
}

function healing(heal: WatchParams['heal'], accepted: Accepted): { readonly heal?: Accepted } {
  switch (heal) {
    case undefined:
      return {};
    case 'empty':
      return { heal: new Set() };
    case 'rebuild':
      return { heal: accepted };
  }
}

async function tell(
  { connection }: Session,
  uri: string,
  desired: readonly DesiredReplication[],
  event: WatchEvent,
): Promise<void> {
  await connection.sendNotification(watchEvent, paramsOf(uri, desired, event)).catch(() => undefined);
}

function paramsOf(
  uri: string,
  desired: readonly DesiredReplication[],
  { kind, severity, message, next, queue, replica }: WatchEvent,
): WatchEventParams {
  const common = { uri, kind, severity, message, ...(next === undefined ? {} : { next }) };
  const about = desired.find(
    ({ replication }) => replication.queue === queue && replication.replica.name === replica,
  );
  if (about === undefined) return common;
  const { replication } = about;
  const verb = next === undefined ? undefined : adviceIn(next, replication);
  return {
    ...common,
    target: { kind: 'manifest', uri, queue: replication.queue, replica: replication.replica.name },
    ...(verb === undefined ? {} : { nextVerb: verb }),
  };
}
