// What we use of libheif. The real module is fetched by scripts/vendor and brings other types.

export interface HeifImage {
    /** Of embind: `$$.ptr` is the C pointer, which its functions without a wrapper take. */
    handle: { $$: { ptr: number } };
    is_primary(): boolean;
    get_width(): number;
    get_height(): number;
    /** Straight RGBA, upright; null if it cannot be decoded. */
    display<T extends { data: Uint8ClampedArray; width: number; height: number }>(
        image: T,
        callback: (image: T | null) => void,
    ): void;
}

export interface Libheif {
    HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
    HEAPU8: Uint8Array<ArrayBuffer>;
    HEAP32: Int32Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _heif_image_handle_get_raw_color_profile_size(handle: number): number;
    _heif_image_handle_get_raw_color_profile(error: number, handle: number, to: number): void;
}

export default function libheif(options?: object): Promise<Libheif>;
