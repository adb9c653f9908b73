// ws: the WebSocket library most Node servers stand on. ws.mjs PORT
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const http = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const data = Buffer.concat(chunks);
  for (const viewer of viewers.clients) viewer.send(data, { binary: false });
  response.end();
});
const viewers = new WebSocketServer({ server: http, path: "/stream" });
http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
