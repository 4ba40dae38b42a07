import type { FindingDraft, Rule } from '../../text/rule';
import { quoted } from '../describe';
import { type ConfDocument, type Setting, settingsOf } from '../model';
import { withoutQuotes } from '../values/meant';
import { bad, fixBy, good, replacement, reportEach } from './report';
import { separateLines } from './separate-lines';

export const badInterface: Rule<ConfDocument> = {
  id: 'conf/bad-interface',
  title: 'Value that can be neither an interface nor an address',
  severity: 'error',
  why: 'The broker looks a value of `interface` up as the name of an interface, and else as a host name. It does not split lists, knows no port there, and gives up with `Cannot resolve X:5672` when the look-up fails. An interface or host that is not there fails in the same way, which no look at the file can tell.',
  source: 'sys/SocketTransport.cpp expandInterfaces; measured',
  bad: [
    bad('interface=eth0,lo\n', 'interface=eth0\ninterface=lo\n'),
    bad('interface="lo"\n', 'interface=lo\n'),
    bad('interface=127.0.0.1:5672\n'),
    bad('interface=eth0 lo\n'),
    bad('interface=10.0.0.0/8\n'),
    bad('interface=[::1\n'),
    bad('interface==lo\n'),
  ],
  good: [
    good('interface=eth0\ninterface=[::1]\n'),
    good('interface=\n'),
    good('interface=node1.example.org\n'),
  ],
  check(document, report) {
    const faulty = settingsOf(document, 'interface').flatMap((setting) => {
      const fault = faultOf(setting.text);
      return fault === undefined ? [] : [{ setting, fault }];
    });
    reportEach(document, report, faulty, ({ setting, fault }) => finding(document, setting, fault));
  },
};

function finding(document: ConfDocument, setting: Setting, fault: string): FindingDraft {
  const { text, value } = setting;
  const inner = withoutQuotes(text);
  const fix =
    inner !== undefined && inner !== '' && faultOf(inner) === undefined
      ? fixBy('Remove the quotes', replacement(document, value, inner))
      : separateLines(document, setting, (part) => faultOf(part) === undefined);
  return {
    uri: document.source.uri,
    span: value,
    message: `The broker cannot resolve ${quoted(text)}, and refuses to start: ${fault}.`,
    ...(fix === undefined ? {} : { fix }),
  };
}

function faultOf(text: string): string | undefined {
  if (text.includes('\r')) return undefined;
  if (text.includes(',')) return 'write one interface a line';
  if (text.startsWith('=')) return 'the second "=" is a part of the value';
  if (/\s/.test(text)) return 'a name has no blanks';
  if (/["']/.test(text)) return 'write the name without quotes';
  if (text.includes('/')) return 'write one address, without a network mask or a path';
  if (/^\[[^\]]*$|^[^[]*\]$/.test(text)) return 'an IPv6 address stands in both brackets or in none';
  if (/^[0-9]+(?:\.[0-9]+){3}:|^\[.*\]:/.test(text)) return 'the port is set by "port" alone';
  return undefined;
}
