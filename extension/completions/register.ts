/** Puts the parts of inline completions together. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ActivePolicies } from '../adapters/activePolicy.ts';
import { startChildServer } from '../background/childServer.ts';
import { backgroundNode } from '../background/node.ts';
import { registerCompletionCommands } from './commands.ts';
import { Feedback } from './feedback.ts';
import { isAnyEnabled, isEnabled } from './languages.ts';
import { type Outcome, reasonWords } from './outcome.ts';
import { CompletionProvider, documentsToComplete, obstacleIn } from './provider.ts';
import { type CompletionRecord, RecordLog } from './recordLog.ts';
import { TypingRhythm } from './rhythm.ts';
import { ServerClient, type ServerStatus } from './serverClient.ts';
import { completionSettings, section } from './settings.ts';
import { type StatusText, statusOf } from './status.ts';
import { StatusItem } from './statusItem.ts';
import { Suggester } from './suggester.ts';

export interface CompletionParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly policies: ActivePolicies;
  /** Told that a person types and will for so many milliseconds, so that others leave the processor alone. */
  readonly typing: (milliseconds: number) => void;
}

/** What others may see of completions; tests look here instead of at the screen. */
export interface Completions extends vscode.Disposable {
  readonly server: ServerStatus;
  readonly serverPid: number | undefined;
  /** What the status item says. */
  readonly status: StatusText;
  /** What the last requests came to, newest last. */
  readonly outcomes: readonly Outcome[];
  /** Loads the model if it is not; answers whether it can complete. */
  ready(): Promise<boolean>;
  /** Resolves when all records are on disk. */
  flushed(): Promise<void>;
}

const keptOutcomes = 200;
const warmUpAfter = 3000;
const typingLasts = 3000;
const repaintAfter = 100;

export function registerCompletions({ context, log, policies, typing }: CompletionParts): Completions {
  const outcomes: Outcome[] = [];
  const lastIn = new WeakMap<vscode.TextDocument, Outcome>();
  const records = new Map<string, RecordLog>();
  const item = new StatusItem();

  const client = new ServerClient({
    start: () => {
      const configured = vscode.workspace.getConfiguration('reinforce').get('nodePath', '');
      return startChildServer({
        node: backgroundNode({ extensionPath: context.extensionPath, configured }),
        script: join(context.extensionPath, 'dist', 'completionServer.js'),
        onLog: (line) => log.info(`completion server: ${line}`),
      });
    },
    policy: () => {
      const { model, adapter } = policies.current;
      return {
        device: completionSettings().device,
        ...(model === undefined ? {} : { model }),
        ...(adapter === undefined ? {} : { adapter }),
      };
    },
    onLoaded: ({ device, reason, seconds }) =>
      log.info(`completion server: ready in ${seconds.toFixed(1)} s on ${device}, because ${reason}.`),
    idleMilliseconds: () => {
      const { idleMinutes } = completionSettings();
      return idleMinutes > 0 ? idleMinutes * 60_000 : undefined;
    },
    onStatus: () => refresh(),
    onTrouble: (sentence) => {
      log.warn(sentence);
      void vscode.window.showWarningMessage(sentence);
    },
  });
  const rhythm = new TypingRhythm();
  const suggester = new Suggester((request, signal) => client.complete(request, signal), rhythm);

  const currentStatus = (): StatusText => {
    const document = vscode.window.activeTextEditor?.document;
    const complete = document && vscode.languages.match(documentsToComplete, document) > 0;
    const last = complete ? lastIn.get(document) : undefined;
    return statusOf({
      server: client.status,
      language: complete ? document.languageId : undefined,
      obstacle: complete ? obstacleIn(document, completionSettings(document)) : undefined,
      last: last?.kind === 'nothing' ? last.why : undefined,
      policy: policies.current.label,
    });
  };
  let shown: NodeJS.Timeout | undefined;
  // Several things change with each key: the item is not repainted for each of them.
  const refresh = () => {
    shown ??= setTimeout(() => {
      shown = undefined;
      item.show(currentStatus());
    }, repaintAfter);
  };

  const record = (document: vscode.TextDocument, entry: CompletionRecord) => {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    // Without a folder on disk there is no place that is the person's own.
    if (folder?.uri.scheme !== 'file') return;
    const key = folder.uri.fsPath;
    const found = records.get(key) ?? new RecordLog(key, (sentence) => log.warn(sentence));
    records.set(key, found);
    found.append(entry);
  };
  const fileOf = (document: vscode.TextDocument) => vscode.workspace.asRelativePath(document.uri, false);

  const onOutcome = (document: vscode.TextDocument, outcome: Outcome, id?: string) => {
    outcomes.push(outcome);
    if (outcomes.length > keptOutcomes) outcomes.shift();
    lastIn.set(document, outcome);
    const file = fileOf(document);
    if (outcome.kind === 'nothing') {
      log.debug(`no suggestion in ${file}: ${reasonWords(outcome.why)}`);
      // Typing on says nothing about a suggestion, and a person who turned them off asked for no records.
      const unsaid = ['superseded', 'cancelled', 'off', 'language-off'].includes(outcome.why);
      if (!unsaid) record(document, { event: 'nothing', why: outcome.why, file });
    } else if (id !== undefined) {
      const { form, source, text } = outcome;
      const milliseconds = Math.round(outcome.milliseconds);
      const about = { file, language: document.languageId, policy: policies.current.label };
      record(document, {
        event: 'offered',
        id,
        ...about,
        form,
        source,
        characters: text.length,
        milliseconds,
      });
    }
    refresh();
  };

  const feedback = new Feedback(record, (document) => completionSettings(document).learnFrom);
  const warmUp = setTimeout(() => {
    const open = vscode.window.visibleTextEditors.some(({ document }) => {
      const isOurs = vscode.languages.match(documentsToComplete, document) > 0;
      return isOurs && obstacleIn(document, completionSettings(document)) === undefined;
    });
    if (open && completionSettings().warmUp) void client.ready();
  }, warmUpAfter);

  /** When others are told next that somebody types: not at each key. */
  let tellAgain = 0;
  const parts: vscode.Disposable[] = [
    item,
    feedback,
    vscode.languages.registerInlineCompletionItemProvider(
      documentsToComplete,
      new CompletionProvider(suggester, feedback, onOutcome),
    ),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || document !== vscode.window.activeTextEditor?.document) return;
      rhythm.key();
      if (performance.now() < tellAgain) return;
      if (!isEnabled(completionSettings(document).enabled, document.languageId)) return;
      tellAgain = performance.now() + typingLasts / 3;
      typing(typingLasts);
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (
        change.affectsConfiguration('reinforce.nodePath') ||
        change.affectsConfiguration(`${section}.device`)
      ) {
        client.reload();
      }
      if (change.affectsConfiguration(`${section}.idleMinutes`)) client.idleMinutesChanged();
      if (!change.affectsConfiguration(section)) return;
      // Turned off, the model takes no memory.
      if (!isAnyEnabled(completionSettings().enabled)) client.sleep(false);
      refresh();
    }),
    policies.onDidChange(() => {
      suggester.clear();
      client.reload();
      refresh();
    }),
    ...registerCompletionCommands({
      restart: () => client.restart(),
      status: currentStatus,
      log,
    }),
  ];
  item.show(currentStatus());

  return {
    get server() {
      return client.status;
    },
    get serverPid() {
      return client.pid;
    },
    get status() {
      return currentStatus();
    },
    outcomes,
    ready: () => client.ready(),
    flushed: async () => {
      await Promise.all([...records.values()].map((log) => log.flushed()));
    },
    dispose: () => {
      clearTimeout(warmUp);
      clearTimeout(shown);
      for (const part of parts) part.dispose();
      suggester.clear();
      client[Symbol.dispose]();
    },
  };
}
