// The pipe to the test: one JSON object a line, each way.
//   { event, ... }            something happened
//   { call, id, ... }         does something and answers: { answer: id, ... } or { answer: id, error }
import { createInterface } from "node:readline";

// Standard output is the pipe, so whatever matter.js logs goes elsewhere.
for (const level of ["log", "info", "debug", "warn"]) console[level] = console.error;

/** What the test asked for, the only argument. */
export const options = JSON.parse(process.argv[2]);

export const toHex = bytes => Buffer.from(bytes).toString("hex");
export const ofHex = text => Uint8Array.from(Buffer.from(text, "hex"));

const heard = new Map();
const awaited = new Map();
let calls = 0;

const write = line => process.stdout.write(`${JSON.stringify(line)}\n`);

export function tell(event, fields = {}) {
    write({ event, ...fields });
}

/** Ask the test's end to do something; rejects with its error, or when `hangUp` calls it off. */
export function call(name, fields = {}) {
    const id = ++calls;
    const answer = new Promise((resolve, reject) => awaited.set(id, { resolve, reject }));
    write({ call: name, id, ...fields });
    return answer;
}

export function hear(event, listener) {
    heard.set(event, listener);
}

/** Nothing that was asked for will be answered any more. */
export function hangUp(reason) {
    for (const { reject } of awaited.values()) reject(new Error(reason));
    awaited.clear();
}

function settle({ answer, error, ...fields }) {
    const waiting = awaited.get(answer);
    awaited.delete(answer);
    if (error === undefined) waiting?.resolve(fields);
    else waiting?.reject(new Error(error));
}

const input = createInterface({ input: process.stdin });
input.on("line", line => {
    const message = JSON.parse(line);
    if ("answer" in message) settle(message);
    else heard.get(message.event)?.(message);
});
input.on("close", () => process.exit(0));
