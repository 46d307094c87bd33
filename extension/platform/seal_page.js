/*
 * Takes from a page the one way out that its content security policy does not close: WebRTC sends
 * to any STUN server that it is told of. A classic script, so that it is first.
 *
 * Decides: that no page has peer connections. The policy in each page's head closes the rest, but
 * for what leaves the page: opening an address, which a person sees.
 */
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
    Reflect.deleteProperty(globalThis, name);
}
