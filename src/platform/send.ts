/** Sending messages to the background. Loaded after the popup's first frame, before which nothing is sent. */
import browser from 'webextension-polyfill';
import { failed } from '../core/failure.ts';
import type { MessageOf, MessageType, ReplyOf } from '../protocol/messages.ts';
import { readReply } from '../protocol/replies.ts';

/** How often a message is sent before its sender is told that there is no answer. */
const SENDINGS = 3;

/** The background may die between taking a message and answering it; messages are made so that they may be repeated. */
export async function send<T extends MessageType>(message: MessageOf<T>): Promise<ReplyOf<T>> {
  let detail = '';
  for (let sending = 0; sending < SENDINGS; sending++) {
    try {
      const raw: unknown = await browser.runtime.sendMessage(message);
      if (raw !== undefined && raw !== null) return readReply<T>(message.type as T, raw);
    } catch (error) {
      detail = error instanceof Error ? error.message : String(error);
    }
  }
  return failed('unexpected', { detail });
}
