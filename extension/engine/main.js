/**
 * @file The engine document: owns the jobs and the two workers, and shows nothing.
 *
 * It has no storage API, so what it must know of the settings comes with every job.
 */

import { announce, serve } from '../messages/request.js';
import { api, OWN_ORIGIN } from '../platform/browser.js';
import { PageChannels } from '../platform/message_channel.js';
import { Gpu } from './gpu.js';
import { GpuTests } from './gpu_tests.js';
import { JobQueue } from './jobs.js';
import { Models } from './models.js';
import { addFile, inspectFile } from './own_file.js';
import { RunTimes } from './run_times.js';
import { Workers } from './workers.js';

const times = new RunTimes();
const gpu = new Gpu();
const models = new Models(times, gpu);
const workers = new Workers((entry) => models.open(entry), times, gpu);
const gpuTests = new GpuTests(gpu, workers, models);
models.onGone = (modelId) => workers.forget(modelId);
const lanes = new PageChannels();
const jobs = new JobQueue(workers, models, lanes, (active) => {
    announce('background', 'jobs.changed', { active });
    gpuTests.jobsChanged(active);
});

serve('engine', {
    'engine.hello': () => ({
        isolated: globalThis.crossOriginIsolated,
        threads: workers.threads,
    }),
    'engine.configure': (settings) => {
        gpu.configure(settings);
        jobs.configure(settings);
    },
    'job.open': (opening) => {
        gpu.configure(opening.settings);
        jobs.open(opening);
    },
    'job.supply': ({ jobId, source }) => jobs.supply(jobId, source),
    'model.fetch': ({ modelId }) => models.fetch(modelId),
    'model.pause': ({ modelId }) => models.pause(modelId),
    'model.remove': ({ modelId }) => models.remove(modelId),
    'model.test': async ({ modelId }) => {
        const entry = await models.find(modelId);
        const trial = await workers.tryModel(entry);
        gpuTests.again(entry); // its outcome is shown when it is there
        return trial;
    },
    'file.inspect': (body) => inspectFile(body, models, workers),
    'file.add': (body) => addFile(body, models, workers),
    'job.fail': ({ jobId, failure }) => jobs.fail(jobId, failure),
    'file.lend': ({ blob }) => ({ url: URL.createObjectURL(blob) }),
    'file.return': ({ url }) => URL.revokeObjectURL(url),
});

api.runtime.onConnect.addListener((port) => {
    if (!port.sender?.url?.startsWith(OWN_ORIGIN)) return;
    const [kind, jobId = '', lane = ''] = port.name.split(':');
    if (kind === 'job') jobs.watch(jobId, port, lane);
    if (kind === 'jobs') jobs.watchAll(port);
    if (kind === 'models') models.watch(port);
});
