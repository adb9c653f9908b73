// Socket.IO over WebSocket. socketio.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer(async (request, response) => {
  if (request.url !== "/publish") return;
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  io.emit("event", Buffer.concat(chunks).toString());
  response.end();
});
const io = new Server(http, { pingInterval: 3_600_000, pingTimeout: 3_600_000, serveClient: false });
http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
