/**
 * @file Tells the ledger of a request that is made in the page.
 */

/** @param {NotedRequest} request */
function noteRequest(request) {
    // Where the extension was loaded anew, there is nobody to tell, and nobody to bring a picture to.
    chrome.runtime
        .sendMessage({ to: 'ledger', type: 'page.asked', request })
        .catch(() => undefined);
}

/**
 * An element of ours shows a picture of the page's, mostly out of the browser's cache. What comes of
 * it is not heard.
 *
 * @param {HTMLImageElement} image
 * @param {string} url
 */
function showAddress(image, url) {
    if (/^https?:/i.test(url)) noteRequest(newRequest(url, 'picture'));
    image.src = url;
}
