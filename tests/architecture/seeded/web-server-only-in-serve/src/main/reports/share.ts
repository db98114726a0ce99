import { WebSocketServer } from 'ws'; export const share = WebSocketServer;
