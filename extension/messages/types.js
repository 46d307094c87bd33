/**
 * @file Every record and message that travels between contexts. No code.
 *
 * `noun.verb`: an imperative is a request and gets a reply, a past tense is an event and
 * gets none. The noun is the owner.
 *
 * Requests over `runtime.sendMessage` (served through `request.js`):
 *
 * | type             | from -> to                  | body               | reply |
 * |------------------|-----------------------------|--------------------|-------|
 * | pictures.find    | background -> content       | FindRequest        | { pictures: FoundPicture[] } |
 * | picture.choose   | background -> content       | { numbers }        | { number } or null |
 * | picture.read     | background -> content       | { number }         | { blob } |
 * | address.read     | background -> content       | { url }            | { blob } |
 * | picture.locate   | background -> content       | { number }         | { box: PictureBox or null } |
 * | picture.replace  | background -> content       | { number, blob }   | – |
 * | picture.restore  | background -> content       | –                  | – |
 * | cutout.copy      | background -> content       | { blob }           | – |
 * | screen.take      | result -> background        | ScreenRequest      | { source: ImageSource } |
 * | referer.lend     | engine -> background        | { url, referer }   | { rule } |
 * | referer.return   | engine -> background        | { rule }           | – |
 * | file.lend        | background -> engine        | { blob }           | { url } |
 * | file.return      | background -> engine        | { url }            | – |
 * | engine.ensure    | result -> background        | –                  | – |
 * | picture.start    | popup -> background         | PictureStart       | – |
 * | address.start    | popup -> background         | { url }            | – |
 * | address.resume   | popup -> background         | –                  | – |
 * | result.open      | popup -> background         | { jobId }          | – |
 * | workbench.open   | popup -> background         | –                  | – |
 * | dialogue.open    | popup -> background         | –                  | – (event) |
 * | dialogue.close   | popup -> background         | –                  | – |
 * | batch.closed     | batch -> background         | –                  | – (event) |
 * | engine.hello     | background -> engine        | –                  | EngineHello |
 * | engine.configure | background -> engine        | EngineSettings     | – |
 * | job.open         | background, result -> engine | JobOpening        | – |
 * | job.supply       | background, result -> engine | JobSupply         | – |
 * | job.fail         | background -> engine        | JobFailing         | – |
 * | model.fetch      | options -> engine           | { modelId }        | – |
 * | model.pause      | options -> engine           | { modelId }        | – |
 * | model.remove     | options -> engine           | { modelId }        | – |
 * | model.test       | options -> engine           | { modelId }        | Trial |
 * | file.inspect     | options -> engine           | { file: Blob }     | FileReport |
 * | file.add         | options -> engine           | { file, entry, anyway } | Trial with `added` |
 * | jobs.changed     | engine -> background        | JobsChanged        | – (event) |
 *
 * Over a port named `job:<id>` (result -> engine): the engine posts a `JobSnapshot` at
 * every change, the page posts `job.cancel`, or `job.forget` when it has what it wants. A port
 * tells the engine when its page is gone. Over the same port the page asks for edits of the
 * finished job, `EditRequest` of edit_types.js, each of which the engine answers by an
 * `EditReplied`; snapshots have no `type`.
 *
 * Over a port named `jobs` (popup -> engine): the engine posts a `JobsSnapshot` at every change,
 * the page posts `job.cancel` and `job.forget` with a `jobId`. Without an engine there are no
 * jobs, and the port closes by itself.
 *
 * Over a port named `models` (options -> engine): the engine posts `{ states: ModelState[] }`
 * at every change.
 *
 * Over the workers' `postMessage` (served through `worker_link.js`):
 *
 * | type              | from -> to          | body            | reply |
 * |-------------------|---------------------|-----------------|-------|
 * | worker.started    | python, model -> engine | –           | – (event) |
 * | python.boot       | engine -> python    | PythonBoot      | PythonBooted |
 * | python.connect    | engine -> python    | { port }        | – |
 * | cutout.run        | engine -> python    | CutoutRun       | CutoutReply |
 * | cutout.progressed | python -> engine    | CutoutProgress  | – (event) |
 * | subject.find      | engine -> python    | CutoutRun       | FindReply |
 * | subject.preview   | engine -> python    | { key, request } | PreviewReply |
 * | subject.save      | engine -> python    | { number, key, request } | SaveReply |
 * | subject.back      | engine -> python    | { jobId, name, picture, request } | { ok } |
 * | subject.forget    | engine -> python    | { jobId }       | – |
 * | model.boot        | engine -> model     | ModelBoot       | ModelBooted |
 * | model.load        | engine -> model     | ModelLoad       | – |
 * | model.inspect     | engine -> model     | { weights }     | ModelInterface |
 * | model.ran         | model -> engine     | ModelRan        | – (event) |
 * | store.boot        | engine -> model_store | { lockName }  | – |
 * | store.list        | engine -> model_store | –             | StoreList |
 * | store.fetch       | engine -> model_store | { entry }     | { kept } |
 * | store.import      | engine -> model_store | { entry, file } | { kept } |
 * | store.stop        | engine -> model_store | { sha256 }    | – |
 * | store.read        | engine -> model_store | { sha256 }    | { weights: ArrayBuffer or null } |
 * | store.remove      | engine -> model_store | { sha256 }    | – |
 * | store.progressed  | model_store -> engine | StoreProgress | – (event) |
 * | model.run         | python (port), engine -> model | ModelRun     | ModelOutput |
 *
 * The Python worker posts a bare `PngBand` to a worker in png/ and waits for shared memory.
 */

/**
 * Where a picture comes from: an address that we may read, or its bytes. `notices` are codes
 * of what the user must know about the bytes.
 *
 * @typedef {AddressSource | { kind: 'blob', blob: Blob, notices?: string[] }} ImageSource
 */

/**
 * @typedef {object} AddressSource
 * @property {'url'} kind
 * @property {string} url
 * @property {string} [other]    The same picture, smaller, for when `url` cannot be had.
 * @property {string} [page]     Address of the document that shows it.
 * @property {string} [referer]  What its page's own request names; absent for nothing.
 * @property {boolean} [cookies] Its page's own request carries cookies.
 * @property {PicturePlace} [place]  Where it can be seen, for when it cannot be had.
 */

/** @typedef {'fetch' | 'start_python' | 'load_model' | 'find_subject' | 'refine' | 'save'} StageName */

/** @typedef {'queued' | 'running' | 'done' | 'failed' | 'cancelled'} JobState */

/**
 * Share of each stage that is done, from 0 to 1. Starting Python and loading the model go
 * on at the same time, so more than one may be under way.
 *
 * @typedef {Record<StageName, number>} StageFractions
 */

/** @typedef {Record<string, number>} Timings  Milliseconds by stage; `total` is the whole job. */

/** @typedef {import('./failure.js').Failure} Failure */

/**
 * @typedef {object} Cutout
 * @property {Blob} blob
 * @property {number} width    Pixels.
 * @property {number} height   Pixels.
 * @property {string[]} notices  Codes: what had to be changed or left out of the picture.
 */

/**
 * All that a page needs to show a job.
 *
 * @typedef {object} JobSnapshot
 * @property {string} jobId
 * @property {string} name        File name of the picture, without its suffix.
 * @property {JobState} state
 * @property {number} ahead       Jobs before this one in the queue.
 * @property {StageFractions} stages
 * @property {Timings} timings
 * @property {Choice} [choice]    The models, as soon as they are chosen.
 * @property {Blob} [picture]     The original, as soon as it is here.
 * @property {Cutout} [cutout]    When done.
 * @property {Failure} [failure]  When failed.
 * @property {string} [address]   Where the picture was fetched from.
 * @property {JobOptions} [options]  What it was made with.
 * @property {import('./edit_types.js').Edit} [edit]  The newest one that a page has asked to see;
 *     comes with the picture.
 */

/** @typedef {{ jobs: JobSnapshot[] }} JobsSnapshot  In the order in which they were opened. */

/**
 * What the browser's click event names; `from` says whether it was a click at all.
 *
 * @typedef {{ srcUrl: string, media: string, from: 'click' | 'keyboard' }} FindRequest
 */

/**
 * A picture in a page, as its content script reports it.
 *
 * @typedef {object} FoundPicture
 * @property {number} number      By which the content script knows it.
 * @property {string} kind
 * @property {string[]} urls      Of http and https only; the largest first.
 * @property {string} label
 * @property {string} page        Address of its document.
 * @property {boolean} anonymous  Its request carries no cookies to another origin.
 * @property {string} referrerPolicy
 */

/**
 * CSS pixels in the viewport of the tab, and the width of that viewport.
 *
 * @typedef {{ x: number, y: number, width: number, height: number, viewport: number }} PictureBox
 */

/** @typedef {{ tabId: number, frameId: number, number: number }} PicturePlace */
/** @typedef {PicturePlace & { returnTo: number }} ScreenRequest  And the tab that asks. */

/**
 * What a job shall make, in the JSON form of Python's `OffcutOptions`; see py/offcut/options/options.py
 * for names, ranges and defaults. What is absent has its default.
 *
 * @typedef {Partial<Record<string, string | number | boolean | null>>} JobOptions
 */

/**
 * One model as models/registry.json describes it; see models/registry.schema.json.
 *
 * @typedef {object} ModelEntry
 * @property {string} id
 * @property {string} title
 * @property {string} licence
 * @property {string} licence_note
 * @property {string} file
 * @property {number} bytes
 * @property {string} sha256
 * @property {ModelSource[]} sources
 * @property {boolean} bundled
 * @property {{ bytes: number, sha256: string, delta?: string }} [prepared]  Of the bundled file,
 *     if it is not the original one; or what the delta makes of weights that were added.
 * @property {ModelInput} input
 * @property {ModelOutputContract} output
 * @property {string[]} suitable_for
 * @property {Backend[]} backends  That may run it.
 * @property {boolean} exercised
 * @property {{ size: number, sha256: string[] }} [blocks]
 */
/**
 * @typedef {object} ModelInput
 * @property {string} name
 * @property {'NCHW'} layout
 * @property {number} height
 * @property {number} width
 * @property {'RGB'} channel_order
 * @property {'stretch' | 'letterbox'} resize
 * @property {number} [fill]
 * @property {number} scale
 * @property {number[]} mean
 * @property {number[]} std
 */
/** @typedef {{ name: string, activation: 'none' | 'sigmoid', range: number[] }} ModelOutputContract */
/**
 * Where weights can be fetched: one file, or a list (`resources.json`) of the pieces that
 * they were cut into, found there under `key`. `hosts` are others that it redirects to.
 *
 * @typedef {{ url: string, key?: string, hosts?: string[] }} ModelSource
 */
/**
 * Weights in the store, whole or as far as they have come.
 *
 * @typedef {object} StoredFile
 * @property {string} sha256
 * @property {number} bytes
 * @property {boolean} isWhole
 * @property {'disk' | 'memory'} kept
 * @property {number} storedAt  Milliseconds since 1970.
 */
/**
 * A model as the settings page shows it.
 *
 * @typedef {object} ModelState
 * @property {ModelEntry} entry
 * @property {'absent' | 'running' | 'paused' | 'here'} status
 * @property {number} received        Bytes.
 * @property {string} host            Where they come from now; empty for a file.
 * @property {boolean} waiting        Before another try.
 * @property {number} bytesPerSecond
 * @property {'package' | 'disk' | 'memory'} kept
 * @property {number} storedAt        Milliseconds since 1970; 0 if it is not on the disk.
 * @property {number} milliseconds    What a run here is expected to take; 0 if there was none.
 * @property {PastRun[]} lastRuns     The newest first.
 * @property {Failure} [failure]      Of the last try to get it.
 * @property {GpuTest} [gpu]          Of WebGPU, where it is there and not switched off.
 */
/** @typedef {{ overlap: number, milliseconds: number }} Trial */
/** @typedef {'wasm' | 'webgpu'} Backend */
/** @typedef {{ at: number, milliseconds: number, backend: Backend }} PastRun  `at` since 1970. */
/**
 * What came of running a model on the test picture on WebGPU and on WebAssembly: with WebGPU the
 * matte is the same and there `faster` or `slower`, it `differs`, the model sees nothing in the
 * picture, so that it tells nothing (`blank`), or WebGPU has `failed`.
 *
 * @typedef {object} GpuFinding
 * @property {'faster' | 'slower' | 'differs' | 'blank' | 'failed'} outcome
 * @property {number} [difference]  Mean of the mattes' difference, in [0, 1].
 * @property {number} [gpuMs]       Of one run.
 * @property {number} [wasmMs]      Of one run.
 * @property {string} [reason]      Of the last failure, in its own words.
 */
/**
 * A finding as it is remembered.
 *
 * @typedef {GpuFinding & { sha256: string, here: string, faults: number, reason: string }} GpuTest
 */
/** @typedef {{ name: string, type?: string, shape?: readonly (number | string)[] }} TensorDescription */
/** @typedef {{ inputs: readonly TensorDescription[], outputs: readonly TensorDescription[] }} ModelInterface */
/** @typedef {{ known: string } | ({ sha256: string, bytes: number } & ModelInterface)} FileReport */
/** @typedef {{ files: StoredFile[], described: ModelEntry[] }} StoreList */
/** @typedef {{ sha256: string, received: number, host: string, waiting: boolean }} StoreProgress */
/**
 * Models that were measured to work well together, the base first.
 *
 * @typedef {object} Recipe
 * @property {'fast' | 'best'} quality
 * @property {string[]} models
 * @property {number} runs   Of the network, if it is a single model.
 * @property {number} error  Mean absolute error of the matte on the dev pictures.
 */
/**
 * models/registry.json, as far as the engine goes by it; the schema beside it describes all.
 *
 * @typedef {object} Registry
 * @property {ModelEntry[]} models
 * @property {Recipe[]} recipes
 * @property {Record<Recipe['quality'], number>} patience_ms  That all runs of a job may take.
 */
/**
 * Which models made a cutout, and why these: `asked` for, `best_here` of what is installed,
 * `faster` than the best, which takes too long on this machine, or what was left when
 * `others_failed`.
 *
 * @typedef {object} Choice
 * @property {string[]} titles
 * @property {'fast' | 'best'} quality
 * @property {'asked' | 'best_here' | 'faster' | 'others_failed'} why
 */

/** @typedef {{ isolated: boolean, threads: number }} EngineHello */
/** @typedef {{ keepWarmMinutes: number, webgpu: boolean }} EngineSettings */
/**
 * @typedef {object} JobOpening
 * @property {string} jobId
 * @property {string} name
 * @property {EngineSettings} settings
 * @property {JobOptions} [options]
 * @property {ImageSource} [source]
 * @property {boolean} [kept]   It lives on without a page, for the popup's list.
 * @property {number} [behind]  Pictures that its page will bring after this one.
 */
/** @typedef {{ name: string, blob: Blob }} PictureStart */
/** @typedef {{ jobId: string, source: ImageSource }} JobSupply */
/** @typedef {{ jobId: string, failure: Failure }} JobFailing */
/** @typedef {{ active: number }} JobsChanged */

/**
 * @typedef {object} PythonBoot
 * @property {string} indexUrl        Folder of the vendored Pyodide, with a trailing slash.
 * @property {string} folderUrl       Folder of the packages and the memory image, with a trailing slash.
 * @property {Int32Array | null} cancelFlag  Shared; element 0 is the number of the job to stop.
 * @property {string} lockName        Web lock that the worker holds for as long as it lives.
 * @property {MessagePort[]} pngPorts  To the workers that pack PNG rows.
 */
/** @typedef {{ pythonVersion: string, leaks: string[] }} PythonBooted */
/**
 * @typedef {object} PngBand
 * @property {Int32Array} control  Shared; its `fields` say where what is.
 * @property {SharedArrayBuffer} output
 * @property {Uint8Array<SharedArrayBuffer>} rows  The row above the band, and the band's.
 * @property {number} rowBytes
 * @property {number} pixelBytes
 * @property {number} filter
 * @property {{ STATE: number, USED: number, CHECKSUM: number, LENGTH: number, PACKED: number }} fields
 */
/** @typedef {{ number: number, picture: ArrayBuffer, request: string }} CutoutRun */
/** @typedef {{ stage: string, fraction: number }} CutoutProgress */
/**
 * @typedef {{ ok: true, cutout: Uint8Array<ArrayBuffer>, mediaType: string, width: number,
 *     height: number, timings: Timings, notices: string[] }
 *     | { ok: false, failure: Failure }} CutoutReply
 */
/**
 * @typedef {object} ModelBoot
 * @property {string} runtimeUrl   Folder of the vendored onnxruntime-web, with a trailing slash.
 * @property {MessagePort} port    To the Python worker.
 * @property {string} lockName     Web lock that the worker holds for as long as it lives.
 */
/** @typedef {{ threads: number, leaks: string[] }} ModelBooted */
/**
 * @typedef {{ modelId: string, weights: ArrayBuffer, backend: Backend }} ModelLoad  The weights
 *     are verified.
 */
/** @typedef {{ modelId: string, milliseconds: number }} ModelRan */
/**
 * @typedef {{ modelId: string, name: string, dims: number[],
 *     data: Float32Array<ArrayBuffer>, fetch: string }} ModelRun
 */
/** @typedef {{ dims: number[], data: Float32Array<ArrayBuffer> }} ModelOutput */

export {};
