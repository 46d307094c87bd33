/**
 * @file The engine document: owns the jobs and the two workers, and shows nothing.
 *
 * It has no storage API, so what it must know of the settings comes with every job.
 */

import { announce, serve } from '../messages/request.js';
import { api, OWN_ORIGIN } from '../platform/browser.js';
import { Lanes } from '../platform/lane.js';
import { JobQueue } from './jobs.js';
import { Models } from './models.js';
import { addFile, inspectFile } from './own_file.js';
import { RunTimes } from './run_times.js';
import { Workers } from './workers.js';

const times = new RunTimes();
const models = new Models(times);
const workers = new Workers((entry) => models.open(entry), times);
models.onGone = (modelId) => workers.forget(modelId);
const lanes = new Lanes();
const jobs = new JobQueue(workers, models, lanes, (active) =>
    announce('background', 'jobs.changed', { active }),
);

serve('engine', {
    'engine.hello': () => ({
        isolated: globalThis.crossOriginIsolated,
        threads: workers.threads,
    }),
    'engine.configure': (settings) => jobs.configure(settings),
    'job.open': (opening) => jobs.open(opening),
    'job.supply': ({ jobId, source }) => jobs.supply(jobId, source),
    'model.fetch': ({ modelId }) => models.fetch(modelId),
    'model.pause': ({ modelId }) => models.pause(modelId),
    'model.remove': ({ modelId }) => models.remove(modelId),
    'model.test': async ({ modelId }) => workers.tryModel(await models.find(modelId)),
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
