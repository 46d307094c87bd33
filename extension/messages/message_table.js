/**
 * @file Every message that travels between contexts. No code; the records that the messages
 * carry are in job_types.js, page_types.js, model_types.js, worker_types.js and edit_types.js.
 *
 * `noun.verb`: an imperative is a request and gets a reply, a past tense is an event and
 * gets none. The noun is the owner.
 *
 * Requests over `runtime.sendMessage` (served through `request.js`; what goes to the engine is sent
 * through `engine_client.js`):
 *
 * | type             | from -> to                  | body               | reply |
 * |------------------|-----------------------------|--------------------|-------|
 * | pictures.find    | background -> content       | FindRequest        | { pictures: FoundPicture[], hasMore } |
 * | pictures.list    | background -> content       | –                  | { pictures: ListedPicture[], hasMore } |
 * | pictures.choose  | background -> content       | { pictures: OfferedPicture[], hasMore } | { chosen: places } |
 * | region.choose    | background -> content       | –                  | { box: PictureBox or null } |
 * | picture.choose   | background -> content       | { numbers, hasMore } | { number } or null |
 * | picture.read     | background -> content       | { number }         | ReadPicture |
 * | address.read     | background -> content       | { url, credentials? } | ReadPicture |
 * | reading.drop     | background -> content       | –                  | – |
 * | picture.locate   | background -> content       | { number }         | { box: PictureBox or null } |
 * | picture.replace  | background -> content       | { number, blob }   | – |
 * | picture.restore  | background -> content       | –                  | – |
 * | replaced.count   | background -> content       | –                  | { count, page } |
 * | replaced.changed | content -> background       | –                  | – (event, to `menu`) |
 * | page.asked       | content -> background       | NotedRequest       | – (event, to `ledger`) |
 * | cutout.copy      | background -> content       | { blob }           | – |
 * | screen.take      | result -> background        | ScreenRequest      | { source: ImageSource } |
 * | picture.again    | result -> background        | { clicked, name }  | { jobId } |
 * | page.show        | result -> background        | { tabId }          | – |
 * | referer.set      | engine -> background        | { url, referer }   | { rule } |
 * | referer.clear    | engine -> background        | { rule }           | – |
 * | url.create       | background -> engine        | { blob }           | { url } |
 * | url.revoke       | background -> engine        | { url }            | – |
 * | engine.ensure    | our pages -> background     | –                  | EngineHello |
 * | job.start        | our pages -> background     | JobStart           | { jobId } |
 * | files.start      | popup, result -> background | { files: NamedPicture[], isPatient } | { jobIds, unread } |
 * | address.start    | popup, result -> background | { jobId, url, isPatient } | – |
 * | address.resume   | popup -> background         | –                  | – |
 * | result.open      | popup, result -> background | { jobId }          | – |
 * | workbench.open   | popup -> background         | –                  | – |
 * | pictures.gather  | popup -> background         | { tabId }          | – |
 * | region.capture   | popup -> background         | { tabId }          | – |
 * | inbox.filled     | background -> batch         | –                  | – (event) |
 * | click.lend       | popup in a tab -> popup     | –                  | – (carries the click) |
 * | batch.closed     | batch -> background         | –                  | – (event) |
 * | work.drop        | options -> background       | –                  | – |
 * | engine.hello     | background -> engine        | –                  | EngineHello |
 * | engine.configure | background -> engine        | EngineSettings     | – |
 * | job.open         | background -> engine        | JobOpening         | { engine: id } |
 * | job.supply       | background -> engine        | JobSupply          | – |
 * | job.fail         | background -> engine        | JobFailing         | – |
 * | job.forget       | background -> engine        | { jobId }          | { forgotten } |
 * | model.fetch      | options -> engine           | { modelId }        | – |
 * | model.pause      | options -> engine           | { modelId }        | – |
 * | model.remove     | options -> engine           | { modelId }        | – |
 * | model.test       | options -> engine           | { modelId }        | Trial |
 * | file.inspect     | options -> engine           | { file: Blob }     | FileReport |
 * | file.add         | options -> engine           | { file, entry, anyway } | Trial with `added` |
 * | errand.resume    | engine -> background        | –                  | – (event) |
 * | request.noted    | engine -> background        | NotedRequest       | – (event) |
 * | jobs.changed     | engine -> background        | JobsChanged        | – (event) |
 *
 * Over a port named `job:<id>` (result, batch, background -> engine): the engine posts a
 * `JobSnapshot` at every change, the other side posts `job.cancel`, `job.settle` when the cut-out is
 * used or edited and no better one shall take its place, or `job.forget` when it has what it wants. When the port closes, the engine knows that nobody shows the job any more.
 * Snapshots have no `type`.
 * The service worker follows a job that no page shows over `follow:<id>` (background/follow_job.js)
 * and posts `job.beat`, to which nobody listens: it keeps the service worker itself alive. When that
 * port closes, the engine wakes the next service worker.
 *
 * The result page's port is named `job:<id>:<channel>`. Over it the page asks for edits of the
 * finished job by `EditRequest`, and the engine answers each by an `EditReplied`, over the message
 * channel of that name where there is one: the page posts `{ channel }` with one end of it to the
 * service worker, which passes both on to the engine (platform/message_channel.js).
 *
 * Over a port named `jobs` (popup -> engine): the engine posts a `JobsSnapshot` at every change,
 * the page posts `job.cancel` and `job.forget` with a `jobId`. Without an engine there are no
 * jobs, and the port closes by itself.
 *
 * Over a port named `life` (background -> engine) nothing passes: it closes when either side ends.
 * If a job then waits for a picture that the service worker was to bring, the engine wakes the next.
 *
 * Over a port named `mark:<number>` (background -> content): the mark on the picture of that
 * number; the service worker posts `{ percent }`, at the end `{ said }`.
 *
 * Over a port named `models` (options -> engine): the engine posts `{ states: ModelState[] }`
 * at every change.
 *
 * Over the workers' `postMessage` (served through `worker_link.js`):
 *
 * | type              | from -> to          | body            | reply |
 * |-------------------|---------------------|-----------------|-------|
 * | worker.started    | python, model, model_store, fetcher -> engine | – | – (event) |
 * | python.boot       | engine -> python    | PythonBoot      | PythonBooted |
 * | python.connect    | engine -> python    | { port }        | – |
 * | cutout.prepare    | engine -> python    | CutoutPreparation | – |
 * | cutout.run        | engine -> python    | CutoutRun       | CutoutReply |
 * | cutout.progressed | python -> engine    | CutoutProgress  | – (event) |
 * | subject.find      | engine -> python    | CutoutRun       | FindReply |
 * | subject.preview   | engine -> python    | { key, request } | PreviewReply |
 * | subject.save      | engine -> python    | { number, key, request } | SaveReply |
 * | subject.tap       | engine -> python    | { number, key, request } | TapReply |
 * | subject.back      | engine -> python    | { jobId, name, picture, request } | { ok } |
 * | subject.forget    | engine -> python    | { jobId }       | – |
 * | model.boot        | engine -> model     | ModelBoot       | ModelBooted |
 * | model.connect     | engine -> model     | { port }        | – |
 * | model.load        | engine -> model     | ModelLoad       | – |
 * | model.inspect     | engine -> model     | { weights }     | ModelInterface |
 * | model.ran         | model -> engine     | ModelRan        | – (event) |
 * | png.boot          | engine -> png       | PngBoot         | – |
 * | heif.boot         | engine -> heif      | { lockName }    | { leaks } |
 * | heif.decode       | engine -> heif      | { bytes, limit } | HeifDecoded |
 * | fetcher.boot      | engine -> fetcher | { lockName }      | – |
 * | fetcher.fetch     | engine -> fetcher | PictureRequest    | { blob } |
 * | fetcher.stop      | engine -> fetcher | { number }        | – (event) |
 * | fetcher.progressed | fetcher -> engine | { number, fraction } | – (event) |
 * | fetcher.asked     | fetcher -> engine | NotedRequest      | – (event) |
 * | store.boot        | engine -> model_store | { lockName }  | – |
 * | store.list        | engine -> model_store | –             | StoreList |
 * | store.fetch       | engine -> model_store | { entry }     | { kept } |
 * | store.import      | engine -> model_store | { entry, file } | { kept } |
 * | store.stop        | engine -> model_store | { sha256 }    | – |
 * | store.read        | engine -> model_store | { sha256 }    | { weights: ArrayBuffer or null } |
 * | store.remove      | engine -> model_store | { sha256 }    | – |
 * | store.progressed  | model_store -> engine | StoreProgress | – (event) |
 * | store.asked       | model_store -> engine | NotedRequest  | – (event) |
 * | model.run         | python (port), engine -> model | ModelRun     | ModelOutput |
 *
 * The engine posts `{ port }` to a worker in png/, which answers Python over it: first `{ leaks }`,
 * then nothing. The Python worker posts a bare `PngBand` there and waits on shared memory.
 */

export {};
