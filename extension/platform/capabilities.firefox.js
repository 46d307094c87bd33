/**
 * @file What Firefox can do, and what it cannot; see capabilities.js.
 */

/** It shows each change as another notification, without the bar. */
export const NOTIFIES_OF_PROGRESS = false;
