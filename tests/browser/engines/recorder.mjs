// A proxy that lets nothing through and notes what was asked of it. Every browser is started with it as its only way out.
import { createServer } from "node:net";

export async function startRecorder() {
  const reached = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      reached.push(bytes[0] === 0x16 ? "an encrypted connection" : bytes.toString("latin1").split("\r\n")[0]);
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: server.address().port, reached, stop: () => server.close() };
}
