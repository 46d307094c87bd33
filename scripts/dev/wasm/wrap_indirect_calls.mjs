/**
 * @file Takes the indirect calls out of one large function, and out of the small ones it calls.
 *
 * node wrap_indirect_calls.mjs SOURCE_WASM EXPORT TARGET_WASM
 *
 * V8 puts the targets of indirect calls that it has seen into the function that calls them, and
 * compiles that function anew when another target turns up. CPython's loop over bytecodes has
 * hundreds of such calls, some in small functions that V8 puts into it as well, and takes a
 * quarter of a second to compile: in the first picture it was compiled five times. Made by one
 * function for each signature, the calls leave the loop as it is.
 */

import binaryen from '../../../extension/node_modules/binaryen/index.js';
import { readModule, rewrite, writeModule } from './expressions.mjs';

/** V8 puts a function of fewer than about 500 bytes into its callers. Dropping a zero takes three. */
const DROPS = 171;
/** Lines of such a function in text, at most: an expression has one or two, and takes two bytes. */
const SMALL = 512;

function main(source, name, target) {
    const module = readModule(source);
    const found = module.getExport(name);
    if (!found) throw new Error(`no function ${name}`);
    wrapCalls(module, binaryen.getExportInfo(found).value);
    writeModule(module, target);
}

function wrapCalls(module, first) {
    const ahead = new Set([first]);
    // A set also gives what is added to it meanwhile.
    for (const name of ahead) {
        const func = module.getFunction(name);
        const wrap = (expression, kind) => {
            if (kind === 'Call') {
                const { target } = binaryen.getExpressionInfo(expression);
                if (isSmall(module, target)) ahead.add(target);
            }
            return kind === 'CallIndirect' ? callThunk(module, expression) : expression;
        };
        binaryen.Function.setBody(func, rewrite(binaryen.Function.getBody(func), wrap));
    }
}

function isSmall(module, name) {
    const { body } = binaryen.getFunctionInfo(module.getFunction(name));
    return body && binaryen.emitText(body).split('\n').length < SMALL;
}

/** The same call, made by a function that takes the place in the table as its last parameter. */
function callThunk(module, expression) {
    const { CallIndirect } = binaryen;
    const params = CallIndirect.getParams(expression);
    const results = CallIndirect.getResults(expression);
    const table = CallIndirect.getTable(expression);
    const name = `call through ${table}: ${params} to ${results}`;
    if (!module.getFunction(name)) addThunk(module, name, table, params, results);
    const operands = [...CallIndirect.getOperands(expression), CallIndirect.getTarget(expression)];
    return module.call(name, operands, results);
}

function addThunk(module, name, table, params, results) {
    const types = [...binaryen.expandType(params), binaryen.i32];
    const operands = types.map((type, index) => module.local.get(index, type));
    const place = operands.pop();
    const call = module.call_indirect(table, place, operands, params, results);
    // No `nop`: writeModule would leave them out.
    const padding = Array.from({ length: DROPS }, () => module.drop(module.i32.const(0)));
    const body = module.block(null, [...padding, call], results);
    module.addFunction(name, binaryen.createType(types), results, [], body);
}

main(...process.argv.slice(2));
