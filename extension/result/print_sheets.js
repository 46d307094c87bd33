/**
 * @file The buttons that save an ID photo as a sheet of paper full of it.
 *
 * Decides: nothing of its own: how a sheet is laid out is in py/offcut/composing/print_sheet.py.
 */

import { byId } from '../ui/dom.js';

/**
 * @param {(id: string, act: () => unknown) => void} on
 * @param {() => import('./editor/editor.js').Editor | null | undefined} editorNow
 * @param {(sentence: string) => void} say
 */
export function wireSheets(on, editorNow, say) {
    for (const kind of ['jpeg', 'pdf']) {
        on(`sheet-${kind}`, async () => {
            const editor = editorNow();
            if (!editor) return;
            const sheet = byId('paper-size', HTMLSelectElement).value;
            const cutout = await editor.fileWith({ sheet, sheet_pdf: kind === 'pdf' });
            say(await editor.bar.downloadBeside(cutout, 'sheet'));
        });
    }
}
