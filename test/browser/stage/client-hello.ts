/** Reading the name that a TLS client asks for before anything is encrypted: https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2 */

export const TLS_HANDSHAKE = 0x16;
const SERVER_NAME = 0;

/**
 * @param head what the client has sent so far
 * @returns the name, '' when it gives none; undefined while the message is not whole
 */
export function serverNameOf(head: Buffer): string | undefined {
  const hello = messageIn(head);
  if (!hello) return undefined;
  // Type and length, version, random.
  let at = 4 + 2 + 32;
  at += 1 + hello.readUInt8(at); // session
  at += 2 + hello.readUInt16BE(at); // cipher suites
  at += 1 + hello.readUInt8(at); // compression methods
  for (at += 2; at + 4 <= hello.length; ) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    // The list's length, the entry's type, the name's length, the name.
    if (type === SERVER_NAME) return hello.toString('latin1', at + 9, at + 4 + length);
    at += 4 + length;
  }
  return '';
}

/** The first handshake message, which may be spread over several records. */
function messageIn(head: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; at + 5 <= head.length; ) {
    const length = head.readUInt16BE(at + 3);
    if (at + 5 + length > head.length) break;
    parts.push(head.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const message = Buffer.concat(parts);
  if (message.length < 4) return undefined;
  const length = 4 + message.readUIntBE(1, 3);
  return message.length < length ? undefined : message.subarray(0, length);
}
