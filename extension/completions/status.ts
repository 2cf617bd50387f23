/** What the status item says, from all that is known. */
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
}

/** Reasons that a person sees the cause of, or that the next key may change. */
const notWorthSaying: ReadonlySet<WhyNothing> = new Set(['superseded', 'cancelled', 'loading']);

export function statusOf({ server, language, obstacle, last, policy }: StatusInput): StatusText {
  const say = (text: string, detail: string, more: Partial<StatusText> = {}): StatusText => ({
    text,
    detail,
    severity: 'information',
    busy: false,
    ...more,
  });
  if (obstacle === 'off') return say('off', 'Inline completions are turned off.');
  if (obstacle === 'language-off') {
    return say(`off for ${language}`, `Inline completions are turned off for ${language}.`);
  }
  if (server.kind === 'failed') return say('not available', server.reason, { severity: 'error' });
  if (server.kind === 'restarting') return say('starting again', server.reason, { severity: 'warning' });
  if (obstacle === 'file-too-large') {
    return say(
      'no suggestion: file too large',
      'The limit is the setting reinforce.completions.maxFileKilobytes.',
    );
  }
  if (server.kind === 'loading') return say('loading model', policy, { busy: true });
  if (server.kind === 'asleep') {
    return server.idle
      ? say('asleep', 'The model’s memory was given back; it loads again when you type.')
      : say('not loaded', 'The model loads when you type.');
  }
  const memory = `${policy}, ${Math.round(server.residentBytes / 2 ** 20)} MB`;
  if (server.busy) return say('writing', memory, { busy: true });
  if (last !== undefined && !notWorthSaying.has(last))
    return say(`no suggestion: ${reasonWords[last]}`, memory);
  return say('ready', memory);
}
