/**
 * @file Writes down every request of a Firefox under test, a line each, as its own parent process sees
 * them: for whom, where to, and over which connection the answer came. `net_log.py` reads it.
 *
 * Written at once, so that a browser that is killed leaves all of it. Of peer connections and of names
 * that are looked up it sees nothing.
 */

const WRITE_CREATE_APPEND = 0x02 | 0x08 | 0x10;
const OBJECT = Ci.nsIContentPolicy.TYPE_OBJECT;

/**
 * @param {string} id  Of the extension.
 * @param {string} path
 */
export function noteRequests(id, path) {
    const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    const stream = Cc['@mozilla.org/network/file-output-stream;1'].createInstance(
        Ci.nsIFileOutputStream,
    );
    stream.init(file, WRITE_CREATE_APPEND, 0o600, 0);
    const write = (entry) => {
        const line = `${JSON.stringify(entry).replace(/[^\x20-\x7e]/g, escaped)}\n`;
        stream.write(line, line.length);
    };
    const observe = (subject, topic) => {
        const channel = subject.QueryInterface(Ci.nsIHttpChannel);
        if (topic === 'http-on-modify-request') write(requestOf(channel, id));
        else if (topic === 'http-on-examine-response') write(connectionOf(channel));
    };
    for (const topic of ['http-on-modify-request', 'http-on-examine-response']) {
        Services.obs.addObserver({ observe }, topic);
    }
}

/** @param {string} letter */
function escaped(letter) {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function requestOf(channel, id) {
    const { triggeringPrincipal: by, redirectChain, externalContentPolicyType } = channel.loadInfo;
    const isOurs = [by?.addonPolicy, by?.contentScriptAddonPolicy].some((of) => of?.id === id);
    return {
        initiator: isOurs ? id : (by?.originNoSuffix ?? ''),
        url: channel.URI.spec,
        method: channel.requestMethod,
        // An <object> or <embed> accepts anything, as elsewhere only what a script asks for does.
        accept: externalContentPolicyType === OBJECT ? 'object' : headerOf(channel, 'Accept'),
        isPart: headerOf(channel, 'Range') !== '',
        isSentOn: redirectChain.length > 0,
    };
}

/** Of what the network has answered, not the cache. */
function connectionOf(channel) {
    const { remoteAddress, remotePort, protocolVersion } = channel.QueryInterface(
        Ci.nsIHttpChannelInternal,
    );
    return { connection: `${remoteAddress}:${remotePort}`, protocol: protocolVersion };
}

function headerOf(channel, name) {
    try {
        return channel.getRequestHeader(name);
    } catch {
        return ''; // it has none
    }
}
