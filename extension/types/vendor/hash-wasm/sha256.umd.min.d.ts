// What we use of hash-wasm. The real file is fetched by scripts/vendor; it defines a global.

export {};

declare global {
    /** A hash that is fed piece by piece; its state can be kept and gone back to. */
    interface StreamingHash {
        init(): StreamingHash;
        update(data: Uint8Array): StreamingHash;
        digest(): string;
        save(): Uint8Array;
        load(state: Uint8Array): StreamingHash;
    }
    var hashwasm: { createSHA256(): Promise<StreamingHash> };
}
