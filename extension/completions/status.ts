/** What the status item says, from all that is known. */
import * as l10n from '@vscode/l10n';
import { reasonWords, type WhyNothing } from './outcome.ts';
import type { ServerStatus } from './serverClient.ts';

export interface StatusInput {
  readonly server: ServerStatus;
  /** Undefined without an editor that completions could be for. */
  readonly language: string | undefined;
  /** Why there will be no suggestions in this editor, whatever the model says. */
  readonly obstacle: 'off' | 'language-off' | 'file-too-large' | undefined;
  /** Why the last request in this editor had none, if it had none. */
  readonly last: WhyNothing | undefined;
  readonly policy: string;
}

export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly busy: boolean;
  /** Turned off by a setting. */
  readonly off: boolean;
}

/** Reasons that a person sees the cause of, or that the next key may change. */
const notWorthSaying: ReadonlySet<WhyNothing> = new Set(['superseded', 'cancelled', 'loading']);

export function statusOf({ server, language, obstacle, last, policy }: StatusInput): StatusText {
  const say = (text: string, detail: string, more: Partial<StatusText> = {}): StatusText => ({
    text,
    detail,
    severity: 'information',
    busy: false,
    off: false,
    ...more,
  });
  if (obstacle === 'off')
    return say(l10n.t('off'), l10n.t('Inline completions are turned off.'), { off: true });
  if (obstacle === 'language-off') {
    const detail = l10n.t('Inline completions are turned off for {0}.', language ?? '');
    return say(l10n.t('off for {0}', language ?? ''), detail, { off: true });
  }
  if (server.kind === 'failed') return say(l10n.t('not available'), server.reason, { severity: 'error' });
  if (server.kind === 'restarting') {
    return say(l10n.t('starting again'), server.reason, { severity: 'warning' });
  }
  if (obstacle === 'file-too-large') {
    return say(
      nothingBecause('file-too-large'),
      l10n.t('The limit is the setting {0}.', 'reinforce.completions.maxFileKilobytes'),
    );
  }
  if (server.kind === 'loading') return say(l10n.t('loading model'), policy, { busy: true });
  if (server.kind === 'asleep') {
    return server.idle
      ? say(l10n.t('asleep'), l10n.t('The model’s memory was given back; it loads again when you type.'))
      : say(l10n.t('not loaded'), l10n.t('The model loads when you type.'));
  }
  const memory = l10n.t('{0}, {1} MB', policy, Math.round(server.residentBytes / 2 ** 20));
  if (server.busy) return say(l10n.t('writing'), memory, { busy: true });
  if (last !== undefined && !notWorthSaying.has(last)) return say(nothingBecause(last), memory);
  return say(l10n.t('ready'), memory);
}

const nothingBecause = (why: WhyNothing): string => l10n.t('no suggestion: {0}', reasonWords(why));
