/**
 * @file What the extension must know of the Python package. Made from py/offcut by `scripts/facts`;
 * change it there.
 */

/** Of failures, by the class of py/offcut/errors.py that has them. */
export const CODES = /** @type {const} */ ({
    DecodeError: ['UNSUPPORTED_FORMAT', 'CORRUPT_IMAGE', 'IMAGE_TOO_LARGE', 'EMPTY_FILE'],
    ModelError: [
        'UNKNOWN_MODEL',
        'WEIGHTS_MISMATCH',
        'DOWNLOAD_FAILED',
        'NOT_A_MODEL',
        'MODEL_UNFIT',
    ],
    InferenceError: ['SESSION_FAILED', 'OUT_OF_MEMORY', 'OUTPUT_MISMATCH'],
    SubjectError: ['NO_SUBJECT'],
    EncodeError: ['ENCODE_FAILED'],
    OptionsError: ['BAD_OPTION'],
    Cancelled: ['CANCELLED'],
});

/** Share of a job's time, by stage and in their order. */
export const STAGE_WEIGHTS = /** @type {const} */ ({
    decode: 0.1,
    preprocess: 0.02,
    inference: 0.45,
    postprocess: 0.01,
    refine: 0.1,
    foreground: 0.07,
    encode: 0.25,
});

/** Of OffcutOptions: defaults, choices and ranges. */
export const OPTIONS = /** @type {const} */ ({
    quality: { default: 'auto', choices: ['auto', 'fast', 'best'] },
    model: { default: null },
    max_megapixels: { default: 100, min: 0.000001, max: 200, unit: '' },
    threshold: { default: null, min: 0.000001, max: 1, unit: 'share' },
    shift_edge: { default: 0, min: -50, max: 50, unit: 'px' },
    feather: { default: 0, min: 0, max: 250, unit: 'px' },
    output: { default: 'cutout', choices: ['cutout', 'matte', 'inverse'] },
    crop: { default: false },
    margin: { default: '0px' },
    aspect: { default: null },
    canvas: { default: null },
    scale: { default: null, min: 0.000001, max: 1, unit: 'share' },
    own_size: { default: false },
    market: {
        default: null,
        choices: ['amazon', 'ebay', 'etsy', 'google', 'shopify', 'walmart', 'zalando'],
    },
    id_photo: { default: null },
    crown: { default: null },
    chin: { default: null },
    eyes: { default: null },
    id_size: { default: '35x45' },
    id_head: { default: 34, min: 5, max: 300, unit: '' },
    dpi: { default: 300, min: 1, max: 1200, unit: '' },
    sheet: { default: null, choices: ['10x15', 'a4', 'letter'] },
    sheet_pdf: { default: false },
    position: { default: '50% 50%' },
    background: { default: 'transparent' },
    background_blur: { default: 2, min: 1, max: 20, unit: '%' },
    outline: { default: '0%' },
    outline_color: { default: 'white' },
    shadow: { default: false },
    shadow_kind: { default: 'drop', choices: ['drop', 'contact', 'cast'] },
    shadow_offset: { default: '0% 2%' },
    shadow_cast: { default: '35% -20%' },
    shadow_blur: { default: '4%' },
    shadow_opacity: { default: 0.5, min: 0, max: 1, unit: 'share' },
    shadow_color: { default: 'black' },
    frame: { default: null, min: 0, max: 10000, unit: '' },
    format: { default: 'png', choices: ['png', 'webp', 'jpeg', 'gif', 'psd', 'ora'] },
    file_quality: { default: 90, min: 1, max: 100, unit: '' },
    max_kilobytes: { default: null, min: 0.000001, max: 100000, unit: '' },
    lossless: { default: false },
    metadata: { default: 'none', choices: ['none', 'all'] },
});

/** Of results; those with layers are shown by no browser, and some can move. */
export const FILE_FORMATS = /** @type {const} */ ({
    png: { media_type: 'image/png', suffix: '.png', has_layers: false, moves: true },
    webp: { media_type: 'image/webp', suffix: '.webp', has_layers: false, moves: true },
    jpeg: { media_type: 'image/jpeg', suffix: '.jpg', has_layers: false, moves: false },
    gif: { media_type: 'image/gif', suffix: '.gif', has_layers: false, moves: true },
    psd: {
        media_type: 'image/vnd.adobe.photoshop',
        suffix: '.psd',
        has_layers: true,
        moves: false,
    },
    ora: { media_type: 'image/openraster', suffix: '.ora', has_layers: true, moves: false },
});

/** Backgrounds that are no colour. */
export const BACKGROUND_WORDS = /** @type {const} */ (['transparent', 'blur', 'picture']);

/** Taken where no recipe's models are here. */
export const DEFAULT_MODEL = /** @type {const} */ ('u2netp');

/** Of the editor's preview. */
export const MAX_PREVIEW_PIXELS = /** @type {const} */ (2000000);

/** What a stroke of a brush can be. */
export const STROKE_KINDS = /** @type {const} */ (['keep', 'remove', 'paint', 'erase']);

/** How patiently a model's weights are fetched. */
export const DOWNLOAD = /** @type {const} */ ({
    silence_s: 30,
    back_off_s: [0.5, 1, 2, 4, 8],
    passing: [408, 425, 429, 500, 502, 503, 504],
    max_wrong: 2,
});
