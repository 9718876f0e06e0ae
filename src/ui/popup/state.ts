/**
 * What the popup knows: its signals, which the views read and only `model.ts` writes, and the contracts of the code that is
 * loaded after the first frame, in `later/`. Everything that draws, and all of `later/`, builds on this file alone, so that
 * neither needs to know the other.
 */
import type { ReadonlySignal } from '@preact/signals-core';
import type { ComponentChild } from 'preact';
import type { Capture } from '../../core/capture/capture.ts';
import type { Connections } from '../../core/connection.ts';
import type { CatalogEntry, Destination, Option } from '../../core/database/destination.ts';
import type { PropertyValue } from '../../core/database/value.ts';
import type { Failure } from '../../core/failure.ts';
import { isOpen, type OutboxSummary, type Save } from '../../core/save/record.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Client, Draft } from '../../protocol/client.ts';
import type { MessageOf } from '../../protocol/messages.ts';
import type { Saved } from '../../protocol/replies.ts';
import type { Complete } from '../components/TagField.tsx';

/** The fields that are filled in from the page. */
export const PAGE_FIELDS = ['url', 'title', 'description'] as const;
export type PageField = (typeof PAGE_FIELDS)[number];
export type PageText = Record<PageField, string>;

/** What stands in the form's own fields; `typedTag` is a tag that is not ended yet. */
export type Fields = PageText & { tags: string[]; typedTag: string };

/** For each value a signal that is read, and written elsewhere. */
export type Readable<T> = { readonly [Name in keyof T]: ReadonlySignal<T[Name]> };

/** What the form is about. */
export type Subject = {
  /** The save made in this popup, or one of this page that needs the user. */
  save: Save | null;
  /** The row that is changed in place of one made, which no save is known of. */
  row: ExistingRow | null;
  /** Whether a save that may be in Notion already is being changed. */
  changing: boolean;
};

/** Choosing another database. */
export type Finding = {
  /** Whether the list is asked for. */
  isOpen: boolean;
  /** What is typed in place of the name of the chosen one; null: nothing. */
  typed: string | null;
};

/** Writes what is named; the rest stays. All of it is seen at once. */
export type Put<T> = (changes: Partial<T>) => void;

/** What the form can show. */
export type Shown = Omit<Draft['fields'], 'tagInput'>;

/** Something in the way, and what it means for what was typed. */
export type Problem = { why: Failure; more?: MessageKey };

/** Whether a save waits for other contents: it needs the user, and its row does not exist yet. */
export const isUnfit = (save: Save): boolean => save.state === 'needs-you' && isOpen(save);

/** All that is shown, and all that can be done about it. */
export type Model = {
  client: Client;
  fields: Readable<Fields>;
  /** What the user types. */
  enter: Put<Fields>;
  finding: Readable<Finding>;
  find: Put<Finding>;
  /** The chosen database; null: none. */
  destinationId: ReadonlySignal<string | null>;
  /** Its schema, once it is read. */
  destination: ReadonlySignal<Destination | null>;
  /** What it is called, with what tells it from others once that is known; empty when none is chosen. */
  name: ReadonlySignal<string>;
  /** All databases there are to choose from, and the chosen one, which need not be among those that Notion lists. */
  entries: ReadonlySignal<readonly CatalogEntry[]>;
  entry: ReadonlySignal<CatalogEntry | null>;
  /** The options of the tags property. */
  options: ReadonlySignal<readonly Option[]>;
  connections: ReadonlySignal<Connections>;
  isConnected: ReadonlySignal<boolean>;
  outbox: ReadonlySignal<OutboxSummary>;
  save: ReadonlySignal<Save | null>;
  changing: ReadonlySignal<boolean>;
  /** What went wrong before anything was stored. */
  problem: ReadonlySignal<Problem | null>;
  /** Whether something stored could not be read. */
  unreadable: ReadonlySignal<boolean>;
  busy: ReadonlySignal<boolean>;
  /** Whether the form is shown: before saving, after undoing, and whenever the save needs other values. */
  isEditing: ReadonlySignal<boolean>;
  /** Whether a row that is there is what is changed: in another database a new one is made. */
  isUpdate: ReadonlySignal<boolean>;
  cleaned: ReadonlySignal<CleanedAddress | null>;
  /** Whether there is a page that can be saved, or a save to change. */
  hasPage: boolean;
  /** What is loaded after the first frame; null until then. */
  later: ReadonlySignal<LaterViews | null>;
  databases: ReadonlySignal<Databases | null>;
  properties: ReadonlySignal<Properties | null>;
  existing: ReadonlySignal<Existing | null>;
  clearProblem(): void;
  /** Stores the save and follows it. */
  keep(): Promise<void>;
  undo(): Promise<void>;
  choose(destinationId: string): void;
  /** Opens the form on what was saved; the row follows what is changed. */
  change(): void;
  follow(saveId: string): Promise<void>;
  openSettings(): Promise<void>;
};

type View<Of> = (of: Of) => ComponentChild;

/** What is drawn by code that comes later. */
export type LaterViews = {
  addressNote: View<Model>;
  severalTabs: View<Model>;
  SaveStatus: View<{ model: Model }>;
  SaveActions: View<{ model: Model }>;
  Trouble: View<{ model: Model }>;
};

/** The address as it was visited, and as it is saved, where these differ; and what is said of that. */
export type CleanedAddress = { from: string; to: string; said: MessageKey; canPutBack: boolean };

/** A row that was there before, and what it holds. */
export type ExistingRow = Extract<Saved, { kind: 'row' }>;

/** What is known of the page being saved already. */
export type Existing = {
  View(): ComponentChild;
  /** Whether a new row in that database is what the user wants, or the only one there would be. */
  isSettled(destinationId: string): boolean;
};

/** What an earlier save, or what was typed before the popup went away, had of the other properties. */
export type Restored = {
  values: PropertyValue[];
  /** What the row holds that this is of: see `Capture`. */
  given?: Capture['given'] | undefined;
  template?: string | undefined;
  icon?: string | undefined;
  cover?: string | undefined;
};

/** What the form begins with: `isWhole` when nothing else is to be added, as this is all that was saved. */
export type Before = Restored & { isWhole: boolean };

/** The database's other properties, as far as they are in the form. */
export type Properties = {
  View(): ComponentChild;
  /** Below the title: names for what is being typed there. */
  TitleOffers(): ComponentChild;
  completeTags: Complete;
  /** Below the field of tags: those that the user may want. */
  TagProposals(): ComponentChild;
  /** Whether what the row holds there can only be shown. */
  isFixed(field: PageField): boolean;
  /** All that is to be saved. */
  collect(): Omit<Restored, 'given'>;
  /** What is to be kept of the page itself. */
  content(): Pick<MessageOf<'keep'>, 'page' | 'content'>;
  /** What the user has typed or chosen, without what the form begins with. */
  typedByUser(): Restored;
  /** Shows what an earlier save had. */
  restore(restored: Before): void;
  /** Resolves when all that was typed is where it belongs, before it is saved. */
  settled(): Promise<void>;
};

/** The list of databases and presets, by whose ids they are chosen. */
export type Databases = {
  /** What they are called where they are typed. */
  named: ReadonlySignal<{
    databases: { id: string; title: string }[];
    presets: { id: string; name: string }[];
  }>;
  choose(id: string): void;
  /** What is in the row of one of `named`. */
  rowOf(id: string): ComponentChild;
  nameOf(entry: CatalogEntry): string;
  /** What the field needs besides what it has from the beginning. */
  field(): {
    'aria-expanded': boolean;
    'aria-activedescendant': string | undefined;
    onFocus(): void;
    onKeyDown(event: KeyboardEvent): void;
    onBlur(event: FocusEvent): void;
  };
  /** The list, below the field and above the form, which it moves down. */
  View(): ComponentChild;
};
