/** @file Finds functions in onnxruntime-web, which has no names, by what they are and who calls them. */

import { createHash } from 'node:crypto';

import binaryen from '../../../extension/node_modules/binaryen/index.js';

/** @typedef {import('./expressions.mjs').Module} Module */

/**
 * @typedef {object} Found  Names in the module, by the kernels' names for them.
 * @property {Record<'malloc' | 'free', string>} called
 * @property {Record<'multiply' | 'multiplyAdd' | 'convolve', string>} replaced
 */

const { f32, i32, none } = binaryen;

/** @param {...number[]} groups  Types, of which those of a group follow each other. */
const types = (...groups) => binaryen.createType(groups.flat());
const integers = (count) => Array(count).fill(i32);
/** Parameters and result of MlasSgemmKernelZero and MlasSgemmKernelAdd. */
const KERNEL = [types(integers(8), [f32]), i32];
/** Of MlasSgemmOperation, which calls both. */
const PRODUCT = [types(integers(5), [f32], integers(4), [f32], integers(2)), none];
/** Of MlasConvOperation, which calls that. */
const CONVOLUTION = [types(integers(8)), none];

/** This onnxruntime-web is not the one that the kernels were tried with. */
export class NotKnown extends Error {}

/**
 * Find the functions that the kernels call or take the place of.
 *
 * @param {Module} module  onnxruntime-web.
 * @param {string} glue  The JavaScript that loads it.
 * @param {{ multiply: string, multiplyAdd: string }} digests  SHA-256 of the texts of
 *     MlasSgemmKernelZero and MlasSgemmKernelAdd.
 * @returns {Found}
 * @throws {NotKnown}  If one is not there, or more than one can be it.
 */
export function findFunctions(module, glue, digests) {
    const multiply = findKernel(module, digests.multiply);
    const multiplyAdd = findKernel(module, digests.multiplyAdd);
    const products = findCallers(module, PRODUCT, multiply);
    const found = products.flatMap((product) => findCallers(module, CONVOLUTION, product));
    if (found.length !== 1)
        throw new NotKnown(`${found.length} functions can be MlasConvOperation`);
    const [convolve] = found;
    return {
        called: {
            malloc: findExport(module, glue, 'malloc'),
            free: findExport(module, glue, 'free'),
        },
        replaced: { multiply, multiplyAdd, convolve },
    };
}

function findKernel(module, wanted) {
    const kernels = functionsOf(module, KERNEL);
    const found = kernels.find(({ body }) => digest(binaryen.emitText(body)) === wanted);
    if (!found)
        throw new NotKnown(`none of ${kernels.length} functions is matrix kernel ${wanted}`);
    return found.name;
}

function findCallers(module, signature, called) {
    return functionsOf(module, signature)
        .filter(({ body }) => binaryen.emitText(body).includes(`(call $${called}\n`))
        .map(({ name }) => name);
}

/** The name of a function that the JavaScript calls `_malloc` or so; the module's is minified. */
function findExport(module, glue, name) {
    const exported = glue.match(new RegExp(`\\b_${name}=\\w+\\.(\\w+)`))?.[1];
    const found = exported && module.getExport(exported);
    if (!found) throw new NotKnown(`no export is used as ${name}`);
    return binaryen.getExportInfo(found).value;
}

function functionsOf(module, [params, results]) {
    const all = Array.from({ length: module.getNumFunctions() }, (_, index) =>
        binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
    );
    return all.filter((each) => each.params === params && each.results === results && each.body);
}

/**
 * @param {string | Uint8Array} content
 * @returns {string}  SHA-256
 */
export function digest(content) {
    return createHash('sha256').update(content).digest('hex');
}
