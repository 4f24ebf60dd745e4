// What a run says: one line per test, and of a test that failed, what was found.

/** A reporter for Node's test runner. */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (data.details?.type === "suite") continue;
    const seconds = `${((data.details?.duration_ms ?? 0) / 1000).toFixed(1)} s`;
    if (type === "test:pass") {
      const skipped = data.skip === undefined ? "" : ` SKIPPED: ${data.skip}`;
      yield `ok      ${data.name} (${seconds})${skipped}\n`;
    } else if (type === "test:fail") {
      const error = data.details.error.cause ?? data.details.error;
      const known = error?.code === "ERR_ASSERTION";
      yield `FAILED  ${data.name} (${seconds})\n${known ? error.message : (error?.stack ?? error)}\n`;
    } else if (type === "test:diagnostic" && data.nesting === 0 && data.file !== undefined) {
      if (!/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(data.message)) {
        yield `        ${data.message}\n`;
      }
    } else if (type === "test:stderr") {
      yield data.message;
    }
  }
}
