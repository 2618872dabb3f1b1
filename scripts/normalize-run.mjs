const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const timestamp = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/**
 * Makes the texts of a run the same in every recording: ids are numbered in the order in which they come,
 * `replacements` (pairs of text and replacement, the longest first) remove paths and addresses, and all times of day
 * become the same.
 */
export function createNormalizer(replacements) {
  const ids = new Map();
  const texts = Object.entries(replacements).sort(([a], [b]) => b.length - a.length);
  const number = (id) => {
    if (!ids.has(id)) ids.set(id, `019a0000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`);
    return ids.get(id);
  };
  return (text) => {
    const replaced = texts.reduce((result, [from, to]) => result.replaceAll(from, to), text);
    return replaced.replace(uuid, number).replace(timestamp, '2030-01-01T00:00:00Z');
  };
}
