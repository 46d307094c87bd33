/**
 * @file A question over the page, which the person answers or leaves.
 *
 * Decides: what leaves it: Escape, another page in this one's place (Firefox keeps the former,
 * question and all, to go back to), and so much time that the person has gone away.
 */

/** A person who has not answered by then has gone away; the service worker need not wait. */
function answeringMs() {
    return 600_000;
}

/**
 * @template T
 * @param {{ left: T, gone: T }} unasked  The answer where the person leaves the question, and where
 *     the page does not let it be.
 * @param {(panel: HTMLElement, answer: (chosen: T) => void) => void} fill
 * @returns {Promise<T>}
 */
function askOverPage({ left, gone }, fill) {
    return new Promise((resolve) => {
        const { panel, close } = openDialog(() => answer(gone));
        const tooLate = setTimeout(() => answer(left), answeringMs());
        const leave = (/** @type {Event} */ { isTrusted }) => isTrusted && answer(left);
        window.addEventListener('pagehide', leave);
        const answer = (/** @type {T} */ chosen) => {
            clearTimeout(tooLate);
            window.removeEventListener('pagehide', leave);
            close();
            resolve(chosen);
        };
        panel.addEventListener('cancel', () => answer(left));
        fill(panel, answer);
    });
}

/**
 * Give a question its title.
 *
 * @param {HTMLElement} panel
 * @param {string} sentence
 */
function addTitle(panel, sentence) {
    const title = builtIn(document, 'createElement')('h2');
    title.id = 'title';
    title.textContent = sentence;
    panel.setAttribute('aria-labelledby', 'title');
    panel.append(title);
}
