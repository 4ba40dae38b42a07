import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Connect } from '../amqp/contract';
import type { Analysis } from './analysis';
import type { DiskFiles } from './disk-files';
import type { Log } from './guard';
import type { OpenDocuments } from './open-documents';

/** What the features of one editor's session share. */
export interface Session {
  readonly connection: Connection;
  readonly log: Log;
  readonly documents: OpenDocuments;
  readonly disk: DiskFiles;
  readonly analysis: Analysis;
  readonly connect: Connect;
  /** Has the files checked again, and what was found shown. */
  recheck(): void;
  readonly client: ClientAbilities;
}

/** What the editor can do and allows, as it says when it introduces itself. */
export interface ClientAbilities {
  /** False: no broker may be contacted. */
  trusted: boolean;
  /** It shows diagnostics that are sent to it; otherwise it must ask for them. */
  takesDiagnostics: boolean;
  /** It can be told to ask for diagnostics again. */
  refreshesDiagnostics: boolean;
  /** It watches files for those who register. */
  watchesFiles: boolean;
  /** Its workspace's folders may change, and it tells. */
  changesFolders: boolean;
  /** It takes edits that name the version of the document they were made for. */
  versionedEdits: boolean;
  /** It takes proposals with tab stops. */
  takesSnippets: boolean;
  /** It shows more beside the label of a proposal. */
  labelDetails: boolean;
  /** It has the command by which VS Code asks for proposals. */
  suggestsAgain: boolean;
  /** It opens a page that we name. */
  showsDocuments: boolean;
}

/** One feature of the protocol: what the server declares for it, and the handlers that serve it. */
export interface Feature {
  capabilities?(client: ClientAbilities): ServerCapabilities;
  register(session: Session): void;
  /** Called when the editor is ready for requests of ours. */
  initialized?(session: Session): Promise<void>;
}
