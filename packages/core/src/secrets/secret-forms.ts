/** Shorter values cannot be distinguished from other text. */
const MIN_SECRET_CHARACTERS = 6;
const MIN_LINE_CHARACTERS = 8;

/**
 * Returns every form in which secret values may appear in a text, the longest first: unchanged, trimmed, line by line,
 * as JSON and TOML strings, quoted for a shell, percent-encoded, in hexadecimal digits and in base64.
 */
export function secretForms(values: Iterable<string>): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    if (value.length < MIN_SECRET_CHARACTERS) continue;
    for (const part of [value, value.trim(), ...secretLines(value)]) {
      for (const form of encodings(part)) if (form.length >= MIN_SECRET_CHARACTERS) forms.add(form);
    }
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

/** The lines of a PEM are secrets on their own; its `-----BEGIN …-----` is not. */
function secretLines(value: string): string[] {
  const lines = value.split(/\r\n|[\r\n]/).map((line) => line.trim());
  return lines.length === 1
    ? []
    : lines.filter((line) => line.length >= MIN_LINE_CHARACTERS && !line.startsWith('-----'));
}

function encodings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const percent = percentEncode(text);
  const hex = Buffer.from(text).toString('hex');
  return [
    ...[text, json, json.replaceAll('/', '\\/'), json.replaceAll('\u007f', '\\u007f')],
    ...[JSON.stringify(json).slice(1, -1), text.replaceAll("'", `'\\''`)],
    ...[percent, percent.replaceAll('%20', '+'), percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ...[hex, hex.toUpperCase()],
    ...base64Cores(text),
  ];
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // A lone surrogate has no percent-encoding.
    return text;
  }
}

/**
 * The characters in base64 that depend on the text alone, for each of its three possible offsets in the encoded
 * bytes.
 */
function base64Cores(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = encoded.slice(Math.ceil((offset * 8) / 6), end);
    return core.length < MIN_LINE_CHARACTERS ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
