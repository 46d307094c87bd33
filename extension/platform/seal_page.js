/*
 * Takes from a page the ways out that its content security policy does not close. A classic script,
 * so that it is first.
 *
 * Decides: that no page has peer connections (WebRTC sends to any STUN server that it is told of) nor
 * a document or window beside its own, which would have all that is taken here: no frame can be made,
 * and the policy lets no string become elements. That a page saves only what is in this machine, and
 * leads itself and its own tabs only to our own pages. That none but a page which says so brings scripts
 * into pages of others. What is left: opening an address in a new tab
 * after a click, which a person sees, and telling the browser the name of a host (preconnect).
 */
(() => {
    const FRAMES = /^(?:.*:)?(?:iframe|frame|frameset|object|embed|fencedframe|portal|webview)$/i;
    const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;

    /** @param {unknown} url  Of this machine: our own, or what only lies in memory. */
    const isOurs = (url) => {
        const { protocol, origin } = new URL(String(url), location.href);
        return origin === location.origin || protocol === 'blob:' || protocol === 'data:';
    };

    /**
     * Let a function refuse some calls. What was there is out of reach from now on.
     *
     * @param {any} owner
     * @param {string} name
     * @param {(...given: any[]) => unknown} mayCall
     */
    const guard = (owner, name, mayCall) => {
        const inner = owner?.[name];
        if (!inner) return;
        owner[name] = function (/** @type {any[]} */ ...given) {
            if (!mayCall(...given)) throw new Error(`${name} is not for this page`);
            return inner.apply(this, given);
        };
    };

    const gone = [
        'RTCPeerConnection',
        'webkitRTCPeerConnection',
        'XMLHttpRequest', // makes documents
        'XSLTProcessor', // elements,
        'customElements', // elements,
        'documentPictureInPicture', // and windows
    ];
    for (const name of gone) Reflect.deleteProperty(globalThis, name);
    for (const name of ['open', 'write', 'writeln', 'execCommand']) {
        Reflect.deleteProperty(Document.prototype, name);
    }
    Reflect.deleteProperty(DOMImplementation.prototype, 'createDocument');
    if (api?.extension) Reflect.deleteProperty(api.extension, 'getViews');

    const { createElement, createElementNS } = Document.prototype;
    Object.assign(Document.prototype, {
        /** @param {any} name */
        createElement(name) {
            const tag = `${name}`;
            if (FRAMES.test(tag)) throw new Error(`${tag} is not for this page`);
            return createElement.call(this, tag);
        },
        /**
         * @param {any} namespace
         * @param {any} name
         */
        createElementNS(namespace, name) {
            const tag = `${name}`;
            if (FRAMES.test(tag)) throw new Error(`${tag} is not for this page`);
            return createElementNS.call(this, namespace, tag);
        },
    });

    const openWindow = globalThis.open;
    Object.assign(globalThis, {
        /** @param {any} url  Without a way back to the window that it opens. */
        open(url) {
            const isWanted = isOurs(url) || navigator.userActivation?.isActive;
            if (isWanted) openWindow.call(globalThis, url, '_blank', 'noopener');
            return null;
        },
    });
    /** @type {any} */ (globalThis).navigation?.addEventListener(
        'navigate',
        (/** @type {any} */ event) => {
            if (event.cancelable && !isOurs(event.destination.url)) event.preventDefault();
        },
    );

    const opensOurs = (/** @type {any} */ { url }) => url === undefined || isOurs(url);
    guard(api?.tabs, 'create', opensOurs);
    guard(api?.tabs, 'update', (...given) => opensOurs(given.at(-1) ?? {}));
    guard(api?.windows, 'create', ({ url = location.href } = {}) => [url].flat().every(isOurs));
    guard(api?.downloads, 'download', ({ url }) => isOurs(url));
    // The first of these could be another extension.
    guard(api?.runtime, 'sendMessage', (to) => typeof to === 'object');
    guard(api?.runtime, 'connect', (to) => typeof to !== 'string');
    const { entersPages } = document.documentElement.dataset;
    for (const name of ['executeScript', 'registerContentScripts', 'updateContentScripts']) {
        if (entersPages === undefined) guard(api?.scripting, name, () => false);
    }
})();
