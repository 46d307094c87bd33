"""JavaScript for the process of Firefox that has the extension: its workers, and its pages' files.

Run by `FirefoxTools`, like `firefox_scripts.py`.
"""

IN_PROCESS = """
    const inProcess = (script, ...given) =>
        contextOf('event page').currentWindowGlobal.getActor('MarionetteCommands')
            .executeScript(`
                const manager = Cc['@mozilla.org/dom/workers/workerdebuggermanager;1']
                    .getService(Ci.nsIWorkerDebuggerManager);
                const workers = [...manager.getWorkerDebuggerEnumerator()]
                    .filter(({ url }) => url.startsWith('moz-extension:'));
                ${script}`, given, { sandboxName: 'system', timeout: 60000 });
"""
"""The workers of the extension are known in its own process only."""

WORKERS = f"""{IN_PROCESS}
    return inProcess('return workers.map(({{ id, name, url }}) => ({{ id, name, url }}));');
"""

BLOCK = f"""{IN_PROCESS}
    return await inProcess(`
        const [endings] = arguments;
        Services.catMan.deleteCategoryEntry('content-policy', 'offcut-tests', false);
        if (endings.length === 0) return true;
        const contract = '@offcut.invalid/' + Services.uuid.generateUUID();
        const policy = {{
            QueryInterface: ChromeUtils.generateQI(['nsIContentPolicy', 'nsIFactory']),
            createInstance(wanted) {{ return this.QueryInterface(wanted); }},
            shouldLoad: ({{ spec }}) => endings.some((end) => spec.endsWith(end))
                ? Ci.nsIContentPolicy.REJECT_REQUEST : Ci.nsIContentPolicy.ACCEPT,
            shouldProcess: () => Ci.nsIContentPolicy.ACCEPT,
        }};
        Components.manager.QueryInterface(Ci.nsIComponentRegistrar)
            .registerFactory(Services.uuid.generateUUID(), contract, contract, policy);
        Services.catMan.addCategoryEntry('content-policy', 'offcut-tests', contract, false, true);
        return true;
    `, rest[0]);
"""
"""Its pages' own files come from no network where one could be held back."""

# A debugger's script has to be a resource of the browser.
DEBUGGER = "resource://offcut-tests/worker_debugger.js"
REGISTER = """
    Services.io.getProtocolHandler('resource').QueryInterface(Ci.nsIResProtocolHandler)
        .setSubstitution('offcut-tests', Services.io.newURI(rest[0]));
    return true;
"""
EVALUATE_IN_WORKER = f"""{IN_PROCESS}
    const [workerId, number, expression] = rest;
    if (!contextOf('event page')) return {{ gone: true }};
    return await inProcess(`
        const [workerId, number, expression] = arguments;
        const worker = workers.find(({{ id }}) => id === workerId);
        if (!worker) return {{ gone: true }};
        return new Promise((resolve) => {{
            const ask = (more) => worker.postMessage(JSON.stringify({{ number, ...more }}));
            const end = (answer) => {{
                worker.removeListener(listener);
                resolve(answer);
            }};
            const listener = {{
                onMessage: (message) => {{
                    const answer = JSON.parse(message);
                    if (answer.number !== number) return;
                    if (answer.told) end(JSON.parse(answer.told));
                    else ask();
                }},
                onError: (file, line, error) => end({{ error: String(error) }}),
                onClose: () => end({{ gone: true }}),
            }};
            worker.addListener(listener);
            if (!worker.isInitialized) worker.initialize('{DEBUGGER}');
            ask({{ expression }});
        }});`, workerId, number, expression);
"""
