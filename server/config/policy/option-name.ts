import type { Option } from '../../qpidd-conf/catalogue';
import { exactOption, KeyReader } from '../../qpidd-conf/keys';
import type { DocumentUri } from '../../text/document';
import type { YamlText } from '../../yaml/tree';
import { quotable } from '../quotable';
import { type Fault, wrongName } from './fault';

const names = new KeyReader();

/** So many names are compared with all that there are. */
const maximumSearches = 100;

/** Finds the options that a policy names. */
export class OptionNames {
  private searches = 0;

  /** @param uri of the configuration. */
  constructor(private readonly uri: DocumentUri) {}

  /** The option, or what is wrong with its name. */
  read(name: YamlText): Option | Fault {
    const option = exactOption(name.value);
    if (option !== undefined) return option;
    this.searches += 1;
    const complaint = `The broker has no option "${quotable(name.value)}"`;
    const fault = (message: string) => ({ span: name.span, message });
    if (this.searches > maximumSearches) return fault(`${complaint}.`);
    const reading = names.read(name.value);
    switch (reading.kind) {
      case 'exact':
        return reading.option;
      case 'corrected':
        return this.misspelt(name, complaint, reading.option.name);
      case 'former':
      case 'removed': {
        if (reading.option !== undefined) return this.renamed(name, reading.option.name);
        const { replacement } = reading.removed;
        const instead = replacement === undefined ? 'remove it' : `instead of it there is ${replacement}`;
        return fault(`"${quotable(name.value)}" is no option of the broker any more: ${instead}.`);
      }
      case 'elsewhere': {
        const { scope } = reading.option;
        const whose = scope === 'client' ? 'an option of client programs' : 'an option of brokers on Windows';
        return fault(
          `"${quotable(name.value)}" is ${whose}: no qpidd.conf that is checked here can have it.`,
        );
      }
      case 'unknown': {
        const [only, ...others] = reading.nearest;
        if (only !== undefined && others.length === 0) return this.misspelt(name, complaint, only);
        const meant = reading.nearest.map((near) => `"${near}"`).join(' or ');
        return fault(meant === '' ? `${complaint}.` : `${complaint}: did you mean ${meant}?`);
      }
    }
  }

  private misspelt(name: YamlText, complaint: string, meant: string): Fault {
    return wrongName(this.uri, name, `${complaint}: did you mean "${meant}"?`, meant);
  }

  private renamed(name: YamlText, today: string): Fault {
    const message = `"${quotable(name.value)}" is called "${today}" today: a policy names options as they are called now, and holds for their former names, too.`;
    return wrongName(this.uri, name, message, today);
  }
}
