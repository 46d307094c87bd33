// The runtime itself: run for what it does when it is a thread, nothing is taken from it.

export {};
