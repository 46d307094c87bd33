/**
 * Try every way to the network that there is in this context, each to an address of its own.
 *
 * What a context does not have throws, which is as good as refused: the test looks at what
 * arrived. None waits for an answer for long, since most get none.
 *
 * @param {string} to      Address of a server, with a last slash.
 * @param {string} stun    Host and port that hear UDP.
 * @returns {Promise<string[]>}  Names of all ways that were tried.
 */
async function tryToLeak(to, stun) {
    const http = (way) => `${to}${way}`;
    // A worker's own, where a build has it: what a debugger imports there ends Firefox.
    const load = Performance.import ?? ((address, options) => import(address, options));
    const socket = (way) => http(way).replace('http:', 'ws:');
    const ways = {
        fetch: () => fetch(http('fetch')),
        'fetch-no-cors': () => fetch(http('fetch-no-cors'), { mode: 'no-cors' }),
        xhr: () => {
            const request = new XMLHttpRequest();
            request.open('POST', http('xhr'));
            request.send('pixels');
        },
        websocket: () => new WebSocket(socket('websocket')),
        'websocket-stream': () => new WebSocketStream(socket('websocket-stream')).opened,
        'event-source': () => new EventSource(http('event-source')),
        transport: () => new WebTransport(http('transport').replace('http:', 'https:')).ready,
        beacon: () => navigator.sendBeacon(http('beacon'), 'pixels'),
        cache: async () => (await caches.open('leak')).add(http('cache')),
        bucket: async () => {
            const bucket = await navigator.storageBuckets.open('leak');
            await (await bucket.caches.open('leak')).add(http('bucket'));
        },
        'import-scripts': () => importScripts(http('import-scripts')),
        import: () => load(http('import')),
        'import-json': () => load(http('import-json'), { with: { type: 'json' } }),
        'import-css': () => load(http('import-css'), { with: { type: 'css' } }),
        worker: () => new Worker(http('worker')),
        'shared-worker': () => new SharedWorker(http('shared-worker')),
        'blob-worker': async () => {
            const code = `fetch('${http('blob-worker')}')`;
            const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
            await new Promise((resolve) => Object.assign(new Worker(url), { onerror: resolve }));
        },
        font: () => new FontFace('leak', `url(${http('font')})`).load(),
        stun: async () => {
            const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${stun}` }] });
            peer.createDataChannel('leak');
            await peer.setLocalDescription(await peer.createOffer());
            await new Promise(() => undefined);
        },
        ...elementWays(),
        ...frameWays(),
        ...extensionWays(),
    };
    function elementWays() {
        if (!globalThis.document) return {};
        const put = (tag, properties) => {
            const element = Object.assign(document.createElement(tag), properties);
            document.body.append(element);
            return element;
        };
        return {
            image: () => put('img', { src: http('image') }),
            video: () => put('video', { src: http('video') }),
            script: () => put('script', { src: http('script') }),
            style: () => put('link', { rel: 'stylesheet', href: http('style') }),
            css: () => put('i', { style: `background: url(${http('css')})` }),
            icon: () => put('link', { rel: 'icon', href: http('icon') }),
            prefetch: () => put('link', { rel: 'prefetch', href: http('prefetch') }),
            preload: () => put('link', { rel: 'preload', as: 'image', href: http('preload') }),
            modulepreload: () => put('link', { rel: 'modulepreload', href: http('modulepreload') }),
            frame: () => put('iframe', { src: http('frame') }),
            object: () => put('object', { data: http('object') }),
            form: () => {
                const target = put('iframe', { name: 'leak' });
                target.src = 'about:blank';
                put('form', { action: http('form'), target: 'leak' }).submit();
            },
            ping: () => {
                const link = put('a', { href: '#leak', ping: http('ping') });
                link.click();
            },
        };
    }
    /** A document of its own has all that was taken from this one. */
    function frameWays() {
        if (!globalThis.document) return {};
        const xhtml = 'http://www.w3.org/1999/xhtml';
        const made = {
            made: () => document.createElement('iframe'),
            named: () => document.createElementNS(xhtml, 'x:iframe'),
            root: () => document.implementation.createDocument(xhtml, 'iframe').documentElement,
            other: () => document.implementation.createHTMLDocument().createElement('iframe'),
            parsed: () => {
                const box = document.createElement('div');
                box.innerHTML = '<iframe></iframe>';
                return box.firstChild;
            },
            document: () =>
                new DOMParser().parseFromString('<iframe></iframe>', 'text/html').querySelector('iframe'),
            fragment: () =>
                document.createRange().createContextualFragment('<iframe></iframe>').firstChild,
            custom: () => {
                class Frame extends HTMLIFrameElement {}
                customElements.define('leaky-frame', Frame, { extends: 'iframe' });
                return new Frame();
            },
            read: async () => {
                const request = new XMLHttpRequest();
                request.open('GET', 'data:text/html,<iframe></iframe>');
                request.responseType = 'document';
                const loaded = new Promise((resolve) => Object.assign(request, { onload: resolve }));
                request.send();
                await loaded;
                return request.response.querySelector('iframe');
            },
        };
        const leakIn = (way, inner) => {
            const image = new inner.Image();
            image.src = http(`frame-${way}`);
            inner.fetch(http(`frame-${way}`));
            const peer = new inner.RTCPeerConnection({ iceServers: [{ urls: `stun:${stun}` }] });
            peer.createDataChannel('leak');
            return peer.setLocalDescription();
        };
        const frames = Object.entries(made).map(([way, make]) => [
            `frame-${way}`,
            async () => {
                const frame = await make();
                document.body.append(document.adoptNode(frame));
                return leakIn(way, frame.contentWindow);
            },
        ]);
        const windows = {
            'window-opened': () => leakIn('opened', open('about:blank')),
            'window-document': () => leakIn('document', document.open('about:blank', 'leak', '')),
            'window-picture': async () =>
                leakIn('picture', await documentPictureInPicture.requestWindow()),
            'window-views': () =>
                Promise.all(chrome.extension.getViews().map((view) => leakIn('view', view))),
        };
        return { ...Object.fromEntries(frames), ...windows };
    }
    function extensionWays() {
        if (!globalThis.chrome?.runtime) return {};
        return {
            download: () => chrome.downloads.download({ url: http('download') }),
            tab: () => chrome.tabs.create({ url: http('tab'), active: false }),
            window: () => chrome.windows.create({ url: http('window'), focused: false }),
            speculation: () => {
                const rules = { prefetch: [{ urls: [http('speculation')], eagerness: 'immediate' }] };
                const script = document.createElement('script');
                Object.assign(script, { type: 'speculationrules', textContent: JSON.stringify(rules) });
                document.body.append(script);
            },
        };
    }
    const attempt = async (way) => way();
    const patience = new Promise((resolve) => setTimeout(resolve, 3000));
    // Most that get out get no answer.
    await Promise.race([Promise.allSettled(Object.values(ways).map(attempt)), patience]);
    // At last, since it may end this context.
    if (globalThis.document) location.assign(http('navigation'));
    return Object.keys(ways);
}
