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
 * | jobs.changed     | engine -> background        | JobsChanged        | – (event) |
 *
 * Over a port named `job:<id>` (result -> engine): the engine posts a `JobSnapshot` at
 * every change, the page posts `job.cancel`, or `job.forget` when it has what it wants. A port
 * tells the engine when its page is gone.
 *
 * Over a port named `jobs` (popup -> engine): the engine posts a `JobsSnapshot` at every change,
 * the page posts `job.cancel` and `job.forget` with a `jobId`. Without an engine there are no
 * jobs, and the port closes by itself.
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
 * | model.boot        | engine -> model     | ModelBoot       | ModelBooted |
 * | model.run         | python -> model (port) | ModelRun     | ModelOutput |
 *
 * The Python worker posts a bare `PngBand` to the worker in png/ and waits for shared memory.
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
 * @property {Blob} [picture]     The original, as soon as it is here.
 * @property {Cutout} [cutout]    When done.
 * @property {Failure} [failure]  When failed.
 * @property {string} [address]   Where the picture was fetched from.
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
 * What a job shall make, in the JSON form of Python's `OffcutOptions`; see py/offcut/options.py
 * for names, ranges and defaults. What is absent has its default.
 *
 * @typedef {Partial<Record<string, string | number | boolean | null>>} JobOptions
 */

/** @typedef {{ isolated: boolean, threads: number }} EngineHello */
/** @typedef {{ keepWarmMinutes: number }} EngineSettings */
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
 * @property {string} registry        Text of `models/registry.json`.
 * @property {MessagePort} port       To the model worker.
 * @property {Int32Array | null} cancelFlag  Shared; element 0 is the number of the job to stop.
 * @property {string} lockName        Web lock that the worker holds for as long as it lives.
 */
/** @typedef {{ pythonVersion: string, leaks: string[] }} PythonBooted */
/**
 * @typedef {object} PngBand
 * @property {Int32Array} control  Shared; its `fields` say where what is.
 * @property {SharedArrayBuffer} output
 * @property {Uint8Array<ArrayBuffer>} rows  The row above the band, and the band's.
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
 * @property {string} modelId
 * @property {ArrayBuffer} weights
 * @property {MessagePort} port    To the Python worker.
 * @property {string} lockName     Web lock that the worker holds for as long as it lives.
 */
/** @typedef {{ threads: number, leaks: string[] }} ModelBooted */
/**
 * @typedef {{ modelId: string, name: string, dims: number[],
 *     data: Float32Array<ArrayBuffer>, fetch: string }} ModelRun
 */
/** @typedef {{ dims: number[], data: Float32Array<ArrayBuffer> }} ModelOutput */

export {};
