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
        import: () => import(http('import')),
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
    const attempt = async (way) => way();
    const patience = new Promise((resolve) => setTimeout(resolve, 3000));
    // Most that get out get no answer.
    await Promise.race([Promise.allSettled(Object.values(ways).map(attempt)), patience]);
    return Object.keys(ways);
}
