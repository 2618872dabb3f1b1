// The report of `npm run drift` as Markdown.

/** @returns {{ text: string, isBroken: boolean }} */
export function driftReport({ version, pinned, commands, methods, options, features, runs, reference }) {
  const kinds = compareKinds(runs.kinds, reference.kinds);
  const categories = Object.entries(runs.categories)
    .filter(([kind, category]) => category !== reference.categories[kind])
    .map(([kind, category]) => `${kind}: ${category}, expected ${reference.categories[kind]}`);
  const breaking = [
    ...commands.breaking.map((words) => `\`codex ${words}\` is gone, and a function or an option uses it`),
    ...(methods?.breaking ?? []).map((method) => `\`${method}\` is gone, and the app-server client sends it`),
    ...options.map((option) => `the table of options is wrong about \`${option}\``),
    ...runs.undecoded.map((what) => `not decoded: ${what}`),
    ...categories.map((text) => `another category: ${text}`),
    ...runs.problems.map((text) => `a scene fails: ${text}`),
  ];
  const section = (title, lines) =>
    lines.length === 0 ? '' : `\n## ${title}\n\n${lines.map((line) => `- ${line}\n`).join('')}`;
  const words = (list, mark) =>
    list.length === 0 ? [] : [`${mark}: ${list.map((each) => `\`${each === '' ? 'codex' : each}\``).join(', ')}`];
  const text = [
    `# Drift of codex ${version}\n`,
    `\nCompared with the table of measured versions and the pinned ${pinned}. `,
    breaking.length === 0 ? 'Nothing breaks.\n' : `${breaking.length} differences break this package.\n`,
    section('Breaks', breaking),
    section('Commands, flags and arguments', [...words(commands.added, 'new'), ...words(commands.gone, 'gone')]),
    ...(methods?.unions ?? []).map(({ union, added, gone }) =>
      section(`App-server: ${union}`, [...words(added, 'new'), ...words(gone, 'gone')]),
    ),
    methods === undefined ? '\nThe app-server of this version is not measured.\n' : '',
    section('Features', [...words(features.added, 'new'), ...words(features.gone, 'gone')]),
    section('Kinds and fields', [...words(kinds.added, 'new'), ...words(kinds.gone, 'gone')]),
  ].join('');
  return { text, isBroken: breaking.length > 0 };
}

/** Kinds that only one version has, and fields of the common kinds that only one version has. */
function compareKinds(found, known) {
  const names = (kinds, others) =>
    Object.entries(kinds).flatMap(([kind, keys]) =>
      others[kind] === undefined
        ? [kind]
        : keys.filter((key) => !others[kind].includes(key)).map((key) => `${kind}.${key}`),
    );
  return { added: names(found, known), gone: names(known, found) };
}
