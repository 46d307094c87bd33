// What we use of client-zip. The real module is fetched by scripts/vendor and brings no types.

export function makeZip(
    files: AsyncIterable<{ name: string; input: Blob; size: number; lastModified: Date }>,
    options: { buffersAreUTF8: boolean },
): ReadableStream<Uint8Array<ArrayBuffer>>;
