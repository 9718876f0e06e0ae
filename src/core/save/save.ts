/**
 * A save, from the moment it is kept on this device until its row is in Notion or undone.
 *
 *              ┌───────────── will pass ──────────────┐
 *              ▼                                      │
 *   ──▶ kept ──── claimed ───▶ sending ─── refused ───┴──▶ needs-you ── try now, amend ──▶ kept
 *        ▲  ▲                    │  │
 *        │  └──── absent ────┐   │  └─── created ──────────┬────────────▶ in-notion
 *        │                   │   │ unsure, or nobody came back               ▲
 *        │                   │   ▼                         │                 │
 *        │                 checking ─────────── found ─────┼─────────────────┘
 *        │                                                 ▼
 *        │                          may be there twice: verified, and verified again after SETTLE ──▶ settled
 *        │                                                 │
 *        │                                                 └─ a double ──▶ trashed
 *        │
 *   held by the user to change it: kept ──▶ needs-you
 *   amended: `capture` is changed; what the row holds until it follows is in `written`
 *   undo: kept, needs-you ──▶ undone         in-notion ──▶ trash the row ──▶ undone
 *         sending, checking: remembered in `wanted`, done as soon as the row's fate is known
 *         a row that was there before: given back what it held, and rid of what was added ──▶ undone
 *   a row in Notion's trash cannot be changed: in-notion ──▶ needs-you ── restore ──▶ in-notion, to be taken out first
 *   seek: a row of the same page is looked for first; one that is found is adopted: kept ──▶ in-notion
 *
 * Which optional fields a save may have in which state (`needs-you`: those of the state that it came from):
 *
 *                         kept   sending   checking   in-notion   undone
 *   seek                   x      x         x          x            x       how it was asked for
 *   isUnseen, begun        x      x         x                               what came of looking; amended before it arrived
 *   written                       x         x          x                    amended since it was sent
 *   told                                               x                    an update is out, or was and is not known to be done
 *   content                                            x                    the page is to get more
 *   page                   x      x         x          x            x       what the page itself says is to be there
 *   readingUntil           x                                                that is being read
 *   isPageUnread           x      x         x          x            x       it could not be
 *   plainer                                            x                    Notion does not take a part of it as it was
 *   added                                              x            x
 *   adopted                                            x            x       the row was there before
 *   restoring                                          x                    the row is to be taken out of the trash first
 *   misfits                                            x            x
 *   repeats                                            x            x       the browser may have sent something twice
 *   claim                  x      x         x          x            x
 *
 * `step` is the only thing that changes a save. It is pure: what should happen next follows from the save itself
 * (`nextAction`), so a save that is read back after a crash goes on exactly as one that never left memory.
 *
 * A create is never repeated blindly, because Notion has no idempotency key: `sending` is stored before the request
 * goes out, and whoever finds a save in `sending` whose lease has run out must look for the row first. The same holds for
 * blocks that are appended to its page (`content.sent`). Setting properties may be repeated, by us and by the browser: twice
 * is the same as once.
 *
 * A browser itself may send a request twice (see `HttpReply`). So after a create or an append whose reply may be the second of
 * two, or that ended uncertainly, what was made is looked for once more (`repeats`), whatever its own fate is by then.
 *
 * An event tells what came of one claim. What the user has said meanwhile is in the save and holds: events bring facts (what
 * a row holds), and `step` works out what follows for the save as it is now. An event of a claim that has been overtaken
 * changes nothing, but for a row that was made.
 */

import { failure } from '../failure.ts';
import { adoptFound } from './adopt.ts';
import { amend } from './amend.ts';
import { arrived, made } from './arrive.ts';
import { atRest, tryAgain } from './at-rest.ts';
import { abandoned, claim } from './claim.ts';
import { setBack } from './clock-set-back.ts';
import { blocksVerified, decide, doubleSettled, stopLooking, verified } from './doubles.ts';
import { putBack, replaced } from './earlier-article.ts';
import type { SaveEvent } from './events.ts';
import { absent, refuse, waiting } from './failures.ts';
import { isSeeking, nextAction } from './next-action.ts';
import {
  appended,
  lookedOn,
  madePlainer,
  notAppended,
  pageRead,
  partLost,
  takenOut,
} from './page-content.ts';
import { copied } from './picture-copies.ts';
import { notUploaded, uploaded, uploadsLapsed } from './picture-uploads.ts';
import { isOpen, type Save } from './record.ts';
import { undo } from './undo.ts';
import { restored, trashed } from './undone.ts';
import { updated } from './update.ts';

/** The next save after an event. An event that does not fit the state leaves the save as it is. */
export function step(save: Save, event: SaveEvent): Save {
  const next = move(save, event);
  return next === save ? save : { ...next, changedAt: event.at };
}

function move(save: Save, event: SaveEvent): Save {
  if ('claim' in event && event.claim !== undefined && event.claim !== (save.claim ?? 0))
    return event.type === 'created' ? made(save, event) : save;
  switch (event.type) {
    case 'claimed':
      return claim(save, event.at);
    case 'created':
      return made(save, event);
    case 'found':
      return save.state === 'sending' || save.state === 'checking' ? arrived(save, event) : save;
    case 'not-seen':
      return isSeeking(save) ? { ...atRest(save), isUnseen: true, dueAt: event.at } : save;
    case 'adopted':
      return isSeeking(save) ? adoptFound(save, event) : save;
    case 'updated':
      return save.state === 'in-notion' && save.written ? updated(save, event) : save;
    case 'appended':
      return save.state === 'in-notion' && save.content ? appended(save, event) : save;
    case 'not-appended':
      return save.state === 'in-notion' && save.content ? notAppended(save, event) : save;
    case 'part-lost':
      return save.state === 'in-notion' && save.content ? partLost(save, event.at) : save;
    case 'made-plainer':
      return save.state === 'in-notion' && save.content ? madePlainer(save, event) : save;
    case 'uploaded':
      return save.state === 'in-notion' && save.content ? uploaded(save, event) : save;
    case 'not-uploaded':
      return save.state === 'in-notion' && save.content ? notUploaded(save, event) : save;
    case 'replaced':
      return replaced(save, event);
    case 'put-back':
      return save.state === 'in-notion' ? putBack(save, event) : save;
    case 'copied':
      return copied(save, event);
    case 'uploads-lapsed':
      return save.state === 'in-notion' && save.content ? uploadsLapsed(save, event.at) : save;
    case 'looked-on':
    case 'look-anew':
      return save.state === 'in-notion' && save.content ? lookedOn(save, event) : save;
    case 'taken-out':
      return save.state === 'in-notion' ? takenOut(save, event) : save;
    case 'refused':
      return refuse(save, event);
    case 'unsure':
      // The first look costs one request and mostly settles the matter.
      if (save.state === 'sending') return waiting(save, 'checking', event);
      return save.state === 'undone' || save.state === 'needs-you' ? save : waiting(save, save.state, event);
    case 'absent':
      return save.state === 'checking' ? absent(save, event) : save;
    case 'abandoned':
      return abandoned(pageRead(save, { type: 'page-read', at: event.at, page: null }), event.at);
    case 'trashed':
      return save.state === 'in-notion' && save.wanted === 'nothing' ? trashed(save) : save;
    case 'verified':
    case 'undecided':
      return save.repeats?.row ? verified(save, event) : save;
    case 'blocks-verified':
      return save.repeats?.blocks ? blocksVerified(save, event) : save;
    case 'double-gone':
    case 'double-touched':
      return save.repeats?.doubles ? doubleSettled(save, event) : save;
    case 'given-up':
      return save.repeats ? stopLooking(save, save.repeats) : save;
    case 'unwanted':
    case 'spared':
      return decide(save, event);
    case 'restore':
      return save.state === 'needs-you' && save.failure?.code === 'row-in-trash'
        ? { ...tryAgain(save, event.at), restoring: true }
        : save;
    case 'restored':
      return save.state === 'in-notion' && save.restoring ? restored(save, event.at) : save;
    case 'page-read':
      return pageRead(save, event);
    case 'set-back':
      return setBack(save, event.at);
    case 'held':
      return save.state === 'kept' && isOpen(save)
        ? { ...save, state: 'needs-you', failure: failure('being-edited') }
        : save;
    case 'released':
      return save.failure?.code === 'being-edited' ? tryAgain(save, event.at) : save;
    case 'undo':
      return undo(save, event.at);
    case 'try-now':
      if (save.state === 'needs-you') return tryAgain(save, event.at);
      return nextAction(save) ? { ...save, dueAt: event.at, tries: 0 } : save;
    case 'amended':
      return amend(save, event);
  }
}
