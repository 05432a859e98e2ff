import { createServer } from "node:http";
import ms from "ms";

const { GANTRY_APP, GANTRY_VERSION, GANTRY_INSTANCE, PORT } = process.env;

const pages = {
  "/": () => {
    const uptime = ms(Math.round(process.uptime() * 1000), { long: true });
    return `Hello from ${GANTRY_APP}, version ${GANTRY_VERSION}, instance ${GANTRY_INSTANCE}, up for ${uptime}\n`;
  },
  "/healthz": () => "ok\n",
};

const server = createServer((request, response) => {
  const page = pages[request.url];
  response.writeHead(page ? 200 : 404, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(page ? page() : "Nothing here\n");
});

process.on("SIGTERM", () => process.exit(0));
server.listen(PORT, () => console.log(`Listening on port ${PORT}`));
