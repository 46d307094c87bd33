/**
 * @file The engine document: owns the jobs and the two workers, and shows nothing.
 *
 * It has no storage API, so what it must know of the settings comes with every job.
 */

import { announce, serve } from '../messages/request.js';
import { api, OWN_ORIGIN } from '../platform/browser.js';
import { JobQueue } from './jobs.js';
import { Workers } from './workers.js';

const workers = new Workers();
const jobs = new JobQueue(workers, (active) => announce('background', 'jobs.changed', { active }));

serve('engine', {
    'engine.hello': () => ({
        isolated: globalThis.crossOriginIsolated,
        threads: workers.threads,
    }),
    'engine.configure': (settings) => jobs.configure(settings),
    'job.open': (opening) => jobs.open(opening),
    'job.supply': ({ jobId, source }) => jobs.supply(jobId, source),
    'job.fail': ({ jobId, failure }) => jobs.fail(jobId, failure),
    'file.lend': ({ blob }) => ({ url: URL.createObjectURL(blob) }),
    'file.return': ({ url }) => URL.revokeObjectURL(url),
});

api.runtime.onConnect.addListener((port) => {
    if (!port.sender?.url?.startsWith(OWN_ORIGIN)) return;
    const [kind, jobId = ''] = port.name.split(':');
    if (kind === 'job') jobs.watch(jobId, port);
    if (kind === 'jobs') jobs.watchAll(port);
});
