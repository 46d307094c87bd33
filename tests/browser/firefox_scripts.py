"""JavaScript for Firefox's own context, run by `FirefoxTools`; each call begins with `COMMON`."""

COMMON = """
    const [id, ...rest] = [...arguments].slice(0, -1);
    const done = arguments[arguments.length - 1];
    const { extension } = WebExtensionPolicy.getByID(id);
    const { NavigableManager } = ChromeUtils.importESModule(
        'chrome://remote/content/shared/NavigableManager.sys.mjs');
    const windows = () => [...Services.wm.getEnumerator('navigator:browser')];
    const tabs = () => windows().flatMap(({ gBrowser }) => gBrowser.tabs);
    const handle = (tab) => NavigableManager.getIdForBrowser(tab.linkedBrowser);
    const view = (type) =>
        [...extension.views].find(({ viewType }) => viewType === type)?.xulBrowser;
    const background = () => view('background')?.browsingContext;
    const popup = () => view('popup');
    const popupId = () => popup() && `popup ${popup().browsingContext.id}`;
    const sidebar = () => view('sidebar');
    const contextOf = (target) => {
        if (target === 'event page') return background();
        if (target === 'engine') return background()?.children[0];
        if (target === popupId()) return popup().browsingContext;
        if (target === 'sidebar') return sidebar()?.browsingContext;
        return tabs().find((tab) => handle(tab) === target)?.linkedBrowser.browsingContext;
    };
"""

NOTE_REQUESTS = """
    const { noteRequests } = ChromeUtils.importESModule(
        'resource://offcut-tests/firefox_net_log.sys.mjs');
    noteRequests(id, rest[0]);
    return true;
"""
"""A module of the browser's own stays when the driver's script is over."""

TARGETS = """
    const found = tabs().map((tab) => ({
        type: 'page', targetId: handle(tab), url: tab.linkedBrowser.currentURI.spec }));
    if (popup()) {
        const { spec: url } = popup().currentURI;
        found.push({ type: 'page', targetId: popupId(), url });
    }
    if (sidebar()) {
        found.push({ type: 'other', targetId: 'sidebar', url: sidebar().currentURI.spec });
    }
    const page = background();
    const url = page?.currentWindowGlobal?.documentURI?.spec;
    if (url && url !== 'about:blank') {
        found.push({ type: 'service_worker', targetId: 'event page', url });
    }
    const engine = page?.children[0]?.currentWindowGlobal?.documentURI?.spec;
    if (engine) found.push({ type: 'background_page', targetId: 'engine', url: engine });
    return found;
"""

ENGINE_FRAME = "return background()?.children[0]?.id ?? 0;"

EVALUATE = """
    const [target, expression] = rest;
    const inside = contextOf(target)?.currentWindowGlobal;
    if (!inside) return { gone: true };
    const answer = await inside.getActor('MarionetteCommands')
        .executeScript(`
            const [expression] = arguments;
            if (!globalThis.Debugger) {
                const { addDebuggerToGlobal } =
                    ChromeUtils.importESModule('resource://gre/modules/jsdebugger.sys.mjs');
                addDebuggerToGlobal(globalThis);
            }
            const inside = new Debugger().makeGlobalObjectReference(window.wrappedJSObject);
            const ended = inside.executeInGlobal(
                '(async () => JSON.stringify({ value: await (' + expression + ') }))()' +
                '.catch((error) => JSON.stringify({ error: String(error) }))');
            if (ended?.return) return ended.return.unsafeDereference();
            return JSON.stringify({ error: String(ended?.throw?.unsafeDereference()) });
        `, [expression], { sandboxName: 'system', timeout: 60000 })
        .catch((error) => {
            if (contextOf(target)) throw error;
        });
    return answer ? JSON.parse(answer) : { gone: true };
"""
"""By the debugger, in the page's own global: in a sandbox, what is made is not the page's."""

FRAMES = """
    return contextOf(rest[0]).children.map(({ currentWindowGlobal }) =>
        currentWindowGlobal?.documentURI.spec ?? '');
"""

RUN_PRIVILEGED = """
    const [handleOfPage, script] = rest;
    return contextOf(handleOfPage).currentWindowGlobal.getActor('MarionetteCommands')
        .executeScript(script, [], { sandboxName: 'system', timeout: 60000 });
"""

CHOOSE_FOLDER = """
    const [handleOfPage, fieldId, path] = rest;
    const { FileUtils } = ChromeUtils.importESModule('resource://gre/modules/FileUtils.sys.mjs');
    const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
    const contract = '@mozilla.org/filepicker;1';
    const [former, own] = [registrar.contractIDToCID(contract), Services.uuid.generateUUID()];
    const picker = {
        QueryInterface: ChromeUtils.generateQI(['nsIFilePicker', 'nsIFactory']),
        createInstance(wanted) { return this.QueryInterface(wanted); },
        init() {}, appendFilters() {}, appendFilter() {}, appendRawFilter() {},
        file: new FileUtils.File(path),
        open: (callback) => {
            registrar.unregisterFactory(own, picker);
            registrar.registerFactory(former, '', contract, null);
            Services.tm.dispatchToMainThread(() => callback.done(Ci.nsIFilePicker.returnOK));
        },
    };
    registrar.registerFactory(own, '', contract, picker);
    await contextOf(handleOfPage).currentWindowGlobal.getActor('MarionetteCommands')
        .executeScript(`
            const { PromptCollection } =
                ChromeUtils.importESModule('resource:///modules/PromptCollection.sys.mjs');
            PromptCollection.prototype.confirmFolderUpload = () => true;
            document.notifyUserGestureActivation();
            document.getElementById(arguments[0]).click();
        `, [fieldId], { sandboxName: 'system', timeout: 60000 });
    return true;
"""
"""The browser's own dialogue answers with it, so that the page may read what it names. The question
whether a page may have all that is in a folder is answered, too.
"""

OPEN = """
    const { gBrowser } = windows()[0];
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
    return handle(gBrowser.addTab(rest[0], { triggeringPrincipal }));
"""

CLOSE = """
    const [target] = rest;
    if (target === popupId()) popup().closest('panel')?.hidePopup();
    else {
        const tab = tabs().find((each) => handle(each) === target);
        tab?.ownerDocument.defaultView.gBrowser.removeTab(tab);
    }
    return true;
"""

STOP = """
    const { emit } = extension;
    // Otherwise it is told of its end before, and asks to stay while it holds an engine.
    extension.emit = (name, ...more) =>
        name === 'background-script-suspend' ? undefined : emit.call(extension, name, ...more);
    await extension.terminateBackground({ ignoreDevToolsAttached: true })
        .finally(() => { delete extension.emit; });
    return true;
"""

MENU_CLICKED = """
    const [info] = rest;
    const tab = tabs().find(({ linkedBrowser }) => linkedBrowser.currentURI.scheme === 'http');
    const { spec } = tab.linkedBrowser.currentURI;
    extension.emit('webext-menu-menuitem-click',
        { pageUrl: spec, frameUrl: spec, modifiers: [], button: 0, ...info }, tab);
    return true;
"""

MENUS_OPENING = """
    return windows().some(({ document }) => [...document.querySelectorAll('menupopup')]
        .some(({ state }) => state === 'showing'));
"""

PROMPT_BUTTON = """
    const panels = windows().map(({ PopupNotifications }) => PopupNotifications?.panel);
    const prompt = panels.find((panel) => panel?.state === 'open')?.firstElementChild;
    const button = rest[0] ? prompt?.button : prompt?.secondaryButton;
    if (!button) return null;
    const { width, height } = button.getBoundingClientRect();
    return [button.screenX + width / 2, button.screenY + height / 2].map(Math.round);
"""

PIN = """
    const { CustomizableUI } = ChromeUtils.importESModule(
        'moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs');
    const { makeWidgetId } = ChromeUtils.importESModule(
        'resource://gre/modules/ExtensionCommon.sys.mjs').ExtensionCommon;
    CustomizableUI.addWidgetToArea(`${makeWidgetId(id)}-browser-action`, 'nav-bar');
    return true;
"""

SHORTCUT = """
    const tab = tabs().find(({ linkedBrowser }) => linkedBrowser.currentURI.scheme === 'http');
    tab.ownerDocument.defaultView.gBrowser.selectedTab = tab;
    extension.tabManager.addActiveTabPermission(tab);
    extension.shortcuts.onCommand('remove_background');
    return true;
"""
