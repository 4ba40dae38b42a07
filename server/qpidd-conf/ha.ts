import type { BrokerUrl, BrokerUrlMember } from '../address/broker-url';
import { formatMember } from '../address/endpoint';
import { type Span, span } from '../text/span';
import { type ConfDocument, effectiveBoolean, type Setting, settingOf } from './model';
import { parseBoolean } from './values/boolean';
import { withoutQuotes } from './values/meant';

/** What a file says about HA, for the rules that look at several settings together. */

export function isClusterMember(document: ConfDocument): boolean {
  return effectiveBoolean(document, 'ha-cluster');
}

/** Takes part in queue replication, as a stand-alone broker or as a member of a cluster (HaPlugin.cpp). */
export function takesPartInHa(document: ConfDocument): boolean {
  return isClusterMember(document) || effectiveBoolean(document, 'ha-queue-replication');
}

/** The setting that switches HA on, if any does. */
export function modeSetting(document: ConfDocument): Setting | undefined {
  if (isClusterMember(document)) return settingOf(document, 'ha-cluster');
  return takesPartInHa(document) ? settingOf(document, 'ha-queue-replication') : undefined;
}

/** `auth`, which is on by default; `no-auth` of old is read as what it was. Undefined where the two quarrel. */
export function wantsLogin(document: ConfDocument): boolean | undefined {
  const [old, ...others] = document.unknown.filter(
    ({ reading }) => reading.kind === 'removed' && reading.removed.name === 'no-auth',
  );
  if (old === undefined) return effectiveBoolean(document, 'auth');
  if (others.length > 0 || settingOf(document, 'auth') !== undefined) return undefined;
  const { start, end } = old.line.value;
  const noLogin = parseBoolean(document.source.text.slice(start, end));
  return noLogin === undefined ? undefined : !noLogin;
}

/** The text of a setting as it is meant, without quotes; empty where it is not set. */
export function meantTextOf(document: ConfDocument, name: string): string {
  const text = settingOf(document, name)?.text ?? '';
  return withoutQuotes(text) ?? text;
}

/** Where to show that something is wrong with a value: there, or at the key where there is none. */
export function placeOf({ key, value }: Setting): Span {
  return value.start < value.end ? value : key;
}

/** A URL with at least one address, and the setting that it is from. */
export interface UrlSetting {
  readonly setting: Setting;
  readonly url: BrokerUrl;
  /** Where an address of it stands in the file: the whole value, if that first has to be corrected. */
  spanOf(member: BrokerUrlMember): Span;
}

export function urlOf(document: ConfDocument, name: string): UrlSetting | undefined {
  const setting = settingOf(document, name);
  const url = setting?.understood.kind === 'url' ? setting.understood.url : undefined;
  if (setting === undefined || url === undefined) return undefined;
  const { value, parsed } = setting;
  return {
    setting,
    url,
    spanOf: ({ start, end }) =>
      parsed.kind === 'url' ? span(value.start + start, value.start + end) : value,
  };
}

/** The addresses of all members, for a member of a cluster that has them from this file. */
export function clusterUrlOf(document: ConfDocument): UrlSetting | undefined {
  return isClusterMember(document) ? urlOf(document, 'ha-brokers-url') : undefined;
}

/** `host:port` as a reader would write it. */
export function formatAddress(member: BrokerUrlMember): string {
  const tag = member.transport === 'tcp' ? '' : `${member.transport}:`;
  return tag + formatMember(member);
}

/** An address that every host takes for itself, or that is none at all. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost(?:\.localdomain)?|127(?:\.[0-9]+){3}|0\.0\.0\.0|::1?|::ffff:127(?:\.[0-9]+){3})$/i.test(
    host,
  );
}
