/**
 * @file The engine, for our pages: the service worker starts it for them.
 */

import { EngineClient } from '../messages/engine_client.js';
import { request } from '../messages/request.js';

export const engine = new EngineClient(() => request('background', 'engine.ensure'));
