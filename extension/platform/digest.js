/**
 * @file Tells whether stored bytes are still those that were written.
 */

/**
 * @param {Blob} blob
 * @returns {Promise<string>}  Its SHA-256, in hex.
 */
export async function digestOf(blob) {
    const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(
        '',
    );
}
