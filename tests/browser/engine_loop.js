/* One page's tries to reach the engine while it ends: evaluated in the settings page by engine_loop.py. */
const [kind, around, tries, model, done] = arguments;

const PATIENCE_MS = 60_000;
const picture = new Promise((resolve) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 64;
    canvas.getContext('2d').fillRect(16, 16, 32, 32);
    canvas.toBlob(resolve);
});
const bytes = Uint8Array.from(atob(model.weights), (letter) => letter.charCodeAt(0));
const file = new File([bytes], 'own.onnx');
/* One that was never added, and so has to be looked into: with a field that nobody knows. */
const other = new File([bytes, Uint8Array.of(0xf8, 0x7f, 0)], 'other.onnx');

Promise.all([
    import('/ui/engine.js'),
    import('/ui/start_job.js'),
    import('/messages/job_connection.js'),
    import('/platform/engine_document.js'),
]).then(run).then(done, (error) => done([String(error)]));

async function run([{ engine }, { startJob }, { JobConnection }, { closeEngineDocument: end }]) {
    /* What is asked, and what must hold for the answer. */
    const KINDS = {
        hello: () => engine.request('engine.hello'),
        test: async () => {
            const { milliseconds } = await engine.request('model.test', { modelId: 'tiny' });
            if (!(milliseconds > 0)) throw new Error('no trial');
        },
        download: () => engine.request('model.fetch', { modelId: 'plain' }),
        pause: () => engine.request('model.pause', { modelId: 'plain' }),
        remove: () => engine.request('model.remove', { modelId: 'plain' }),
        inspect: async () => {
            const { inputs } = await engine.request('file.inspect', { file: other });
            if (inputs[0].name !== 'picture') throw new Error('not looked at');
        },
        add: async () => {
            const body = { file, entry: model.entry, anyway: true };
            if (!(await engine.request('file.add', body)).added) throw new Error('not added');
        },
        job: async () => {
            const blob = await picture;
            const jobId = await startJob('picture', { kind: 'blob', blob });
            await new Promise((resolve, reject) => {
                const connection = new JobConnection(engine, () => `job:${jobId}`, {
                    onSnapshot: ({ picture, failure }) => {
                        if (failure) reject(new Error(failure.code));
                        if (!picture) return;
                        connection.post({ type: 'job.forget' });
                        connection.close();
                        resolve();
                    },
                    onLost: ({ code }) => reject(new Error(code)),
                });
            });
        },
    };
    /* What the engine does meanwhile. */
    const AROUND = {
        gone: async (ask) => {
            await end();
            await ask();
        },
        closing: async (ask, random) => {
            const ended = rest(random * 40).then(end);
            await Promise.all([ask(), ended]);
        },
        idle: async (ask, random) => {
            await rest(random * 40);
            await ask();
        },
    };
    const failures = [];
    for (let number = 0; number < tries; number++) {
        try {
            await soon(AROUND[around](KINDS[kind], (number * 0.618) % 1));
        } catch (error) {
            failures.push(`${number}: ${error.message}`);
        }
    }
    return failures;
}

function rest(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/* A try that does not end is a failure, too. */
function soon(work) {
    const late = new Promise((_, reject) => {
        setTimeout(() => reject(new Error('it stands still')), PATIENCE_MS);
    });
    return Promise.race([work, late]);
}
