import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completion } from '../../server/qpidd-conf/completion';
import { hover } from '../../server/qpidd-conf/hover';
import { nothingAround } from '../../server/qpidd-conf/surroundings';
import { documentSymbols } from '../../server/qpidd-conf/symbols';
import { applyEdits } from '../../server/text/edit';
import type { CompletionItem } from '../../server/text/features';
import { conf, lint, uri } from './support';

/** The text without its `|`, and where that stood. */
function cursor(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.replace('|', ''), offset };
}

function proposals(marked: string): readonly CompletionItem[] {
  const { text, offset } = cursor(marked);
  return completion(conf(text), offset);
}

function labels(marked: string): string[] {
  return proposals(marked).map(({ label }) => label);
}

/** The text after accepting a proposal. */
function accepted(marked: string, label: string): string {
  const { text, offset } = cursor(marked);
  const item = completion(conf(text), offset).find((one) => one.label === label);
  assert.ok(item, `${label} is not proposed`);
  assert.ok(item.edit.span.start <= offset && offset <= item.edit.span.end);
  return applyEdits(text, [{ uri, ...item.edit }]);
}

describe('completion of names', () => {
  const cases: readonly (readonly [marked: string, label: string, result: string])[] = [
    ['|', 'port', 'port='],
    ['po|', 'port', 'port='],
    ['port=1\n|', 'auth', 'port=1\nauth='],
    ['a|\r\nport=1\r\n', 'auth', 'auth=\r\nport=1\r\n'],
    ['ha-|cluster=yes', 'ha-queue-replication', 'ha-queue-replication=yes'],
    ['ha-c|', 'ha-cluster', 'ha-cluster='],
    ['  au|', 'auth', '  auth='],
    ['log-|enable = info+', 'log-enable', 'log-enable = info+'],
    ['po| # the port', 'port', 'port= # the port'],
  ];
  for (const [marked, label, result] of cases) {
    test(`${JSON.stringify(marked)} becomes ${JSON.stringify(result)}`, () =>
      assert.equal(accepted(marked, label), result));
  }
  test('does not offer again what is set, unless it can be repeated', () => {
    const offered = labels('port=1\nlog-enable=info+\n|');
    assert.ok(!offered.includes('port'));
    assert.ok(offered.includes('log-enable'));
    assert.ok(labels('por|t=1\n').includes('port'));
  });
  test('offers nothing that a file cannot use', () => {
    const offered = labels('|');
    for (const name of ['check', 'kill', 'config', 'help', 'password', 'max-iothreads', 'num-jfiles']) {
      assert.ok(!offered.includes(name), name);
    }
    assert.ok(!labels('no-module-dir=yes\n|').includes('ha-cluster'));
    assert.ok(labels('load-module=/x/legacystore.so\n|').includes('num-jfiles'));
  });
  test('tells type and default', () => {
    const port = proposals('|').find(({ label }) => label === 'port');
    assert.equal(port?.detail, 'integer · default 5672');
    assert.match(port?.documentation ?? '', /0 to 65535/);
  });
  for (const marked of ['# po|', 'port # po|', 'one two|', 'po|rt and more']) {
    test(`is silent in ${JSON.stringify(marked)}`, () => assert.deepEqual(labels(marked), []));
  }
});

describe('completion of snippets', () => {
  const names = ['stand-alone origin', 'stand-alone replica broker', 'cluster member'];
  for (const name of names) {
    test(`a ${name} starts, and nothing is wrong with it`, () => {
      const text = accepted('|\n', name);
      assert.deepEqual(
        lint(text).filter(({ severity }) => severity !== 'info'),
        [],
        text,
      );
      assert.doesNotMatch(text, /^$\n/m);
    });
  }
  test('a template is the text with tab stops', () => {
    for (const item of proposals('|').filter(({ kind }) => kind === 'snippet')) {
      const plain = (item.template ?? '')
        .replace(/\$\{\d+:([^}]*)\}/g, '$1')
        .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
        .replace(/\$\d+/g, '');
      assert.equal(plain, item.edit.newText);
      assert.match(item.template ?? '', /\$/);
    }
  });
  test('leaves out what is set, and what no login needs', () => {
    const origin = accepted('auth=no\nlink-heartbeat-interval=3\n|', names[0] ?? '');
    assert.match(origin, /ha-queue-replication=yes$/);
    assert.doesNotMatch(origin, /acl-file|interval=5/);
  });
  test('loads the module where its directory does not', () => {
    assert.match(
      accepted('no-module-dir=yes\n|', names[2] ?? ''),
      /\nload-module=\/.*ha\.so\n# .*\nha-cluster=yes\n/,
    );
  });
  test('replaces the word at the cursor', () => {
    assert.match(accepted('port=1\nclu|\r\nauth=no\r\n', 'cluster member'), /^port=1\n# Cluster/);
  });
  for (const marked of [
    ' |',
    'ha-cluster=no\n|',
    'ha-queue-replication=yes\n|',
    '| # comment',
    '|# comment',
    'po|=1',
    'auth=|',
  ]) {
    test(`are not offered in ${JSON.stringify(marked)}`, () =>
      assert.ok(!labels(marked).some((label) => names.includes(label))));
  }
});

test('names sort by what the file makes of its broker', () => {
  const first = (marked: string, count: number) =>
    [...proposals(marked)]
      .filter(({ kind }) => kind === 'option')
      .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
      .slice(0, count)
      .map(({ label }) => label);
  assert.deepEqual(first('ha-cluster=yes\n|', 3), [
    'ha-brokers-url',
    'ha-replicate',
    'link-heartbeat-interval',
  ]);
  assert.deepEqual(first('ha-queue-replication=yes\n|', 2), ['link-heartbeat-interval', 'ha-username']);
  assert.deepEqual(first('port=1\n|', 4), ['ha-queue-replication', 'ha-cluster', 'auth', 'acl-file']);
});

test('names sort by what one looks for first', () => {
  const sorted = [...proposals('load-module=/x/legacystore.so\n|')]
    .filter(({ kind }) => kind === 'option')
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
  assert.deepEqual(sorted.slice(0, 3), ['ha-queue-replication', 'ha-cluster', 'ha-brokers-url']);
  const order = [
    'ha-username',
    'auth',
    'ssl-cert-db',
    'realm',
    'port',
    'log-enable',
    'log-time',
    'data-dir',
    'num-jfiles',
  ];
  assert.deepEqual(
    order.map((label) => sorted.indexOf(label)),
    order.map((label) => sorted.indexOf(label)).sort((a, b) => a - b),
  );
});

describe('completion of values', () => {
  const cases: readonly (readonly [marked: string, label: string, result: string])[] = [
    ['auth=|', 'yes', 'auth=yes'],
    ['auth=y|', 'yes', 'auth=yes'],
    ['auth=|yes', 'no', 'auth=no'],
    ['auth= |', 'no', 'auth= no'],
    ['auth=| # comment', 'no', 'auth=no # comment'],
    ['auth = |', 'no', 'auth = no'],
    ['ha-replicate=con|', 'configuration', 'ha-replicate=configuration'],
    ['ha-mechanism=|', 'PLAIN', 'ha-mechanism=PLAIN'],
    ['log-enable=de|', 'debug+', 'log-enable=debug+'],
    ['log-enable=debug+:|', 'HA', 'log-enable=debug+:HA'],
    ['log-enable=debug+:B|rok', 'Broker', 'log-enable=debug+:Broker'],
    ['syslog-facility=|\r\n', 'LOCAL0', 'syslog-facility=LOCAL0\r\n'],
    ['link-heartbeat-interval=|', '120s', 'link-heartbeat-interval=120s'],
    ['transport=|', 'ssl', 'transport=ssl'],
  ];
  for (const [marked, label, result] of cases) {
    test(`${JSON.stringify(marked)} becomes ${JSON.stringify(result)}`, () =>
      assert.equal(accepted(marked, label), result));
  }
  test('marks the default, and leaves out what another line has', () => {
    assert.match(
      proposals('ha-replicate=|').find(({ label }) => label === 'none')?.detail ?? '',
      /^default: only what asks/,
    );
    assert.equal(proposals('syslog-facility=|').find(({ label }) => label === 'DAEMON')?.detail, 'default');
    assert.deepEqual(labels('protocols=amqp1.0\nprotocols=|'), ['amqp0-10']);
  });
  test('proposes the modules that are there, but for those loaded already', () => {
    const modules = ['/m/amqp.so', '/m/ha.so'];
    const offered = (marked: string) => {
      const { text, offset } = cursor(marked);
      return completion(conf(text), offset, { ...nothingAround, modules: () => modules }).map(
        ({ label }) => label,
      );
    };
    assert.deepEqual(offered('load-module=|'), modules);
    assert.deepEqual(offered('load-module=/m/ha.so\nload-module=/m|'), ['/m/amqp.so']);
    assert.deepEqual(offered('module-dir=|'), ['/usr/lib64/qpid/daemon']);
  });
  test('proposes the hosts of the deployment that a list does not have yet', () => {
    const around = { ...nothingAround, hosts: () => ['::1', 'node1', 'node2', 'node3'] };
    const offered = (marked: string) => {
      const { text, offset } = cursor(marked);
      return completion(conf(text), offset, around);
    };
    const names = (marked: string) => offered(marked).map(({ label }) => label);
    assert.deepEqual(names('ha-brokers-url=|'), ['[::1]', 'node1', 'node2', 'node3', 'none']);
    assert.deepEqual(names('ha-brokers-url=Node1:5672,n|,node3'), ['[::1]', 'node2']);
    const item = offered('ha-brokers-url=node1,n|x,node3').find(({ label }) => label === 'node2');
    assert.ok(item);
    assert.equal(
      applyEdits('ha-brokers-url=node1,nx,node3', [{ uri, ...item.edit }]),
      'ha-brokers-url=node1,node2,node3',
    );
  });
  test('proposes what lies in the directory that is typed', () => {
    const list = (directory: string) =>
      directory === '/m/'
        ? [
            { name: 'ha.so', isFolder: false },
            { name: 'a.txt', isFolder: false },
            { name: 'd', isFolder: true },
          ]
        : [];
    const offered = (marked: string) => {
      const { text, offset } = cursor(marked);
      return completion(conf(text), offset, { ...nothingAround, list }).map(({ label }) => label);
    };
    assert.deepEqual(offered('load-module=/m/h|').slice(-2), ['ha.so', 'd/']);
    assert.deepEqual(offered('acl-file=/m/|').slice(-3), ['ha.so', 'a.txt', 'd/']);
    assert.deepEqual(offered('pid-dir=/m/|').slice(-1), ['d/']);
  });
  for (const marked of ['no-such-option=|', 'realm=|', 'auth=yes # |', 'auth=#|']) {
    test(`is silent in ${JSON.stringify(marked)}`, () => assert.deepEqual(labels(marked), []));
  }
});

describe('hover', () => {
  const cases: readonly (readonly [marked: string, span: string, ...words: RegExp[]])[] = [
    [
      'po|rt=5672',
      'port',
      /\*\*port\*\*/,
      /0 to 65535/,
      /Default: `5672`/,
      /Since: 0\.4/,
      /QPID_PORT/,
      /Broker\.cpp:171/,
    ],
    ['|auth=no', 'auth', /Requires authentication/],
    ['auth|=no', 'auth', /Requires authentication/],
    ['auth=n|o', 'no', /^Off\./, /Requires authentication/],
    ['auth=|', '', /^On\./],
    ['ha-cluster =|yes', 'yes', /^On\./, /module ha\.so/],
    ['store-|dir=/x', 'store-dir', /module linearstore\.so; also by module legacystore\.so/],
    ['cluster-mech|anism=PLAIN', 'cluster-mechanism', /no option of today/, /Use instead: ha-mechanism/],
    ['pass|word=x', 'password', /Windows/],
    ['PO|RT=1', 'PORT', /\*\*port\*\*/],
    ['num-|jfiles=8', 'num-jfiles', /Deprecated/],
  ];
  for (const [marked, span, ...words] of cases) {
    test(`${JSON.stringify(marked)} is about "${span}"`, () => {
      const { text, offset } = cursor(marked);
      const about = hover(conf(text), offset) ?? assert.fail('no hover');
      assert.equal(text.slice(about.span.start, about.span.end), span);
      for (const word of words) assert.match(about.markdown, word);
    });
  }
  for (const marked of ['# po|rt', 'no-such|-option=1', 'port=5672 # com|ment', '|\nport=1', '']) {
    test(`has nothing to say in ${JSON.stringify(marked)}`, () => {
      const { text, offset } = cursor(marked);
      assert.equal(hover(conf(text), Math.max(offset, 0)), undefined);
    });
  }
  test('does not show a password', () => {
    assert.doesNotMatch(hover(conf('ha-password=s3cret'), 14)?.markdown ?? '', /s3cret/);
  });
});

test('the outline lists every setting with its value, but no password', () => {
  const text = '# HA\nport=5672\r\n\nha-password=s3cret\n  auth\nnonsense\nlog-enable=info+ # all\n';
  const symbols = documentSymbols(conf(text));
  assert.deepEqual(
    symbols.map(({ name, detail, kind, span }) => [name, detail, kind, text.slice(span.start, span.end)]),
    [
      ['port', '5672', 'setting', 'port=5672'],
      ['ha-password', '***', 'setting', 'ha-password=s3cret'],
      ['auth', 'yes', 'setting', '  auth'],
      ['log-enable', 'info+', 'setting', 'log-enable=info+ # all'],
    ],
  );
});
