import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributionTransports } from '../../server/address/broker-url';
import {
  brokerOptions,
  findOption,
  findRemovedOption,
  options,
  optionsNamed,
  removedOptions,
} from '../../server/qpidd-conf/catalogue';
import { describeBriefly, describeModule, describeType } from '../../server/qpidd-conf/describe';
import { optionMarkdown, removedMarkdown } from '../../server/qpidd-conf/markdown';
import { readValue } from '../../server/qpidd-conf/values/value';

test('there are 143 options and 60 names of other times', () => {
  assert.equal(options.length, 143);
  assert.equal(removedOptions.length, 60);
});

test('every option says what it is, where it comes from and what it does', () => {
  for (const option of options) {
    assert.match(option.name, /^[a-z]+(-[a-z0-9]+)*$/);
    assert.match(option.env, /^QPID_[A-Z0-9_]+$/);
    assert.match(option.source, /^src\/.+:\d+$/);
    assert.ok(option.summary.endsWith('.'), option.name);
    assert.ok(
      describeModule(option.module) !== '' && describeType(option) !== '' && describeBriefly(option) !== '',
    );
    assert.ok(option.scope === 'client' || option.since !== undefined, option.name);
    assert.ok(optionMarkdown(option).includes(option.name));
  }
});

test('every default that could stand in a file is accepted there', () => {
  for (const { name, type, default: standard } of options) {
    if (!('value' in standard)) continue;
    const value = readValue(type, standard.value, distributionTransports);
    assert.notEqual(value.kind, 'invalid', name);
    if (value.kind === 'enum') assert.ok(value.known, name);
  }
});

test('ten options can be repeated', () => {
  const names = options.filter(({ repeatable }) => repeatable === true).map(({ name }) => name);
  assert.deepEqual(
    names.sort(),
    'close-fd interface listen-disable load-module log-disable log-enable protocols queue-patterns socket-fd topic-patterns'.split(
      ' ',
    ),
  );
});

test('an option of several modules is read as a Linux broker with linearstore reads it', () => {
  assert.equal(findOption('store-dir')?.module, 'linearstore.so');
  assert.deepEqual(
    optionsNamed('store-dir').map(({ module }) => module),
    ['linearstore.so', 'legacystore.so', 'msclfs_store'],
  );
  assert.equal(findOption('check')?.platform, 'posix');
  assert.equal(findOption('ssl-port')?.module, 'ssl');
  assert.equal(findOption('password')?.platform, 'windows');
  assert.equal(findOption('max-iothreads')?.scope, 'client');
});

test('a Linux broker can have 110 options, each of its own name', () => {
  assert.equal(new Set(brokerOptions.map(({ name }) => name)).size, brokerOptions.length);
  assert.ok(brokerOptions.every(({ scope, platform }) => scope === 'broker' && platform !== 'windows'));
  assert.equal(brokerOptions.length, 110);
});

test('no removed name is an option, and a name to change to is one', () => {
  for (const removed of removedOptions) {
    assert.equal(findOption(removed.name), undefined, removed.name);
    assert.equal(findRemovedOption(removed.name), removed);
    assert.ok(removed.removed !== undefined || removed.never !== undefined, removed.name);
    assert.ok(removedMarkdown(removed).includes(removed.name));
    if (removed.cure === 'rename' || removed.cure === 'negate') {
      assert.ok(findOption(removed.replacement ?? ''), removed.name);
    }
  }
});
