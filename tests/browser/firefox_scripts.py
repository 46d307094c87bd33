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
    const background = () =>
        [...extension.views].find(({ viewType }) => viewType === 'background')?.xulBrowser
            ?.browsingContext;
    const popup = () =>
        [...extension.views].find(({ viewType }) => viewType === 'popup')?.xulBrowser;
    const contextOf = (target) => {
        if (target === 'event page') return background();
        if (target === 'engine') return background()?.children[0];
        if (target === 'popup') return popup()?.browsingContext;
        return tabs().find((tab) => handle(tab) === target)?.linkedBrowser.browsingContext;
    };
    const run = (target, script) =>
        contextOf(target).currentWindowGlobal.getActor('MarionetteCommands')
            .executeScript(script, [], { async: true, timeout: 60000, sandboxName: null });
"""

TARGETS = """
    const found = tabs().map((tab) => ({
        type: 'page', targetId: handle(tab), url: tab.linkedBrowser.currentURI.spec }));
    if (popup()) {
        const { spec: url } = popup().currentURI;
        found.push({ type: 'page', targetId: 'popup', url });
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

EVALUATE = """
    const [target, expression] = rest;
    if (!contextOf(target)) return { gone: true };
    const answer = await run(target, `const done = arguments[arguments.length - 1];
        (async () => (${expression}))().then(
            (value) => done(JSON.stringify({ value })),
            (error) => done(JSON.stringify({ error: String(error) })));`);
    return JSON.parse(answer);
"""

CLOSE = """
    const [target] = rest;
    if (target === 'popup') popup()?.closest('panel')?.hidePopup();
    else {
        const tab = tabs().find((each) => handle(each) === target);
        tab?.ownerGlobal.gBrowser.removeTab(tab);
    }
    return true;
"""

WORKERS = """
    return contextOf('event page').currentWindowGlobal.getActor('MarionetteCommands')
        .executeScript(`
            const manager = Cc['@mozilla.org/dom/workers/workerdebuggermanager;1']
                .getService(Ci.nsIWorkerDebuggerManager);
            const all = [...manager.getWorkerDebuggerEnumerator()];
            return all.filter(({ url }) => url.startsWith('moz-extension:')).map(
                ({ id, name }) => [name, id]);`,
            [], { sandboxName: 'system', timeout: 60000 });
"""

STOP = """
    await extension.terminateBackground({ ignoreDevToolsAttached: true });
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

SHORTCUT = """
    const tab = tabs().find(({ linkedBrowser }) => linkedBrowser.currentURI.scheme === 'http');
    tab.ownerGlobal.gBrowser.selectedTab = tab;
    extension.tabManager.addActiveTabPermission(tab);
    extension.shortcuts.onCommand('remove_background');
    return true;
"""
