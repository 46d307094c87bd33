/**
 * @file What this browser can do and another one cannot, where the code cannot see it for itself.
 *
 * Decides: nothing but these flags. Firefox's are in capabilities.firefox.js.
 */

/** A notification can have a bar, and be changed without being shown anew. */
export const NOTIFIES_OF_PROGRESS = true;
