/**
 * @file Puts the cut-out on the clipboard, from the page that was clicked: only a page with
 * the focus may, and only one that came over a safe connection.
 *
 * Decides: COPY_FORBIDDEN: which pages may not copy, and what the clipboard gets.
 */

/** @param {Blob} cutout */
async function copyCutout(cutout) {
    if (!navigator.clipboard?.write) throw pictureError('COPY_FORBIDDEN', 'is no safe page');
    try {
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': cutout })]);
    } catch (error) {
        throw pictureError('COPY_FORBIDDEN', String(error));
    }
}
