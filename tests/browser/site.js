// Builds a site with the program and serves it as a web server would: clean addresses, the headers
// that are published, compressed text, and the page for what is not found.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { headersFor, published, repository } from "./headers.js";

const TYPES = {
  ".atom": "application/atom+xml",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vtt": "text/vtt",
  ".wav": "audio/wav",
  ".webm": "video/webm",
  ".webp": "image/webp",
  ".xml": "application/xml",
};

/** The program that is tested. */
const program = path.resolve(
  process.env.SCHAUKASTEN ?? path.join(repository, "target/release/schaukasten"),
);

/** A folder that goes when the process ends. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), "schaukasten-browser-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Builds the site whose content lies in `content` (the demo site if not said) for the address at
 * which it is then served. Gives `{ origin, folder, close }`.
 */
export async function open(content = path.join(repository, "content"), options = ["--strict"]) {
  const folder = path.join(scratch(), "public");
  const server = createServer();
  const origin = await listen(server);
  execFileSync(
    program,
    ["build", "--content", content, "--output", folder, "--base-url", `${origin}/`, ...options],
    // What is wrong with the content becomes part of the error.
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  server.on("request", answer(folder, published(folder)));
  return { origin, folder, close: () => server.close() };
}

/** Serves a folder as it is, with the headers of the repository or with those that are given. */
export async function serve(folder, rules = published(folder)) {
  const server = createServer(answer(folder, rules));
  return { origin: await listen(server), folder, close: () => server.close() };
}

async function listen(server) {
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  // A test that fails before it closes the server must end nevertheless.
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

function answer(folder, rules) {
  return (request, response) => {
    const address = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const wanted = path.join(folder, path.normalize(address));
    if (isFolder(wanted) && !address.endsWith("/")) {
      response.writeHead(301, { location: `${encodeURI(address)}/` }).end();
      return;
    }
    const file = isFolder(wanted) ? path.join(wanted, "index.html") : wanted;
    const found = existsSync(file);
    const shown = found ? file : notFound(folder, address);
    const headers = {
      "content-type": TYPES[path.extname(shown)] ?? "application/octet-stream",
      ...headersFor(rules, address),
    };
    send(request, response, found ? 200 : 404, headers, existsSync(shown) ? readFileSync(shown) : "");
  };
}

function send(request, response, status, headers, body) {
  const text = /^(text|image\/svg|application\/(json|xml|atom))/.test(headers["content-type"]);
  if (text && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    body = gzipSync(body);
    headers["content-encoding"] = "gzip";
  }
  headers["content-length"] = body.length;
  response.writeHead(status, headers).end(body);
}

/** The page for what is not found: that of the language in the address, else that of the site. */
function notFound(folder, address) {
  const own = path.join(folder, address.split("/")[1] ?? "", "404.html");
  return existsSync(own) ? own : path.join(folder, "404.html");
}

function isFolder(file) {
  return existsSync(file) && statSync(file).isDirectory();
}
