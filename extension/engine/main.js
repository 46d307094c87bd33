/**
 * @file The engine document: owns the jobs and the workers, and shows nothing.
 *
 * Decides: which message is answered by which file; that an address for a Blob is made here.
 *
 * It has no storage API, so what it must know of the settings comes with every job.
 */

import { announce, serve } from '../messages/request.js';
import { api, OWN_ORIGIN } from '../platform/browser.js';
import { PageChannels } from '../platform/message_channel.js';
import { Engine } from './engine.js';
import { fetchImage } from './fetch_image.js';
import { Gpu } from './gpu.js';
import { GpuTests } from './gpu_tests.js';
import { Models } from './models.js';
import { PictureFetcher } from './picture_fetcher.js';
import { RunTimes } from './run_times.js';
import { addFile, inspectFile } from './user_model.js';
import { Workers } from './workers.js';

/** Other contexts know by it whether this is still the engine that they spoke to. */
const ENGINE_ID = crypto.randomUUID();

const fetcher = new PictureFetcher();
const times = new RunTimes();
const gpu = new Gpu();
const models = new Models(times, gpu);
const workers = new Workers((entry) => models.open(entry), times, gpu);
models.onGone = (modelId) => workers.forget(modelId);
const engine = new Engine({
    workers,
    models,
    channels: new PageChannels(),
    fetchPicture: (source, signal, onProgress) =>
        fetchImage(source, signal, onProgress, (url, terms) => fetcher.download(url, terms)),
    onActive: (active, unfinished) => {
        announce('background', 'jobs.changed', { active, unfinished, engine: ENGINE_ID });
        gpuTests.jobsChanged(active);
    },
    onUnfollowed: () => announce('background', 'errand.resume', {}),
});
const gpuTests = new GpuTests(gpu, workers, models, (work) => engine.keepWorkersFor(work));

serve('engine', {
    'engine.hello': () => ({
        engine: ENGINE_ID,
        isolated: globalThis.crossOriginIsolated,
        threads: workers.threads,
    }),
    'engine.configure': (settings) => {
        gpu.configure(settings);
        engine.configure(settings);
    },
    'job.open': (opening) => {
        gpu.configure(opening.settings);
        engine.open(opening);
        return { engine: ENGINE_ID };
    },
    'job.supply': (supplied) => engine.supply(supplied),
    'job.fail': (failing) => engine.fail(failing),
    'job.forget': ({ jobId }) => ({ forgotten: engine.forget(jobId) }),
    'model.fetch': ({ modelId }) => models.fetch(modelId),
    'model.pause': ({ modelId }) => models.pause(modelId),
    'model.remove': ({ modelId }) => models.remove(modelId),
    'model.test': ({ modelId }) =>
        engine.runOnModel(async () => {
            const entry = await models.find(modelId);
            const trial = await workers.tryModel(entry);
            gpuTests.again(entry); // its outcome is shown when it is there
            return trial;
        }),
    'file.inspect': (body) => engine.runOnModel(() => inspectFile(body, models, workers)),
    'file.add': (body) => engine.runOnModel(() => addFile(body, models, workers)),
    'url.create': ({ blob }) => ({ url: URL.createObjectURL(blob) }),
    'url.revoke': ({ url }) => URL.revokeObjectURL(url),
});

api.runtime.onConnect.addListener((port) => {
    if (!port.sender?.url?.startsWith(OWN_ORIGIN)) return;
    if (port.name === 'models') models.watch(port);
    else engine.connect(port);
});
