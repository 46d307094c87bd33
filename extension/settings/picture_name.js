/**
 * @file What a picture is called, from its address or its file name. Shops and sites let servers
 * resize their pictures; then the picture's own address is part of the server's.
 */

import { cleanName, FALLBACK } from './clean_name.js';

/** Suffixes of pictures, and of programs that send one. */
const SUFFIX =
    /\.(?:jpe?g|jpe|jfif|pjpeg|png|apng|webp|gif|bmp|tiff?|avif|hei[cf]|svgz?|ico|cur|jxl|jp2|tga|psd|php|aspx?|ashx|jsp|cgi|html?)$/i;
const PICTURE = '(?:jpe?g|jpe|jfif|png|apng|webp|gif|bmp|tiff?|avif|hei[cf]|svg|ico|jxl)';
const IS_PICTURE = new RegExp(`\\.${PICTURE}$`, 'i');
/** A size or style after the suffix: `cat.jpg:large`, `cat.jpg!w800`, `cat.jpg@2x.webp`. */
const AFTER_SUFFIX = new RegExp(`(\\.${PICTURE})[:!@~_;,=].*$`, 'i');
/** Parameters that may hold the picture's own address, the likeliest first. */
const PARAMETERS = ['url', 'src', 'href', 'image', 'img', 'imgurl', 'image_url', 'u', 'uri'];
/** Sizes that Shopify puts behind a name. */
const SHOP_PATH = /\/(?:cdn\/shop|s\/files)\/|^\/products\//;
const SHOP_SIZE =
    /_(?:\d+x\d*|x\d+|pico|icon|thumb|small|compact|medium|large|grande|original|master)(?:_crop_[a-z]+)?(?:@[23]x)?(?:\.progressive)?$/i;
/** Sizes that WordPress and MediaWiki put around a name. */
const BLOG_SIZE = /-\d+x\d+$/;
const WIKI_SIZE = /^\d+px-/;
/** One server around another is enough; more is somebody's game. */
const MOST_NESTED = 4;

/**
 * A picture's name without suffix, from an address or a file name.
 *
 * @param {string} address  `https://…/cat.jpg?w=100`, `data:…`, `blob:…` or `cat.jpg`.
 */
export function pictureName(address) {
    if (!address || /^(data|blob):/.test(address)) return FALLBACK;
    const isAddress = /^(https?|file):/.test(address) && URL.canParse(address);
    const name = isAddress ? nameInAddress(new URL(address), MOST_NESTED) : lastOf(address);
    return cleanName(withoutSuffix(name)) || FALLBACK;
}

/**
 * @param {URL} address
 * @param {number} depth  So many more addresses may be inside of it.
 * @returns {string}  Perhaps with a suffix.
 */
function nameInAddress(address, depth) {
    const inside = depth > 0 ? innerAddress(address) : null;
    if (inside) return nameInAddress(inside, depth - 1);
    const parts = address.pathname.split('/').map(decode).filter(Boolean);
    const cut = parts.map((part) => part.replace(AFTER_SUFFIX, '$1'));
    // A size may come after the name: /lamp.png/400x300.
    const name = cut.findLast((part) => IS_PICTURE.test(part)) ?? cut.at(-1) ?? '';
    return withoutSize(name, address);
}

/**
 * The address of the picture itself, where another one has it inside.
 *
 * @param {URL} address
 * @returns {URL | null}
 */
function innerAddress(address) {
    const path = decode(address.pathname.slice(1));
    const start = path.search(/https?:\/{1,2}[^/]/i);
    if (start >= 0) return parse(path.slice(start).replace(/^(https?:)\/+/i, '$1//'), address);
    const packed = /\/(aHR0c[\w-]+)(?:\.\w+)?$/.exec(address.pathname)?.[1];
    if (packed) return parse(unpack(packed), address);
    if (IS_PICTURE.test(path.replace(AFTER_SUFFIX, '$1'))) return null; // it has a name of its own
    const values = [...address.searchParams];
    const named = PARAMETERS.flatMap((key) => values.filter(([name]) => name === key));
    const found = [...named.filter(isPlace), ...values.filter(isPictureFile)][0];
    return found ? parse(found[1].replace(/^ssl:/, ''), address) : null;
}

/** @param {[string, string]} parameter */
function isPlace([, value]) {
    return /^(?:https?:)?\/\/?[^/]/i.test(value) || isPictureFile(['', value]);
}

/** @param {[string, string]} parameter */
function isPictureFile([, value]) {
    return IS_PICTURE.test(value.replace(/[?#].*$/s, '').replace(AFTER_SUFFIX, '$1'));
}

/**
 * @param {string} text
 * @param {URL} base
 */
function parse(text, base) {
    return URL.canParse(text, base) ? new URL(text, base) : null;
}

/** @param {string} packed  An address in the URL-safe form of Base64. */
function unpack(packed) {
    try {
        return atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    } catch {
        return '';
    }
}

/**
 * @param {string} name
 * @param {URL} address
 */
function withoutSize(name, { hostname, pathname }) {
    const stem = withoutSuffix(name);
    const isShop = hostname.endsWith('.shopify.com') || SHOP_PATH.test(pathname);
    if (isShop) return stem.replace(SHOP_SIZE, '') || stem;
    if (pathname.includes('/wp-content/')) return stem.replace(BLOG_SIZE, '') || stem;
    if (pathname.includes('/thumb/')) return stem.replace(WIKI_SIZE, '') || stem;
    return stem;
}

/**
 * @param {string} name  Some pictures were converted more than once: `cat.jpg.webp`.
 * @returns {string}
 */
function withoutSuffix(name) {
    const short = name.replace(/[\p{Cf}\s]+$/gu, '').replace(SUFFIX, '');
    return short === name ? name : withoutSuffix(short);
}

/** @param {string} path  Of a file. */
function lastOf(path) {
    return path.split(/[\\/]/).at(-1) ?? '';
}

/** @param {string} text  Some sites escape their addresses twice. */
function decode(text) {
    let plain = text;
    for (let round = 0; round < 2 && /%[0-9a-f]{2}/i.test(plain); round++) {
        try {
            plain = decodeURIComponent(plain);
        } catch {
            break; // a stray percent sign
        }
    }
    return plain;
}
