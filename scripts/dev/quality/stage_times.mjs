/**
 * @file Stage times of one job in Pyodide under Node.
 * usage: node stage_times.mjs PYODIDE_FOLDER PACKAGE_FOLDER REGISTRY PICTURE
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [pyodideFolder, packageFolder, registry, picture] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, 'pyodide.mjs')).href);
const python = await loadPyodide({ indexURL: `${pyodideFolder}/` });
for (const file of readdirSync(pyodideFolder).filter((name) => name.endsWith('.whl'))) {
    python.unpackArchive(new Uint8Array(readFileSync(join(pyodideFolder, file))).buffer, 'wheel');
}
const sources = readdirSync(packageFolder, { recursive: true, encoding: 'utf8' });
for (const file of sources.filter((name) => name.endsWith('.py'))) {
    python.FS.mkdirTree(dirname(`/job/offcut/${file}`));
    python.FS.writeFile(`/job/offcut/${file}`, readFileSync(join(packageFolder, file)));
}
python.FS.writeFile('/job/registry.json', readFileSync(registry));
python.FS.writeFile('/job/picture.jpg', readFileSync(picture));
const script = new URL('stage_times.py', import.meta.url);
python.runPython(readFileSync(script, 'utf8'));
