"""What the bench runs in its pages and in ours.

Decides: when a job of ours counts as failed, and what of the settings page as its failure.
"""

# Our pages fetch nothing: a picture comes in as a person's does, by a field for files.
FIELD = """
const field = Object.assign(document.createElement('input'), { type: 'file', id: 'bench-picture' });
document.body.append(field);
"""
# Runs jobs through the engine as our pages do; the end is when the page has all the cutouts.
OURS = """
const [field, options, count, done] = arguments;
(async () => {
    const [file] = field.files;
    const { request } = await import('/messages/request.js');
    const { readSettings } = await import('/settings/settings.js');
    const blob = new Blob([await file.arrayBuffer()], { type: file.type });
    const start = performance.now();
    const [settings] = await Promise.all([readSettings(), request('background', 'engine.ensure')]);
    const source = { kind: 'blob', blob };
    const jobs = Array.from({ length: count }, async () => {
        const jobId = crypto.randomUUID();
        await request('engine', 'job.open', { jobId, name: 'bench', settings, options, source });
        return new Promise((resolve, reject) => {
            const port = chrome.runtime.connect({ name: `job:${jobId}` });
            port.onMessage.addListener(({ state, failure, cutout, timings }) => {
                if (state === 'failed') reject(new Error(JSON.stringify(failure)));
                if (state !== 'done') return;
                resolve({ bytes: cutout.blob.size, timings });
                port.disconnect();
            });
            port.onDisconnect.addListener(() => reject(new Error('The engine has ended.')));
        });
    });
    const [first] = await Promise.all(jobs);
    done({ ms: performance.now() - start, ...first });
})().catch((error) => done({ error: String(error) }));
"""
PAGE = """
const [url, name, args, done] = arguments;
(async () => {
    const blob = url && (await (await fetch(url)).blob());
    return await globalThis[name](...args.map((each) => (each === 'BLOB' ? blob : each)));
})().then(done, (error) => done({ error: String(error) }));
"""
# The form is for a file that the registry does not know.
SAID = """return document.querySelector(
    '#models-said[data-failure], #models:has(#model-form:not([hidden])) #models-said'
)?.textContent"""
