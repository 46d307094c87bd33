/**
 * @file One HEIC or HEIF file to pixels, by libheif.
 *
 * Decides: which picture of the file is taken (the one that it names as its first), that its colours
 * stay as they are, with the profile that says what they mean; IMAGE_TOO_LARGE before anything is
 * decoded, CORRUPT_IMAGE.
 */

import { offcutError } from '../messages/failure.js';

/** @typedef {import('../vendor/libheif/libheif-bundle.mjs').Libheif} Libheif */
/** @typedef {import('../vendor/libheif/libheif-bundle.mjs').HeifImage} HeifImage */

/** A struct heif_error of WebAssembly's C: two numbers and a pointer. */
const ERROR_BYTES = 12;

/**
 * Decode upright: libheif turns and mirrors as the file says.
 *
 * @param {Libheif} library
 * @param {Uint8Array} file
 * @param {number} limit  Megapixels.
 * @returns {Promise<import('../messages/worker_types.js').HeifDecoded>}
 */
export async function decodeHeif(library, file, limit) {
    const images = new library.HeifDecoder().decode(file);
    const image = images.find((each) => each.is_primary()) ?? images[0];
    if (!image) throw corrupt('no picture in it');
    const [width, height] = [image.get_width(), image.get_height()];
    const megapixels = (width * height) / 1e6;
    if (megapixels > limit) {
        throw offcutError('IMAGE_TOO_LARGE', 'decode', 'The picture is too large.', {
            megapixels: Math.round(megapixels),
            limit,
        });
    }
    const data = new Uint8ClampedArray(width * height * 4);
    const shown = await new Promise((resolve) => image.display({ data, width, height }, resolve));
    if (!shown) throw corrupt('it cannot be decoded');
    const profile = readProfile(library, image);
    return { buffer: data.buffer, width, height, profile };
}

/**
 * The ICC profile, in the form in which JSON carries it.
 *
 * @param {Libheif} library
 * @param {HeifImage} image
 * @returns {string}  Base64; empty if there is none.
 */
function readProfile(library, { handle }) {
    const pointer = handle.$$.ptr;
    const size = library._heif_image_handle_get_raw_color_profile_size(pointer);
    if (size === 0) return '';
    const memory = library._malloc(ERROR_BYTES + size);
    const profile = memory + ERROR_BYTES;
    library._heif_image_handle_get_raw_color_profile(memory, pointer, profile);
    const isRead = library.HEAP32[memory / 4] === 0;
    const bytes = library.HEAPU8.slice(profile, profile + size);
    library._free(memory);
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return isRead ? btoa(text) : '';
}

/** @param {string} reason */
function corrupt(reason) {
    return offcutError('CORRUPT_IMAGE', 'decode', 'The heic file is damaged or cut off.', {
        format: 'heic',
        reason,
    });
}
