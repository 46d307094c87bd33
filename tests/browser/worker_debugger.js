/* Firefox's debugger in one worker: evaluates there what `FirefoxTools` sends, and answers. */

const inside = new Debugger().addDebuggee(global);
// In a task of the worker's own: after one of the debugger's, no promise goes on.
const SETTLE = `setTimeout(() => Promise.resolve(value).then(
    (result) => { slot.told = JSON.stringify({ value: result }); },
    (reason) => { slot.told = JSON.stringify({ error: String(reason) }); }))`;
const slots = new Map();

addEventListener('message', ({ data }) => {
    const { number, expression } = JSON.parse(data);
    if (expression !== undefined) begin(number, expression);
    const told = slots.get(number)?.getOwnPropertyDescriptor('told')?.value;
    postMessage(JSON.stringify({ number, told }));
});

function begin(number, expression) {
    const slot = inside.executeInGlobal('({})').return;
    slots.set(number, slot);
    const ended = inside.executeInGlobal(expression);
    if (!ended) return; // the worker has been ended meanwhile
    if ('throw' in ended) {
        const why = 'slot.told = JSON.stringify({ error: String(thrown) })';
        inside.executeInGlobalWithBindings(why, { slot, thrown: ended.throw });
    } else inside.executeInGlobalWithBindings(SETTLE, { slot, value: ended.return });
}
