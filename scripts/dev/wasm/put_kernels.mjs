/**
 * @file Puts the kernels of extension/assembly/mlas into onnxruntime-web. README.md tells how.
 *
 * node put_kernels.mjs PUBLISHED_WASM PUBLISHED_MJS TARGET_WASM
 *
 * Ends with 3 and one line on stderr if this onnxruntime-web is not the one that known.json names.
 */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import binaryen from '../../../extension/node_modules/binaryen/index.js';
import { readModule, rewrite, writeModule } from './expressions.mjs';
import { digest, findFunctions, NotKnown } from './find_functions.mjs';

/** @typedef {import('./expressions.mjs').Module} Module */

const KERNELS = new URL('../../../extension/assembly/mlas/kernels.wasm', import.meta.url);
const KNOWN = new URL('known.json', import.meta.url);
const NOT_KNOWN = 3;

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
 * Give the kernels the names of what they replace, so that all who called it call them; what was
 * there gets another name, which the kernels call.
 *
 * @param {Module} module  Changed in place.
 * @param {Module} kernels
 * @param {import('./find_functions.mjs').Found} found
 */
function replaceFunctions(module, kernels, { called, replaced }) {
    const names = new Map();
    const ours = [];
    for (let index = 0; index < kernels.getNumFunctions(); index++) {
        const info = binaryen.getFunctionInfo(kernels.getFunctionByIndex(index));
        const isImport = Boolean(info.base);
        names.set(info.name, isImport ? (called[info.base] ?? info.base) : `kernel ${info.name}`);
        if (!isImport) ours.push(info);
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

/** Give a change, for `rewrite`, that calls functions by other names. */
function callBy(names) {
    return (expression, kind) => {
        if (kind !== 'Call') return expression;
        const { target } = binaryen.getExpressionInfo(expression);
        binaryen.Call.setTarget(expression, names.get(target));
        return expression;
    };
}

/** Add a function with the signature and the variables of another. */
function addFunction(module, name, { params, results, vars }, body) {
    module.addFunction(name, params, results, vars, body);
}

try {
    main(...process.argv.slice(2));
} catch (error) {
    if (!(error instanceof NotKnown)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = NOT_KNOWN;
}
