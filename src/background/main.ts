/**
 * The background's entry: every listener is registered here, in the first turn, so that no event is lost when the
 * background is started by one. What they do is in `background.ts`.
 */
import { onAddressBar } from '../platform/address-bar.ts';
import { createAlarm } from '../platform/alarm.ts';
import { badge } from '../platform/badge.ts';
import { buildConfig } from '../platform/build-config.ts';
import { editors } from '../platform/editors.ts';
import { onCommand, onMenu, onMenusWanted, onMessage, onOnline, onWake } from '../platform/events.ts';
import { http } from '../platform/http.ts';
import { identity } from '../platform/identity.ts';
import { createImportStore } from '../platform/import-store.ts';
import { keepAwake } from '../platform/keep-awake.ts';
import { createLearnedStore } from '../platform/learned-store.ts';
import { menus } from '../platform/menus.ts';
import { openOptions, openTab } from '../platform/open-options.ts';
import { pages } from '../platform/pages.ts';
import { createPartStore } from '../platform/part-store.ts';
import { popup } from '../platform/popup.ts';
import { random } from '../platform/random.ts';
import { createRowStore } from '../platform/row-store.ts';
import { shieldFromPages } from '../platform/shield.ts';
import { localStore, sessionStore } from '../platform/storage.ts';
import { onTabInFront } from '../platform/tab-watch.ts';
import { tabs } from '../platform/tabs.ts';
import { openTabsPage } from '../platform/tabs-page.ts';
import { text } from '../platform/text.ts';
import { createBackground } from './background.ts';

const background = createBackground(
  {
    local: localStore,
    session: sessionStore,
    rows: createRowStore(),
    parts: createPartStore(),
    imports: createImportStore(),
    learned: createLearnedStore(),
    http,
    clock: Date.now,
    random,
    alarm: createAlarm(() => background.wake()),
    tabs,
    pages,
    popup,
    menus,
    badge,
    editors,
    identity,
    keepAwake,
    text,
    openOptions,
    openTab,
    openTabsPage,
  },
  buildConfig,
);

onMessage(background.message, background.toastMessage);
onCommand(background.command);
onMenu(background.menu);
onMenusWanted(background.refreshMenus);
onAddressBar(background.addressBar);
onTabInFront(background.tabInFront);
onWake(background.wake);
onOnline(background.online);
void shieldFromPages();
