/**
 * @file Prints the functions of JavaScript files as JSON: `[["path:line name", lines], ...]`.
 *
 * A function counts from its first line to its last: every one that has a name (declarations,
 * methods, what is assigned to a variable, a field or a property), and every callback that lies in
 * no function, such as that of a test. Other callbacks are lines of the function around them.
 * usage: node function_lengths.mjs FILE...
 *
 * The parser is the one that web-ext brings.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';

const require = createRequire(new URL('../../extension/package.json', import.meta.url));
const { parse } = require('acorn');
const OPTIONS = { ecmaVersion: 'latest', sourceType: 'module', locations: true };
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The name that a node gives to the function that is its value, if any. */
function nameFor(parent) {
    const named = parent?.id ?? parent?.key ?? parent?.left;
    if (!named || parent.computed) return undefined;
    return named.name ?? named.property?.name ?? String(named.value ?? '');
}

function* functionsIn(node, parent, isInside) {
    if (Array.isArray(node)) {
        for (const each of node) yield* functionsIn(each, parent, isInside);
        return;
    }
    if (typeof node?.type !== 'string') return;
    const isFunction = FUNCTIONS.has(node.type);
    if (isFunction) {
        const name = node.id?.name ?? nameFor(parent);
        if (name !== undefined || !isInside) yield { node, name: name ?? 'callback' };
    }
    for (const [key, value] of Object.entries(node)) {
        if (key === 'loc' || typeof value !== 'object') continue;
        yield* functionsIn(value, node, isInside || isFunction);
    }
}

const found = [];
for (const path of process.argv.slice(2)) {
    const program = parse(readFileSync(path, 'utf8'), OPTIONS);
    for (const { node, name } of functionsIn(program, undefined, false)) {
        const { start, end } = node.loc;
        found.push([`${path}:${start.line} ${name}`, end.line - start.line + 1]);
    }
}
process.stdout.write(JSON.stringify(found));
