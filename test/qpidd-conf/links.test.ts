import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileLinks } from '../../server/qpidd-conf/links';
import { conf } from './support';

describe('links', () => {
  const cases: readonly (readonly [text: string, ...links: (readonly [text: string, path: string])[]])[] = [
    ['acl-file=/etc/qpid/a.acl # c', ['/etc/qpid/a.acl', '/etc/qpid/a.acl']],
    ['ssl-cert-db= /etc/pki/qpid\r\n', ['/etc/pki/qpid', '/etc/pki/qpid']],
    ['load-module=/usr/lib64/qpid/daemon/ha', ['/usr/lib64/qpid/daemon/ha', '/usr/lib64/qpid/daemon/ha.so']],
    ['load-module=ha.so'],
    ['log-to-file=qpidd.log'],
    ['log-to-file='],
    ['realm=/QPID'],
    ['acl-file=a.acl'],
    [
      'data-dir=/var/lib/qpidd/\nacl-file=a.acl',
      ['/var/lib/qpidd/', '/var/lib/qpidd/'],
      ['a.acl', '/var/lib/qpidd/a.acl'],
    ],
    ['data-dir=data\nacl-file=a.acl'],
    ['data-dir=/x\nno-data-dir=yes\nacl-file=a.acl', ['/x', '/x']],
    ['log-to-file=/a\0b'],
  ];
  for (const [text, ...links] of cases) {
    test(`of ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        fileLinks(conf(text)).map(({ span, path }) => [text.slice(span.start, span.end), path]),
        links,
      ));
  }
});
