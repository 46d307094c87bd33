/**
 * @file Puts the kernels of extension/assembly/mlas into onnxruntime-web. README.md tells how.
 *
 * node put_kernels.mjs PUBLISHED.wasm PUBLISHED.mjs TARGET.wasm
 *
 * Ends with 3 and one line on stderr if this onnxruntime-web is not the one that known.json names.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import binaryen from '../../../extension/node_modules/binaryen/index.js';
import { readModule, rewrite, writeModule } from './expressions.mjs';

const { f32, i32, none } = binaryen;
const KERNELS = new URL('../../../extension/assembly/mlas/kernels.wasm', import.meta.url);
const KNOWN = new URL('known.json', import.meta.url);
const NOT_KNOWN = 3;

/** Signatures of MlasSgemmKernelZero and -Add, MlasSgemmOperation and MlasConvOperation. */
const KERNEL = [binaryen.createType([...Array(8).fill(i32), f32]), i32];
const PRODUCT = [binaryen.createType([...Array(5).fill(i32), f32, ...Array(4).fill(i32), f32, i32, i32]), none];
const CONVOLUTION = [binaryen.createType(Array(8).fill(i32)), none];

class NotKnown extends Error {}

function main(path, gluePath, target) {
    const known = JSON.parse(readFileSync(KNOWN, 'utf8'));
    if (digest(readFileSync(path)) !== known.files[basename(path)]) {
        throw new NotKnown(`${basename(path)} is not that of onnxruntime-web ${known.version}`);
    }
    const module = readModule(path);
    const functions = findFunctions(module, readFileSync(gluePath, 'utf8'), known.functions);
    replaceFunctions(module, readModule(fileURLToPath(KERNELS)), functions);
    writeModule(module, target);
}

/**
 * Find the functions that the kernels call or take the place of.
 *
 * @returns {{ called: Record<string, string>, replaced: Record<string, string> }}
 *     Names in the module, by the kernels' names for them.
 */
export function findFunctions(module, glue, digests) {
    const multiply = findKernel(module, digests.multiply);
    const multiplyAdd = findKernel(module, digests.multiplyAdd);
    const products = findCallers(module, PRODUCT, multiply);
    const found = products.flatMap((product) => findCallers(module, CONVOLUTION, product));
    if (found.length !== 1) throw new NotKnown(`${found.length} functions can be MlasConvOperation`);
    const [convolve] = found;
    return {
        called: { malloc: findExport(module, glue, 'malloc'), free: findExport(module, glue, 'free') },
        replaced: { multiply, multiplyAdd, convolve },
    };
}

function findKernel(module, wanted) {
    const kernels = functionsOf(module, KERNEL);
    const found = kernels.find(({ body }) => digest(binaryen.emitText(body)) === wanted);
    if (!found) throw new NotKnown(`none of ${kernels.length} functions is matrix kernel ${wanted}`);
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

/** Give the kernels the names of what they replace; what was there gets another. */
function replaceFunctions(module, kernels, { called, replaced }) {
    const names = new Map();
    const ours = [];
    for (let index = 0; index < kernels.getNumFunctions(); index++) {
        const info = binaryen.getFunctionInfo(kernels.getFunctionByIndex(index));
        names.set(info.name, info.base ? (called[info.base] ?? info.base) : `kernel ${info.name}`);
        if (!info.base) ours.push(info);
    }
    for (const [role, name] of Object.entries(replaced)) {
        const old = binaryen.getFunctionInfo(module.getFunction(name));
        module.removeFunction(name);
        addFunction(module, `published${role[0].toUpperCase()}${role.slice(1)}`, old, old.body);
        names.set(binaryen.getExportInfo(kernels.getExport(role)).value, name);
    }
    for (const kernel of ours) {
        const body = module.copyExpression(kernel.body);
        addFunction(module, names.get(kernel.name), kernel, rewrite(body, callBy(names)));
    }
}

function callBy(names) {
    return (expression, kind) => {
        if (kind !== 'Call') return expression;
        const { target } = binaryen.getExpressionInfo(expression);
        binaryen.Call.setTarget(expression, names.get(target));
        return expression;
    };
}

function addFunction(module, name, { params, results, vars }, body) {
    module.addFunction(name, params, results, vars, body);
}

function digest(content) {
    return createHash('sha256').update(content).digest('hex');
}

try {
    main(...process.argv.slice(2));
} catch (error) {
    if (!(error instanceof NotKnown)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = NOT_KNOWN;
}
