/** Conversations as the text that an instruct model was trained on, by the Jinja template that it brings. */
import { Template } from '@huggingface/jinja';
import { HumanError } from '../../sandbox/humanError.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** @throws HumanError for a conversation that the template refuses (some want no system message, say). */
export function renderChat(
  template: string,
  messages: readonly ChatMessage[],
  specialTokens: { readonly bos_token: string; readonly eos_token: string },
): string {
  try {
    return new Template(template).render({ messages, add_generation_prompt: true, ...specialTokens });
  } catch (error) {
    throw new HumanError(
      `The model's chat template cannot write this conversation (${error instanceof Error ? error.message : String(error)}): change its messages, or choose another model.`,
    );
  }
}

/** `chat_template` is a text, or several with names, of which "default" is meant. */
export function templateOf(field: unknown): string | undefined {
  if (typeof field === 'string') return field;
  if (!Array.isArray(field)) return undefined;
  const named = field.find((each) => each?.name === 'default');
  return typeof named?.template === 'string' ? named.template : undefined;
}
