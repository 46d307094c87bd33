/**
 * @file Seals a thread of the model's runtime as it starts.
 *
 * Decides: that a thread that cannot be sealed ends, and with it the start of the model.
 */

import { sandboxWorker } from '../platform/sandbox.js';

const leaks = sandboxWorker();
if (leaks.length > 0) throw new Error(`A thread is not sandboxed: ${leaks.join()}`);
